"""The reference application on Vite's development server: tracked only on request, and updated while it runs."""

import contextlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, Route, expect
from tests.unit import conftest
from tests.unit.conftest import Server

from maskproof.embedded.app_build import SKIPPED
from maskproof.journey import FLUSH, IS_ACTIVE, Trackers
from maskproof.journey.observe import CONFIG_PATH, Observer
from maskproof.machine.node import node, node_environment
from maskproof.machine.packages import ensure_packages
from maskproof.machine.process import stop_process
from maskproof.machine.waiting import LOOPBACK, free_port, wait_until
from maskproof.openreplay.collector import CollectorAddresses
from maskproof.umami.build import ensure_umami_build

SOURCE = Path(__file__).parents[2] / "fixtures/app"
VITE_VARIABLES = frozenset({"VITE_TRACKING", "APP_BACKEND"})
DEADLINE_S = 20.0
STOP_DEADLINE_S = 5.0
# Vite's watcher drops a change that comes within 50 ms of another of the same file.
UNWATCHED_MS = 100
PAGE = "src/pages/ContactPage.tsx"  # has an uncontrolled input, React state, and a call of the tracking module
HEADINGS = ("Write to us", "Write to us at any hour", "Write to us whenever you like")
TYPED = {"#email": "ada@example.com", "#message": "Where is my order?"}

server = conftest.server


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A copy of the application's source, so that files which Vite writes stay in the copy."""
    folder = tmp_path / "app"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns(*SKIPPED))
    (folder / "node_modules").mkdir()
    for package in ensure_packages(SOURCE, kind="app").glob("[!.]*"):
        (folder / "node_modules" / package.name).symlink_to(package)
    return folder


@contextlib.contextmanager
def development_server(app: Path, **environment: str) -> Iterator[str]:
    """The URL of a running `vite` with these environment variables; it is stopped at the end."""
    port, log = free_port(), app.with_name("vite.log")
    site = f"http://{LOOPBACK}:{port}"
    server = start_vite(app, port, log, environment)
    try:
        wait_until(lambda: server.poll() is not None or answers(site), deadline_s=DEADLINE_S)
        assert server.poll() is None, log.read_text()
        assert answers(site), log.read_text()
        yield site
    finally:
        stop_process(server, deadline_s=STOP_DEADLINE_S)


