"""
The collector's API matches hand-written documents, each of which cites its section of the reference.

Collector and client could share a mistake, so the documents are written from the reference alone.
"""

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
SESSION, UNKNOWN, KEY = "7100000000000000001", "7100000000000000002", "EXAMPLEPROJECTKEY001"
GO = sorted(path.stem for path in (DOCUMENTS / "go").glob("*.json") if path.stem != "start")
# Documents of a server with other content than one session of user-1.
OTHER_CONTENT = {"sessions-search-empty", "public-user-sessions-none"}
# Objects whose content depends on the page or the installation.
FREE = {"properties", "$properties", "metadata", "settings"}


@pytest.fixture
def session(tracker: "FakeTracker", client: OpenReplayClient) -> StoredSession:
    """A recorded session that is stored."""
    tracker.start(userID="user-1", timezone="UTC+00:00", width=1280, height=720)
    return client.wait_for_session(1, tracker.repeat_recorded("v2"), 5)


def shape(value: Any) -> Any:
    """Names and types of JSON. Null fits all types; a list has the shape of its first object."""
    if isinstance(value, dict):
        return {name: {} if name in FREE else shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value and isinstance(value[0], dict) else []
    return None if value is None else "number" if isinstance(value, int | float) else type(value).__name__


def fits(wanted: Any, got: Any) -> bool:
    """Whether a shape has every name of the wanted shape with the same type."""
    if wanted is None or got is None or wanted in ([], [{}]):
        return True
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(name in got and fits(item, got[name]) for name, item in wanted.items())
    if isinstance(wanted, list):
        return isinstance(got, list) and (not got or fits(wanted[0], got[0]))
    return bool(wanted == got)


def ask(addresses: CollectorAddresses, document: dict[str, Any], session_id: str) -> requests.Response:
    """Send the request of a document, with the example ids replaced by those of the collector."""
    request = document["request"]
    path = request["path"].replace(SESSION, session_id).replace(KEY, addresses.project_key)
    body = dict(request["body"] or {})
    if "startTimestamp" in body:
        body |= {"startTimestamp": 1_500_000_000_000, "endTimestamp": now_ms() + 1_000_000_000_000}
    login = {"email": addresses.user, "password": addresses.password}
    token = requests.post(f"{addresses.api}/api/login", json=login, timeout=5).json()["jwt"]
    keys = {"jwt": token, "key": addresses.api_key, "wrong": "x.y.z"}
    headers = (
        {} if request["authorization"] == "none" else {"Authorization": f"Bearer {keys[request['authorization']]}"}
    )
    return requests.request(request["method"], addresses.api + path, json=body, headers=headers, timeout=5)


@pytest.mark.parametrize("name", [name for name in GO if name not in OTHER_CONTENT])
def test_answers_have_the_documented_shape(addresses: CollectorAddresses, session: StoredSession, name: str) -> None:
    """Status, names and types equal those of the document."""
    document = json.loads((DOCUMENTS / "go" / f"{name}.json").read_text())
    wanted = document["response"]
    answer = ask(addresses, document, session.session_id)
    assert answer.status_code == wanted["status"]
    if wanted["body"] is None:
        assert answer.content == b""
    else:
        assert fits(shape(wanted["body"]), shape(answer.json())), document["source"]


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
    assert fits(shape(wanted["body"]), shape(answer.json()))


def test_the_start_answer_has_every_documented_field(tracker: "FakeTracker") -> None:
    """All fields of section 1.3 are present with their types and the server's defaults."""
    wanted = json.loads((DOCUMENTS / "go" / "start.json").read_text())["response"]["body"]
    answer = tracker.start().json()
    assert shape(answer) == shape(wanted)
    defaults = ("beaconSizeLimit", "compressionThreshold", "canvasQuality", "canvasFPS", "protocolVersion", "userOS")
    assert {name: answer[name] for name in defaults} == {name: wanted[name] for name in defaults}


def test_events_are_those_of_the_page(client: OpenReplayClient, session: StoredSession) -> None:
    """Clicks, inputs, pages and custom events of the session are returned, without the typed values (4.2)."""
    events = client.events(1, session.session_id)
    kinds = sorted(str(event["type"]) for event in events.events)
    assert kinds == ["CLICK"] * 4 + ["INPUT"] * 5 + ["LOCATION"] * 2
    assert [event["name"] for event in events.user_events] == ["order-placed"]
    assert {event["value"] for event in events.events if event["type"] == "INPUT"} == {""}


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
    records = list(client.search_sessions(1, 0, now_ms() + 1000, filters=[condition]))
    assert [record.session_id for record in records] == [session.session_id] * found


def test_search_pages(client: OpenReplayClient, tracker: "FakeTracker") -> None:
    """Every session is found once, oldest first, for any page size."""
    ids = [tracker.repeat_recorded("v2-no-assets") for _ in range(3)]
    for session_id in ids:
        client.wait_for_session(1, session_id, 5)
    found = [record.session_id for record in client.search_sessions(1, 0, now_ms() + 1000, page_size=1)]
    assert found == ids


def test_a_session_of_another_time_is_not_found(client: OpenReplayClient, session: StoredSession) -> None:
    """Only sessions within the time span are found."""
    start = session.replay.session.start_ms
    assert not list(client.search_sessions(1, 0, start - 1))
    assert not list(client.search_sessions(1, start + 1, start + 1000))


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
