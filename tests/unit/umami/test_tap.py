"""The forwarding tap: keeps the wire and changes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.unit.conftest import Server

from maskproof.recording.stray import asked_requests, stray_requests
from maskproof.umami.tap import Tap

SEND = {"type": "event", "payload": {"name": "example"}}


@pytest.fixture
def tap(server: Server, tmp_path: Path) -> Iterator[Tap]:
    """A tap in front of a server."""
    tap = Tap(server.url, tmp_path / "umami")
    tap.start()
    yield tap
    tap.stop()


def wire(tmp_path: Path) -> list[dict[str, Any]]:
    """The lines that were kept."""
    file = tmp_path / "umami" / "wire.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.is_file() else []


def test_an_event_is_passed_on_and_kept(server: Server, tap: Tap, tmp_path: Path) -> None:
    """Body, headers, status and answer are the same on both sides."""
    server.answer("POST", "/api/send", 200, b"cache", {"X-Example": "1", "Content-Type": "text/plain"})
    answer = requests.post(f"{tap.url}/api/send?x=1", json=SEND, headers={"User-Agent": "mp"}, timeout=5)
    assert (answer.status_code, answer.content, answer.headers["X-Example"]) == (200, b"cache", "1")
    method, path, headers, body = server.seen[0]
    assert (method, path, headers["User-Agent"], body) == ("POST", "/api/send?x=1", "mp", SEND)
    (line,) = wire(tmp_path)
    assert (json.loads(line["body"]), line["user_agent"]) == (SEND, "mp")
    assert (line["status"], line["answer"]) == (200, "cache")


def test_an_event_that_umami_rejects_is_kept_too(server: Server, tap: Tap, tmp_path: Path) -> None:
    """A rejected event is kept, because no API returns it."""
    server.answer("POST", "/api/send", 400, b"bad")
    assert requests.post(f"{tap.url}/api/send", json=SEND, timeout=5).status_code == 400
    assert [line["status"] for line in wire(tmp_path)] == [400]


def test_other_requests_are_passed_on_and_not_kept(server: Server, tap: Tap, tmp_path: Path) -> None:
    """A request for the script is passed on and leaves no line."""
    server.answer("GET", "/script.js", 200, b"script")
    assert requests.get(f"{tap.url}/script.js", timeout=5).content == b"script"
    assert wire(tmp_path) == []


@pytest.mark.parametrize("path", ["/api/collect", "/api/send/", "/recorder"])
def test_a_request_that_the_script_does_not_make_is_kept_whole(
    server: Server, tap: Tap, tmp_path: Path, path: str
) -> None:
    """Another version's path, or a misspelt one: whatever it holds has left the page."""
    server.answer("POST", path, 404, b"")
    headers = {"User-Agent": "mine", "X-Note": "a note", "Cookie": "secret-token"}
    requests.post(f"{tap.url}{path}?mail=typed", json=SEND, headers=headers, timeout=5)
    (stray,) = stray_requests(tmp_path, "mine")
    parts = dict(stray.parts)
    assert (stray.system, stray.source) == ("umami", "umami/unknown.jsonl:1")
    assert (parts["path"], parts["query mail"], parts["header x-note"]) == (path, "typed", "a note")
    assert json.loads(parts["body"]) == SEND
    assert "secret-token" not in (tmp_path / "umami" / "unknown.jsonl").read_text()


def test_what_is_asked_for_with_a_value_is_kept_to_be_searched(server: Server, tap: Tap, tmp_path: Path) -> None:
    """Address and headers of a request for the script, and the query of an event, left the page as well."""
    server.answer("GET", "/script.js", 200, b"script")
    server.answer("POST", "/api/send", 200, b"")
    requests.get(f"{tap.url}/script.js?u=typed&u=again&bare", headers={"User-Agent": "mine"}, timeout=5)
    requests.post(f"{tap.url}/api/send?u=typed", json=SEND, timeout=5)
    (asked,) = asked_requests(tmp_path, "mine")
    assert dict(asked.parts)["query"] == "u=typed&u=again&bare"
    assert stray_requests(tmp_path, "mine") == ()
    assert wire(tmp_path)[0]["query_string"] == "u=typed"


def test_a_redirect_is_handed_to_the_page(server: Server, tap: Tap) -> None:
    """The tap does not follow redirects, so it contacts only Umami."""
    server.answer("GET", "/a", 302, b"", {"Location": "https://elsewhere.example/"})
    answer = requests.get(f"{tap.url}/a", timeout=5, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://elsewhere.example/")


def test_nothing_listens_after_the_end(server: Server, tmp_path: Path) -> None:
    """The port is closed after `stop`, and a second `stop` does no harm."""
    tap = Tap(server.url, tmp_path)
    tap.start()
    tap.stop()
    tap.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(tap.url, timeout=5)