def start_vite(app: Path, port: int, log: Path, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    """
    Start `vite`.

    Args:
        app: Folder of the application.
        port: Port on loopback.
        log: File for its output.
        variables: Environment variables for the application, see `VITE_VARIABLES`.

    """
    command = [str(node()), "node_modules/vite/bin/vite.js"]
    options = ["--host", LOOPBACK, "--port", str(port), "--strictPort"]
    environment = {name: value for name, value in node_environment().items() if name not in VITE_VARIABLES}
    with log.open("wb") as output:
        return subprocess.Popen(
            [*command, *options],
            cwd=app,
            env=environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


def answers(site: str) -> bool:
    """Whether Vite answers; an open port alone is no proof, because a client can by chance connect to itself."""
    try:
        return requests.get(f"{site}/@vite/client", timeout=DEADLINE_S).ok
    except requests.ConnectionError:
        return False


@dataclass
class Visit:
    """A page of the application: its requests, its loads, and an observer of its console errors."""

    page: Page
    observer: Observer
    requests: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)


@contextlib.contextmanager
def visit(browser: Browser, site: str, addresses: CollectorAddresses) -> Iterator[Visit]:
    """The contact page, open and connected to Vite; the tracking configuration is served."""
    with browser.new_context() as context:
        page = context.new_page()
        trackers = Trackers(addresses.ingest, f"{site}/umami")
        visit = Visit(page, Observer(context, site, trackers))
        context.on("request", lambda request: visit.requests.append(request.url))
        page.on("domcontentloaded", lambda page: visit.loads.append(page.url))
        page.route(site + CONFIG_PATH, lambda route: route.fulfill(json=tracking_config(site, addresses)))
        page.route(f"{site}/umami/**", answer_as_umami)
        with page.expect_console_message(lambda message: message.text == "[vite] connected."):
            page.goto(f"{site}/contact")
        yield visit


def tracking_config(site: str, addresses: CollectorAddresses) -> dict[str, object]:
    """The tracking configuration that the application's backend would send."""
    return {
        "openreplay": {"ingestPoint": addresses.ingest, "projectKey": addresses.project_key},
        "umami": {"hostUrl": f"{site}/umami", "scriptUrl": f"{site}/umami/script.js", "websiteId": "development"},
        "test": {"disableSecureMode": True},
    }


def answer_as_umami(route: Route) -> None:
    """Answer with Umami's own script, or with a token for data that it sends."""
    if route.request.url.endswith("/script.js"):
        route.fulfill(path=ensure_umami_build().folder / "public/script.js")
    else:
        route.fulfill(body="token", content_type="text/plain")


def update_while_typing(page: Page, app: Path) -> None:
    """Fill in a part of the form and change the page's source twice; the second change shows a late reload."""
    for selector, text in TYPED.items():
        page.fill(selector, text)
    for before, after in pairwise(HEADINGS):
        change(app / PAGE, f"<h1>{before}</h1>", f"<h1>{after}</h1>")
        expect(page.locator("h1")).to_have_text(after, timeout=DEADLINE_S * 1000)
        page.wait_for_timeout(UNWATCHED_MS)


def change(source: Path, old: str, new: str) -> None:
    """Replace a text that occurs exactly once in a file."""
    text = source.read_text()
    assert text.count(old) == 1, f"{source.name}: expected {old} once"
    source.write_text(text.replace(old, new))


def typed(page: Page) -> dict[str, str]:
    """The values in the form."""
    return {selector: page.input_value(selector) for selector in TYPED}


def comes_true(page: Page, condition: Callable[[], bool]) -> bool:
    """Whether a condition becomes true before the deadline; the tracker sends what it has before each try."""
    return wait_until(lambda: page.evaluate(FLUSH) is None and condition(), deadline_s=DEADLINE_S)


def sent(work_dir: Path) -> bytes:
    """Everything that the collector received."""
    return b"".join(path.read_bytes() for path in sorted(work_dir.glob("wire/*/*.bin")))


def test_development_is_not_tracked_unless_asked_for(
    browser: Browser, app: Path, addresses: CollectorAddresses
) -> None:
    """By default, the page is updated without a reload, and contacts no ingest, no analytics and no configuration."""
    with development_server(app) as site, visit(browser, site, addresses) as visited:
        update_while_typing(visited.page, app)
        assert (typed(visited.page), len(visited.loads)) == (TYPED, 1)
        tracking = (site + CONFIG_PATH, f"{site}/umami/", addresses.ingest)
        assert [url for url in visited.requests if url.startswith(tracking)] == []
        assert visited.observer.console_errors == []


def test_a_tracked_page_is_updated_without_a_reload_and_recorded_further(
    browser: Browser, app: Path, addresses: CollectorAddresses, tmp_path: Path
) -> None:
    """With tracking on, the form keeps its values, the recording continues with the new text, and nothing fails."""
    with development_server(app, VITE_TRACKING="on") as site, visit(browser, site, addresses) as visited:
        page, observer = visited.page, visited.observer
        page.wait_for_function(IS_ACTIVE)
        assert comes_true(page, lambda: observer.analytics().total() == 1)
        update_while_typing(page, app)
        assert (typed(page), len(visited.loads)) == (TYPED, 1)
        assert page.evaluate(IS_ACTIVE)
        assert comes_true(page, lambda: HEADINGS[-1].encode() in sent(tmp_path))
        assert (observer.start_answers, observer.analytics().total()) == (1, 1)
        assert observer.console_errors == []


def test_what_is_no_page_is_asked_of_the_backend(app: Path, server: Server) -> None:
    """With `APP_BACKEND`, requests for data go to the backend."""
    for path in (CONFIG_PATH, "/api/customers"):
        server.answer("GET", path, 200, path.encode())
    with development_server(app, APP_BACKEND=server.url) as site:
        for path in (CONFIG_PATH, "/api/customers"):
            assert requests.get(site + path, timeout=DEADLINE_S).text == path
