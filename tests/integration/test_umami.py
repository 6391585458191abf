"""The client and the tap against Umami 2.10 itself, on PostgreSQL."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.journey.sends import umami_session_of
from maskproof.machine.postgres import Postgres
from maskproof.umami.build import ensure_umami_build
from maskproof.umami.client import UmamiClient
from maskproof.umami.server import UmamiServer, make_database
from maskproof.umami.tap import Tap

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
MINUTE_MS = 60_000


@pytest.fixture(scope="module")
def umami(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UmamiClient]:
    """A client of a running server."""
    folder = tmp_path_factory.mktemp("umami")
    postgres, build = Postgres(folder / "postgres"), ensure_umami_build()
    with ExitStack() as closing:
        closing.callback(postgres.stop)
        postgres.start()
        server = UmamiServer(build, make_database(build, postgres), folder)
        closing.callback(server.stop)
        addresses = server.start()
        yield UmamiClient(addresses.url, user=addresses.user, password=addresses.password)


@pytest.fixture
def tap(umami: UmamiClient, tmp_path: Path) -> Iterator[Tap]:
    """A tap in front of the server."""
    tap = Tap(umami.base_url, tmp_path)
    tap.start()
    yield tap
    tap.stop()


@pytest.fixture
def website(umami: UmamiClient) -> Iterator[str]:
    """A website of the test's own."""
    website = umami.create_website(name="Demo", domain="localhost")
    yield website
    umami.delete_website(website)


def send(tap: Tap, website: str, **payload: Any) -> requests.Response:
    """Send an event as a browser does."""
    body = {"website": website, "hostname": "localhost", "url": "/demo?step=1", "title": "Demo", **payload}
    headers = {"User-Agent": BROWSER}
    return requests.post(f"{tap.url}/api/send", json={"type": "event", "payload": body}, headers=headers, timeout=10)


def span() -> dict[str, int]:
    """From one minute ago to one minute ahead."""
    now = time.time_ns() // 1_000_000
    return {"start_ms": now - MINUTE_MS, "end_ms": now + MINUTE_MS}


def test_what_was_sent_is_pulled(umami: UmamiClient, tap: Tap, website: str, tmp_path: Path) -> None:
    """Page view, event, data and session are pulled, and the tap kept both requests."""
    session = umami_session_of(send(tap, website).text)
    send(tap, website, name="sent", data={"plan": "blue", "deep": {"count": 3}})
    events = umami.events(website, **span())
    assert [(event.kind, event.name, event.path, event.query) for event in events] == [
        ("pageview", "", "/demo", "step=1"),
        ("event", "sent", "/demo", "step=1"),
    ]
    assert {event.session_id for event in events} == {session}
    data = umami.event_data(website, events, **span())
    assert [(datum.event_name, datum.key, datum.value) for datum in data] == [
        ("sent", "deep.count", "3.0000"),
        ("sent", "plan", "blue"),
    ]
    assert [session.id for session in umami.sessions(website, **span())] == [session]
    assert len((tmp_path / "wire.jsonl").read_text().splitlines()) == 2


def test_data_of_a_page_view_is_pulled_too(umami: UmamiClient, tap: Tap, website: str) -> None:
    """The data of a page view is pulled with an empty event name."""
    send(tap, website, data={"plan": "blue"})
    data = umami.event_data(website, umami.events(website, **span()), **span())
    assert [(datum.event_name, datum.key, datum.value) for datum in data] == [("", "plan", "blue")]


def test_the_server_has_what_versions_are_distinguished_by(umami: UmamiClient) -> None:
    """The embedded server calls itself 2.10.0 and has no list of events."""
    assert (umami.version, umami.has_event_list) == ("2.10.0", False)


def test_what_2_10_does_not_have_any_more_is_inconclusive(umami: UmamiClient, website: str) -> None:
    """A span that begins 31 minutes ago is refused, because the server returns the last 30 minutes only."""
    now = time.time_ns() // 1_000_000
    with pytest.raises(Inconclusive, match="last 30 minutes only"):
        umami.events(website, start_ms=now - 31 * MINUTE_MS, end_ms=now)


def test_a_wrong_password_and_an_unknown_website_are_configuration_errors(umami: UmamiClient) -> None:
    """Both are configuration errors with the answers of the real server."""
    with pytest.raises(ConfigurationError, match="does not accept the account"):
        UmamiClient(umami.base_url, user="admin", password="not-the-password").login()
    with pytest.raises(ConfigurationError, match="knows no website"):
        umami.events("00000000-0000-4000-8000-000000000000", **span())
