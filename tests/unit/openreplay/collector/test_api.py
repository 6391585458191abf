"""The collector's API, beyond what tests against recorded answers show of its answers."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from maskproof.clock import now_ms
from maskproof.errors import ConfigurationError
from maskproof.openreplay.client import OpenReplayClient, StoredSession
from maskproof.openreplay.collector import CollectorAddresses

if TYPE_CHECKING:
    from tests.unit.openreplay.collector.conftest import FakeTracker

DOCUMENTS = Path(__file__).parents[3] / "data" / "openreplay-api"


@pytest.fixture
def session(tracker: "FakeTracker", client: OpenReplayClient) -> StoredSession:
    """A recorded session that is stored."""
    tracker.start(userID="user-1", timezone="UTC+00:00", width=1280, height=720)
    return client.wait_for_session(1, tracker.repeat_recorded("v2"), 5)


def names(value: Any, place: str = "") -> set[str]:
    """Path of every name in JSON, those of settings left out: they depend on the installation."""
    if isinstance(value, list):
        return {name for item in value for name in names(item, place)}
    if not isinstance(value, dict):
        return {place}
    return {name for key, item in value.items() if key != "settings" for name in names(item, f"{place}.{key}")}


@pytest.mark.parametrize(
    "name",
    ["account", "account-no-token", "projects-list", "login-ok", "login-wrong-password", "project-get-unknown"],
)
def test_the_python_services_answer_as_recorded(addresses: CollectorAddresses, name: str) -> None:
    """Status, names and types equal the answers of the real Python API of v1.27.0."""
    document = json.loads((DOCUMENTS / "python" / f"{name}.json").read_text())
    request, wanted = document["request"], document["response"]
    login = {"email": addresses.user, "password": addresses.password}
    token = requests.post(f"{addresses.api}/api/login", json=login, timeout=5).json()["jwt"]
    body = login if name == "login-ok" else request["body"]
    headers = {"Authorization": f"Bearer {token}"} if "authorization" in request["headers"] else {}
    answer = requests.request(request["method"], addresses.api + request["path"], json=body, headers=headers, timeout=5)
    assert answer.status_code == wanted["status"]
    assert names(wanted["body"]) <= names(answer.json())


def test_events_are_those_of_the_page(client: OpenReplayClient, session: StoredSession) -> None:
    """Clicks, inputs, pages and custom events of the session are returned, without the typed values (4.2)."""
    events = client.events(1, session.session_id)
    kinds = sorted(str(event["type"]) for event in events.events)
    assert kinds == ["CLICK"] * 4 + ["INPUT"] * 5 + ["LOCATION"] * 2
    assert [event["name"] for event in events.user_events] == ["order-placed"]
    assert {event["value"] for event in events.events if event["type"] == "INPUT"} == {None}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"name": "userId", "operator": "is", "value": ["user-1"]}, 1),
        ({"name": "userId", "operator": "is", "value": ["user-2"]}, 0),
        ({"name": "plan", "operator": "contains", "value": ["gol"]}, 1),
        ({"name": "userBrowser", "operator": "isNot", "value": ["Chrome"]}, 0),
    ],
    ids=["user", "another-user", "metadata", "browser"],
)
def test_search_filters(
    client: OpenReplayClient, session: StoredSession, condition: dict[str, object], found: int
) -> None:
    """Filters decide which sessions are found (5.2)."""
    records = list(client.search_sessions(1, 1, now_ms() + 1000, filters=[condition]))
    assert [record.session_id for record in records] == [session.session_id] * found


def test_search_pages(client: OpenReplayClient, tracker: "FakeTracker") -> None:
    """Every session is found once, oldest first, for any page size."""
    ids = [tracker.repeat_recorded("v2-no-assets") for _ in range(3)]
    for session_id in ids:
        client.wait_for_session(1, session_id, 5)
    found = [record.session_id for record in client.search_sessions(1, 1, now_ms() + 1000, page_size=1)]
    assert found == ids


def test_a_session_of_another_time_is_not_found(client: OpenReplayClient, session: StoredSession) -> None:
    """Only sessions within the time span are found."""
    start = session.replay.session.start_ms
    assert not list(client.search_sessions(1, 1, start - 1000))
    assert not list(client.search_sessions(1, start + 1000, start + 2000))


def test_files_need_their_signature(session: StoredSession) -> None:
    """A URL without its signature, or with the signature of another file, gives 403."""
    dom, devtools = session.replay.dom_urls[0], session.replay.devtools_urls[0]
    path, _, _ = dom.partition("?")
    swapped = f"{path}?{devtools.partition('?')[2]}"
    assert [requests.get(url, timeout=5).status_code for url in (dom, path, swapped)] == [200, 403, 403]


def test_local_files_are_there_before_the_session_is_stored(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """Unprocessed files are uncompressed and can be read before the session is stored."""
    session_id = tracker.repeat_recorded("v2")
    raw = client.unprocessed(1, session_id)
    assert raw
    assert raw.startswith(b"\xff" * 7 + b"\xfe")
    assert client.unprocessed(1, session_id, "devtools.mob")
    assert client.unprocessed(1, session_id, "dom.mob?end") is None


def test_a_lowered_capture_rate_refuses_sessions(
    addresses: CollectorAddresses, client: OpenReplayClient, tracker: "FakeTracker"
) -> None:
    """At 0 percent no new session begins (1.3: 403 for a capture-rate miss), and a running session continues."""
    token = tracker.start().json()["token"]
    login = {"email": addresses.user, "password": addresses.password}
    jwt = requests.post(f"{addresses.api}/api/login", json=login, timeout=5).json()["jwt"]
    requests.post(
        f"{addresses.api}/api/1/sample_rate",
        json={"rate": 0, "captureAll": False},
        headers={"Authorization": f"Bearer {jwt}"},
        timeout=5,
    )
    assert client.sample_rate(1).rate == 0
    assert tracker.start().status_code == 403
    assert tracker.start(token=token).ok


def test_a_wrong_key_is_a_configuration_error(addresses: CollectorAddresses) -> None:
    """The public API accepts only the tenant's key, and the message does not show the rejected key."""
    client = OpenReplayClient(addresses.api, api_key="not-the-key")
    with pytest.raises(ConfigurationError, match="API key is not accepted") as caught:
        client.public_projects()
    assert "not-the-key" not in str(caught.value)
