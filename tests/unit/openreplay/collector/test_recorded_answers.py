"""
The collector answers every recorded request as the real Go services answered it.

Status, content type, and names and types of the body are compared; ids, times and texts of errors may differ. What
else differs is in one table, with the reason.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.unit.openreplay.collector.conftest import FakeTracker
from tests.unit.openreplay.recorded import DATA, NAMES, body_of, document
from tests.unit.openreplay.shapes import differences, shape

from maskproof.clock import now_ms
from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector, CollectorAddresses
from maskproof.openreplay.encode import encode_batch, message

PLAIN, EVENT_ONLY, LATE, LIVE, JUST_NOW = (
    "4122346837162835777",
    "4122354269687627550",
    "4122352583292206871",
    "4122349202632851277",
    "4122370353316740922",
)
# When the session `plain` began: spans of time were asked for around it.
PLAIN_SECOND_MS = 1_795_711_018_000
CLOCK_SLACK_MS = 60_000
PAGE = message("SetPageLocation", "http://127.0.0.1/sign-up", "http://127.0.0.1/", 0, "")
ISSUE = message("CustomIssue", "order", "{}")
REQUEST = message("NetworkRequest", "fetch", "GET", "http://127.0.0.1/", "", "", 200, 0, 0, 0)
# Answers of `/start` that are its settings: they have to be the same, not only of the same type.
NOT_SETTINGS = {"delay", "error", "sessionID", "startTimestamp", "token", "userUUID"}
# A client without a clock: the difference is the server's time.
ZERO = "start-timestamp-zero"
COMPARED_HEADERS = ("content-type", "content-disposition")
STILL_GOING_ON = ("-live", "-just-now")
MAY_DIFFER = {
    "conditions": "the real service breaks the connection off, which the tracker only logs",
    "images-no-form": "the recorded proxy did not hand frames on; the collector keeps them",
    "public-session-events-event-only": "no timings of the page in its public row; they hold no text",
    "too-many-requests": "the embedded target has no rate limit; the stand-in of a slow server has one",
    "unprocessed-dom-just-now": "the real sink makes the file at once and fills it after 30 s",
}


@dataclass
class World:
    """A collector with the sessions of the recording; `words` are what stands in the recording for its own."""

    addresses: CollectorAddresses
    collector: Collector
    words: dict[str, str] = field(default_factory=dict)
    started_ms: int = 0
    files: dict[str, str] = field(default_factory=dict)

    def said(self, text: str) -> str:
        """A text of the recording with the collector's own ids, keys and tokens."""
        for word, own in self.words.items():
            text = text.replace(word, own)
        return text

    def ask(self, name: str) -> requests.Response:
        """Send a recorded request."""
        request = document(name)["request"]
        path = self.files.get(name) or self.said(request["path"])
        if not self.files.get(name) and request["query"]:
            path += "?" + "&".join(f"{key}={value}" if value else key for key, value in request["query"].items())
        headers = {key: self.said(value) for key, value in request["headers"].items()}
        body = request["body"]
        if isinstance(body, dict):
            body = self._now(name, json.loads(self.said(json.dumps(body))))
        return requests.request(
            request["method"], self.addresses.api + path, data=body_of(name, body), headers=headers, timeout=30
        )

    def _now(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """A body with its times moved to those of the collector; zero and the distant past stay."""
        if body.get("timestamp"):
            answered = document(name)["response"]["body"]
            return body | {
                "timestamp": now_ms() + body["timestamp"] - answered.get("startTimestamp", body["timestamp"])
            }
        if name.startswith("public-session-events"):
            # The events have the times at which they were recorded.
            return body
        shift = self.started_ms // 1000 * 1000 - PLAIN_SECOND_MS
        moved = {key: body[key] + shift for key in ("startTimestamp", "endTimestamp") if body.get(key, 0) > 1.5e12}
        return body | moved


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A collector whose sessions are stored."""
    world = begun(tmp_path_factory.mktemp("stored"), idle_s=0.01)
    client = OpenReplayClient(world.addresses.api, user=world.addresses.user, password=world.addresses.password)
    for recorded in (PLAIN, EVENT_ONLY, LATE):
        client.wait_for_session(1, world.words[recorded], 30)
    first, late = client.replay(1, world.words[PLAIN]).dom_urls  # type: ignore[union-attr]
    world.words["Bearer TOKEN"] = f"Bearer {client._login.token()}"
    start = len(world.addresses.api)
    world.files = {
        "file-dom-start": first[start:],
        "file-dom-end-absent": late[start:],
        "file-bad-signature": first[start:-1] + ("0" if first[-1] != "0" else "1"),
    }
    yield world
    world.collector.stop()


@pytest.fixture(scope="module")
def going_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A collector whose sessions are still going on."""
    world = begun(tmp_path_factory.mktemp("going-on"), idle_s=3600)
    yield world
    world.collector.stop()


def begun(folder: Path, *, idle_s: float) -> World:
    """A collector that was sent the sessions of the recording."""
    collector = Collector(folder, session_idle_s=idle_s)
    addresses = collector.start()
    world = World(addresses, collector)
    for recorded, sent in {PLAIN: "plain", EVENT_ONLY: "event-only", LATE: "late"}.items():
        tracker = FakeTracker(addresses.ingest, addresses.project_key)
        world.words[recorded] = tracker.repeat_stored(DATA / "openreplay-stored" / sent)
        if recorded == PLAIN:
            world.started_ms = tracker.session["startTimestamp"]
            # The recording's heuristics made an issue of this session, which no upload holds.
            tracker.upload(encode_batch([ISSUE], version=5), data_type="analytics")
    fresh, live = (FakeTracker(addresses.ingest, addresses.project_key) for _ in range(2))
    fresh.start()
    live.start(timestamp=now_ms())
    live.upload(encode_batch([message("Timestamp", now_ms()), PAGE], version=2))
    live.upload(encode_batch([message("Timestamp", now_ms()), REQUEST], version=4), data_type="devtools")
    login = {"email": addresses.user, "password": addresses.password}
    token = requests.post(f"{addresses.api}/api/login", json=login, timeout=30).json()["jwt"]
    world.words |= {
        JUST_NOW: str(fresh.session["sessionID"]),
        LIVE: str(live.session["sessionID"]),
        "Bearer INGEST_TOKEN": f"Bearer {live.session['token']}",
        "INGEST_TOKEN": live.session["token"],
        "Bearer TOKEN": f"Bearer {token}",
        "API_KEY": addresses.api_key,
        "PROJECT_KEY_2": addresses.project_key,
        "PROJECT_KEY": addresses.project_key,
    }
    return world


def compared(name: str, world: World) -> list[str]:
    """Where the collector's answer differs from the recorded one."""
    wanted, got = document(name)["response"], world.ask(name)
    if got.status_code != wanted["status"]:
        return [f"status: {wanted['status']} recorded, {got.status_code} given"]
    lines = [
        f"{header}: {wanted['headers'].get(header)} recorded, {got.headers.get(header)} given"
        for header in COMPARED_HEADERS
        if world.said(wanted["headers"].get(header, "")) != got.headers.get(header, "")
    ]
    if wanted["headers"].get("content-type") != "application/json":
        return lines + ([] if bool(wanted["body"]) == bool(got.content) else ["one has a body, the other has none"])
    given = got.json()
    if name.startswith("start"):
        lines += [
            f"{key}: {value} recorded, {given.get(key)} given"
            for key, value in wanted["body"].items()
            if key not in NOT_SETTINGS and value != given.get(key)
        ]
        if abs(wanted["body"].get("delay", 0) - given.get("delay", 0)) > CLOCK_SLACK_MS and name != ZERO:
            lines.append(f"delay: {wanted['body']['delay']} recorded, {given['delay']} given")
    return lines + differences(shape(wanted["body"]), shape(given))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in MAY_DIFFER])
