"""The collector answers the tracker as the reference says (sections 1.1 to 1.6)."""

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector, CollectorAddresses, Faults
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.unpack import unpack
from maskproof.recording.stray import asked_requests, stray_requests

if TYPE_CHECKING:
    from tests.unit.openreplay.collector.conftest import FakeTracker

BATCH = encode_batch([message("Timestamp", 1), message("TabData", "tab")], version=2)


def manifest(work_dir: Path, session_id: str) -> list[dict[str, object]]:
    """The kept requests of a session."""
    lines = (work_dir / "wire" / session_id / "manifest.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("path", ["start", "i", "tags", "images"])
def test_preflight_allows_every_header_of_the_tracker(addresses: CollectorAddresses, path: str) -> None:
    """Without `DataType` among the allowed headers, the tracker would stop silently (1.4)."""
    answer = requests.options(f"{addresses.ingest}/v1/web/{path}", timeout=5)
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    assert answer.ok
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {"content-type", "authorization", "content-encoding", "datatype"} <= set(allowed.split(", "))


@pytest.mark.parametrize(("protocol", "version"), [(1, None), (2, 2)])
def test_the_user_agent_decides_the_protocol_version(
    tracker: "FakeTracker", protocol: int, version: int | None
) -> None:
    """Under version 1 the answer lacks the field (1.3)."""
    tracker.protocol = protocol
    assert tracker.start().json().get("protocolVersion") == version


def test_a_browser_without_our_mark_gets_the_answer_of_the_real_server(tracker: "FakeTracker") -> None:
    """Protocol version 2 is the default (1.3)."""
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"
    assert tracker.start(user_agent=agent).json()["protocolVersion"] == 2


def test_session_ids_are_texts_of_64_bit_numbers(tracker: "FakeTracker") -> None:
    """Ids increase and do not fit a JavaScript number (1.3)."""
    first, second = (int(tracker.start().json()["sessionID"]) for _ in range(2))
    assert 2**53 < first < second < 2**63


def test_a_token_continues_its_session(tracker: "FakeTracker") -> None:
    """The next page load keeps the session (1.2, 1.3)."""
    first = tracker.start().json()
    again = tracker.start(token=first["token"], userUUID=first["userUUID"]).json()
    assert (again["sessionID"], again["startTimestamp"]) == (first["sessionID"], first["startTimestamp"])


def test_a_forged_token_begins_a_new_session(tracker: "FakeTracker") -> None:
    """A token that was not signed here is ignored."""
    first = tracker.start().json()
    forged = first["token"][:-3] + "111"
    assert tracker.start(token=forged).json()["sessionID"] != first["sessionID"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"projectKey": ""}, 403),
        ({"projectKey": "0123456789abcdef0123"}, 404),
        ({"trackerVersion": "5.9.9"}, 426),
        ({"trackerVersion": "new"}, 426),
        ({"user_agent": "ExampleBot/1.0"}, 403),
        ({"referrer": "x" * 131_072}, 413),
    ],
    ids=["no-key", "wrong-key", "old-tracker", "no-version", "spider", "too-large"],
)
def test_start_is_refused_as_by_the_real_server(tracker: "FakeTracker", changes: dict[str, str], status: int) -> None:
    """The statuses are those of section 1.3."""
    assert tracker.start(**changes).status_code == status


@pytest.mark.parametrize("body", ["", "{", "[]"])
def test_a_start_that_is_not_an_object_is_refused(tracker: "FakeTracker", body: str) -> None:
    """Empty or invalid JSON gives 400 (1.3)."""
    assert tracker.post("start", data=body).status_code == 400


def test_an_upload_without_a_valid_token_is_refused(tracker: "FakeTracker", work_dir: Path) -> None:
    """A wrong token gives 401 (1.5), and the upload is kept without a session."""
    tracker.session = {"token": "1.2.3.wrong"}
    assert tracker.upload(BATCH).status_code == 401
    assert manifest(work_dir, "unassigned")[0]["status"] == 401


def test_uploads_above_the_beacon_limit_are_refused(tracker: "FakeTracker") -> None:
    """The limit in the answer to `/start` is enforced (1.5)."""
    limit = tracker.start().json()["beaconSizeLimit"]
    assert tracker.upload(b"\x00" * (limit + 1)).status_code == 413


@pytest.mark.parametrize("query", ["batch=0_1_1_kyes", "batch=0_1_1_kyes&split=x", "batch=0_1_1_kyes&split=0"])
def test_a_visual_upload_must_say_where_it_is_split(tracker: "FakeTracker", query: str) -> None:
    """A missing or bad split gives 400 (1.5)."""
    tracker.start()
    assert tracker.upload(BATCH, query=query, data_type="visual").status_code == 400


def test_the_wire_is_kept_inflated_and_without_the_token(tracker: "FakeTracker", work_dir: Path) -> None:
    """Bodies are kept as the tracker made them, and the manifest has both sizes and no token."""
    session = tracker.start().json()["sessionID"]
    tracker.upload(BATCH, zipped=True)
    entry = manifest(work_dir, session)[1]
    assert (work_dir / "wire" / session / str(entry["file"])).read_bytes() == BATCH
    assert entry["size"] == len(BATCH) != entry["size_on_the_wire"]
    assert tracker.session["token"] not in (work_dir / "wire" / session / "manifest.jsonl").read_text()


def test_a_body_that_is_not_gzip_is_refused(tracker: "FakeTracker") -> None:
    """A body that is not encoded as its header says gives the answer to one that is too large."""
    session = tracker.start().json()
    headers = {"Authorization": f"Bearer {session['token']}", "Content-Encoding": "gzip"}
    assert tracker.post("i?batch=0_1_1_kyes", data=BATCH, headers=headers).status_code == 413


