"""A static build is served as its team's server would serve it, on loopback only."""

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from maskproof.embedded.static import StaticServer
from maskproof.machine.waiting import is_loopback
from maskproof.recording.addresses import AppAddresses
from maskproof.static_settings import StaticSettings, static_settings

TIMEOUT_S = 5
CONFIG = {"openreplay": {"projectKey": "key"}}
Serve = Callable[..., AppAddresses]


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A folder with two builds, and a file beside them that no request may reach."""
    files = {
        "dist/index.html": "<p>Home</p>",
        "dist/about.html": "<p>About</p>",
        "dist/docs/index.html": "<p>Docs</p>",
        "dist/assets/app.mjs": "export {}",
        "dist/assets/größe.css": "p {}",
        "plain/index.html": "<p>Bare</p>",
        "secret.txt": "beside the build",
        "answers/plans.json": '["small", "large"]',
        "answers/done.html": "<p>Thank you, {{name}}</p>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "dist/leak.txt").symlink_to(tmp_path / "secret.txt")
    return tmp_path


@pytest.fixture
def serve(build: Path) -> Iterator[Serve]:
    """Serves the build with more settings; everything is stopped at the end."""
    servers = []

    def start(**table: object) -> AppAddresses:
        settings: StaticSettings = static_settings(build, {"instrumented_dir": "dist", **table})
        servers.append(StaticServer(settings, instrumented=settings.instrumented_dir))
        return servers[-1].start(CONFIG)

    yield start
    for server in servers:
        server.stop()


def get(url: str, **options: object) -> requests.Response:
    """Ask for a URL."""
    return requests.get(url, timeout=TIMEOUT_S, **options)  # type: ignore[arg-type]


def raw(base: str, path: str) -> tuple[int, bytes]:
    """Ask for a path exactly as it is given; clients clean it up first."""
    connection = http.client.HTTPConnection(str(urlsplit(base).netloc), timeout=TIMEOUT_S)
    connection.putrequest("GET", path)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read()


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("/", "text/html; charset=utf-8", "Home"),
        ("/index.html?from=mail", "text/html; charset=utf-8", "Home"),
        ("/about", "text/html; charset=utf-8", "About"),
        ("/docs/", "text/html; charset=utf-8", "Docs"),
        ("/docs?a=1", "text/html; charset=utf-8", "Docs"),
        ("/assets/app.mjs?v=2", "text/javascript; charset=utf-8", "export"),
        ("/assets/gr%C3%B6%C3%9Fe.css", "text/css; charset=utf-8", "p {}"),
    ],
)
def test_files_have_their_content_types(serve: Serve, path: str, kind: str, text: str) -> None:
    """A query does not count, a folder is its index.html, and a page needs no suffix."""
    answer = get(serve().instrumented + path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert text in answer.text


def test_a_head_request_has_no_body(serve: Serve) -> None:
    """It has the headers of the same GET."""
    base = serve(answers={"GET /api/plans": "answers/plans.json"}).instrumented
    for path in ("/", "/api/plans", "/tracking-config.json"):
        answer = requests.head(base + path, timeout=TIMEOUT_S)
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["content-length"]) > 0


@pytest.mark.parametrize("fallback", ["", "index.html"])
@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/leak.txt",
        "//../secret.txt",
        "/%00",
    ],
)
def test_nothing_outside_of_the_build_is_served(serve: Serve, path: str, fallback: str) -> None:
    """Neither by `..` in any spelling nor by a link, and no page stands for it."""
    status, body = raw(serve(fallback=fallback).instrumented, path)
    assert status in {400, 403}
    assert b"beside" not in body


def test_what_is_not_there_is_not_found(serve: Serve) -> None:
    """The answer says what to do, also to a method that only an answer could take."""
    base = serve().instrumented
    assert get(f"{base}/orders/7", headers={"Accept": "text/html"}).status_code == 404
    answer = requests.post(f"{base}/api/orders", json={}, timeout=TIMEOUT_S)
    assert (answer.status_code, "POST /api/orders" in answer.text) == (404, True)


def test_a_page_stands_for_all_others(serve: Serve) -> None:
    """With a fallback, a page without a file is that page; a script or data without one is not."""
    base = serve(fallback="index.html").instrumented
    page = get(f"{base}/orders/7?tab=2", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, "Home" in page.text) == (200, True)
    assert get(f"{base}/orders/7", headers={"Sec-Fetch-Dest": "document"}).status_code == 200
    assert get(f"{base}/api/orders", headers={"Sec-Fetch-Dest": "empty"}).status_code == 404
    assert get(f"{base}/assets/gone.js", headers={"Sec-Fetch-Dest": "script"}).status_code == 404
    assert get(f"{base}/assets/gone.js").status_code == 404


def test_both_builds_get_the_tracking_configuration(serve: Serve) -> None:
    """Each at an origin of its own on loopback; it is not to be kept."""
    app = serve(bare_dir="plain")
    assert "Bare" in get(app.bare).text
    for base in (app.instrumented, app.bare):
        answer = get(f"{base}/tracking-config.json")
        assert answer.json() == CONFIG
        assert (answer.headers["content-type"], answer.headers["cache-control"]) == (
            "application/json; charset=utf-8",
            "no-store",
        )
        assert is_loopback(base)


def test_without_a_bare_build_the_configuration_is_withheld(serve: Serve) -> None:
    """The same build is served twice, and only one says where to send."""
    app = serve()
    assert get(app.bare).text == get(app.instrumented).text
    assert get(f"{app.instrumented}/tracking-config.json").json() == CONFIG
    assert get(f"{app.bare}/tracking-config.json").json() == {}


def test_answers_come_from_files(serve: Serve) -> None:
    """By method and path, with status and type; `*` is one step, and a path without it comes first."""
    base = serve(
        answers={
            "GET /api/plans": "answers/plans.json",
            "GET /api/*": {"file": "answers/done.html", "status": 418, "type": "text/plain"},
            "DELETE /api/orders/*": {},
        }
    ).instrumented
    plans, other = get(f"{base}/api/plans?page=2"), get(f"{base}/api/other")
    assert (plans.status_code, plans.json()) == (200, ["small", "large"])
    assert (other.status_code, other.headers["content-type"]) == (418, "text/plain")
    assert requests.delete(f"{base}/api/orders/7", timeout=TIMEOUT_S).status_code == 204
    assert requests.put(f"{base}/api/plans", timeout=TIMEOUT_S).status_code == 404


def test_an_answer_shows_what_its_visitor_sent(serve: Serve) -> None:
    """What is kept is shown to the same user agent only, quoted for HTML."""
    base = serve(answers={"POST /api/seed": {"keep": True}, "GET /done": "answers/done.html"}).instrumented
    mine, other = {"User-Agent": "one"}, {"User-Agent": "two"}
    sent = requests.post(f"{base}/api/seed", json={"name": "<Lee>"}, headers=mine, timeout=TIMEOUT_S)
    assert sent.status_code == 204
    assert get(f"{base}/done", headers=mine).text == "<p>Thank you, &lt;Lee&gt;</p>"
    assert get(f"{base}/done", headers=other).text == "<p>Thank you, </p>"