def test_a_recorded_request_is_answered_as_by_the_real_services(name: str, world: World, request: Any) -> None:
    """Status, content type, and names and types of the body are the recorded ones."""
    if name.endswith(STILL_GOING_ON):
        world = request.getfixturevalue("going_on")
    if name == "start-capture-rate-0":
        request.addfinalizer(lambda: set_rate(world, 100))
        set_rate(world, 0)
    assert compared(name, world) == []


def set_rate(world: World, rate: int) -> None:
    """Change the capture rate of the collector's only project."""
    headers = {"Authorization": world.words["Bearer TOKEN"]}
    url = f"{world.addresses.api}/api/1/sample_rate"
    requests.post(url, json={"rate": rate, "captureAll": False}, headers=headers, timeout=30)


def test_a_client_without_a_clock_gets_the_time_itself_as_the_difference(world: World) -> None:
    """The tracker adds `delay` to every time that it sends."""
    answer = world.ask(ZERO).json()
    assert abs(answer["delay"] - answer["startTimestamp"]) < CLOCK_SLACK_MS


def test_no_more_differs_than_the_table_says(world: World, going_on: World) -> None:
    """Each row of the table is a difference that is there."""
    names = {name: going_on if name.endswith(STILL_GOING_ON) else world for name in MAY_DIFFER}
    assert [name for name, its_world in names.items() if compared(name, its_world)] == list(MAY_DIFFER)