def test_what_a_browser_asks_before_it_sends_is_kept(addresses: CollectorAddresses, work_dir: Path) -> None:
    """A preflight has an address and headers, and is no fault."""
    url = f"{addresses.ingest}/v1/web/i?u=typed"
    requests.options(url, headers={"User-Agent": "mine", "Referer": "http://shop/?mail=typed"}, timeout=5)
    (asked,) = asked_requests(work_dir, "mine")
    parts = dict(asked.parts)
    assert (asked.system, parts["query"], parts["header referer"]) == (
        "openreplay",
        "u=typed",
        "http://shop/?mail=typed",
    )
    assert stray_requests(work_dir, "mine") == ()


def test_feature_flags_are_kept(tracker: "FakeTracker", work_dir: Path) -> None:
    """What a page says to get its flags is kept with its session, though the answer needs no token."""
    session = tracker.start().json()["sessionID"]
    headers = {"Authorization": f"Bearer {tracker.session['token']}"}
    assert tracker.post("feature-flags", data=b'{"user": "typed"}', headers=headers).json() == {"flags": []}
    file = str(manifest(work_dir, session)[-1]["file"])
    assert (work_dir / "wire" / session / file).read_bytes() == b'{"user": "typed"}'


def test_a_request_to_an_unknown_endpoint_is_kept_whole(
    collector: Collector, addresses: CollectorAddresses, work_dir: Path
) -> None:
    """A new endpoint of a later tracker: whatever it is sent has left the page; tokens are kept by name."""
    headers = {"Authorization": "Bearer secret-token", "User-Agent": "mine", "X-Note": "a note"}
    url = f"{addresses.ingest}/v1/web/not-started?mail=typed"
    answer = requests.post(url, data=b"\x00body", headers=headers, timeout=5)
    assert answer.status_code == 404
    assert collector.unknown_requests == ("POST /ingest/v1/web/not-started",)
    assert "secret-token" not in (work_dir / "unknown.jsonl").read_text()
    (stray,) = stray_requests(work_dir, "mine")
    parts = dict(stray.parts)
    assert (stray.system, stray.method, stray.source) == ("openreplay", "POST", "unknown.jsonl:1")
    assert parts["path"] == "/ingest/v1/web/not-started"
    assert (parts["query mail"], parts["header x-note"], parts["body"]) == ("typed", "a note", b"\x00body")
    assert stray_requests(work_dir, "another") == ()


def test_canvas_frames_are_kept(tracker: "FakeTracker", work_dir: Path) -> None:
    """Images are kept as they are sent, in a separate file (1.7)."""
    session = tracker.start().json()
    tracker.post("images", data=b"frames", headers={"Authorization": f"Bearer {session['token']}"})
    assert (work_dir / "wire" / session["sessionID"] / "002-images.bin").read_bytes() == b"frames"


def form_of(name: str, content: bytes) -> tuple[bytes, str]:
    """A multipart upload of canvas frames as a browser sends it, with its content type."""
    parts = (
        b'--cut\r\nContent-Disposition: form-data; name="type"\r\n\r\nframes\r\n'
        b'--cut\r\nContent-Disposition: form-data; name="frames"; filename="' + name.encode() + b'"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n--cut--\r\n"
    )
    return parts, "multipart/form-data; boundary=cut"


def test_canvas_frames_are_stored_and_named_in_the_record(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """Uploads of one canvas, compressed on their way or not, are one file, byte for byte, as zstd."""
    session = tracker.start().json()
    tracker.upload(BATCH)
    frames = bytes(range(256)) + b"\r\n\n\r"
    body, kind = form_of("1795711018870_12.webp.frames", frames)
    headers = {"Authorization": f"Bearer {session['token']}", "Content-Type": kind}
    assert tracker.post("images", data=body, headers=headers).ok
    assert tracker.post("images", data=gzip.compress(body), headers=headers | {"Content-Encoding": "gzip"}).ok
    (url,) = client.wait_for_session(1, session["sessionID"], 5).replay.canvas_urls
    assert url.partition("?")[0].endswith(f"/{session['sessionID']}/1795711018870_12.webp.frames.zst")
    assert unpack(client.download(url)) == frames * 2


@pytest.mark.parametrize("name", ["../../escape", "1_2.webp.frames/../x", "1_2.webp", ""])
def test_only_names_of_frames_become_files(tracker: "FakeTracker", client: OpenReplayClient, name: str) -> None:
    """The name comes from the page."""
    session = tracker.start().json()
    tracker.upload(BATCH)
    body, kind = form_of(name, b"x")
    tracker.post("images", data=body, headers={"Authorization": f"Bearer {session['token']}", "Content-Type": kind})
    assert client.wait_for_session(1, session["sessionID"], 5).replay.canvas_urls == ()


@pytest.mark.parametrize("collector", [Faults(block_ingest=True)], indirect=True, ids=["blocked"])
def test_a_blocked_ingest_refuses_start_and_uploads(tracker: "FakeTracker") -> None:
    """This fault must make a run inconclusive."""
    assert [tracker.start().status_code, tracker.upload(BATCH).status_code] == [503, 503]


def test_nothing_listens_after_stop(collector: Collector, addresses: CollectorAddresses) -> None:
    """The port is free again, and stopping twice is harmless."""
    collector.stop()
    collector.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(addresses.api, timeout=5)


def test_it_listens_on_loopback_only(addresses: CollectorAddresses) -> None:
    """Nothing outside this machine can reach it."""
    assert addresses.ingest.startswith("http://127.0.0.1:")
    assert not {addresses.password, addresses.api_key} & set(repr(addresses).split("'"))
