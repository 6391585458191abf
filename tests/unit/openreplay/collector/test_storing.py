"""What the real tracker sends is stored as by the real server (sections 4.2 and 4.3)."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskproof.clock import now_ms
from maskproof.openreplay.batches import Message, decode_batch, split_visual
from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector, Faults
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.recordings import HEADER_V2, decode_recording, unpack
from maskproof.openreplay.unpack import ZSTD_MAGIC

if TYPE_CHECKING:
    from tests.unit.openreplay.collector.conftest import FakeTracker

WIRE = Path(__file__).parents[3] / "data" / "openreplay-wire"
STORED = WIRE.with_name("openreplay-stored")
DOM_FILES = ("dom.mobs", "dom.mobe")
STORE = re.compile(r"http://127\.0\.0\.1(?::\d+)?/sessions-assets/([^\s\"')]+)\.\d{1,2}(?=$|[\s\"')])")
DEADLINE_S = 5.0
REWRITTEN = {60: 12, 61: 15, 71: 72, 73: 74}
Plain = tuple[int, tuple[int | str | bool, ...]]


def sent(folder: str) -> list[tuple[int, Message]]:
    """Header version and message for all messages of a recorded session, in order of arrival."""
    found = []
    for file in sorted((WIRE / folder).glob("*-i-*.bin")):
        body = file.read_bytes()
        parts = split_visual(body, visual_split(folder, file.name)) if "visual" in file.name else (body,)
        for part in parts:
            batch = decode_batch(part, source=file.name)
            found += [(batch.version, sent_message) for sent_message in batch.messages]
    return found


def visual_split(folder: str, name: str) -> int:
    """The split of a recorded visual upload, from the query in the manifest."""
    requests = json.loads((WIRE / folder / "manifest.json").read_text())["requests"]
    (query,) = [request["query"] for request in requests if request["file"] == name]
    return int(query.partition("split=")[2])


def as_stored(sent_message: Message) -> Plain:
    """A message after the rewriting by the server, by a table written by hand (2.4)."""
    return (REWRITTEN[sent_message.id], ()) if sent_message.id in REWRITTEN else (sent_message.id, sent_message.values)


def without_assets(messages: list[Plain], folder: str) -> list[Plain]:
    """Stored messages, those of assets without their values: their addresses are rewritten."""
    known = [sent_message.values for _, sent_message in sent(folder)]
    return [(kind, values if kind not in REWRITTEN.values() or values in known else ()) for kind, values in messages]


def expected(folder: str, file: str) -> list[Plain]:
    """The expected content of a file: by the table's column for version 1, by stream for version 2."""
    streams = {"dom": (2, 3), "devtools": (4,)}[file]
    return [
        as_stored(sent_message)
        for version, sent_message in sent(folder)
        if (file in MESSAGES[sent_message.id].stored if version == 1 else version in streams)
    ]


def stored(parts: tuple[bytes, ...]) -> tuple[int, list[Plain]]:
    """The file version and the messages of stored files."""
    assert all(part.startswith(ZSTD_MAGIC) for part in parts)
    recording = decode_recording([unpack(part) for part in parts], source="stored")
    return recording.version, [(decoded.id, decoded.values) for decoded in recording.messages]


@pytest.mark.parametrize("file", ["dom", "devtools"])
@pytest.mark.parametrize(
    ("folder", "version"), [("v1", 1), ("v1-plain", 1), ("v2", 2), ("v2-plain", 2), ("v2-no-assets", 2)]
)
def test_what_was_sent_twice_is_stored_once(
    tracker: "FakeTracker", client: OpenReplayClient, folder: str, version: int, file: str
) -> None:
    """A file holds each of its messages once, in order."""
    tracker.protocol = version
    session = client.wait_for_session(1, tracker.repeat_recorded(folder, times=2), DEADLINE_S)
    parts = session.dom if file == "dom" else session.devtools
    kind, messages = stored(parts)
    assert (kind, without_assets(messages, folder)) == (version, expected(folder, file))


@pytest.mark.parametrize("name", ["path", "plain", "late", "event-only", "v1-path"])
def test_what_is_stored_is_what_a_real_server_stored_of_the_same_uploads(
    tracker: "FakeTracker", client: OpenReplayClient, name: str
) -> None:
    """Every message of both files is equal, but for the host of the asset store and the day."""
    tracker.protocol = 1 if name.startswith("v1") else 2
    session = client.wait_for_session(1, tracker.repeat_stored(STORED / name), DEADLINE_S)
    real = [unpack((STORED / name / file).read_bytes()) for file in DOM_FILES if (STORED / name / file).is_file()]
    assert _without_host(stored(session.dom)[1]) == _without_host(_read(real))
    assert stored(session.devtools)[1] == _read([unpack((STORED / name / "devtools.mob").read_bytes())])


def _read(parts: list[bytes]) -> list[Plain]:
    return [(decoded.id, decoded.values) for decoded in decode_recording(parts, source="real").messages]


def _without_host(messages: list[Plain]) -> list[Plain]:
    """Messages with addresses in the asset store reduced to their path."""
    return [
        (kind, tuple(STORE.sub(r"STORE/\1", value) if isinstance(value, str) else value for value in values))
        for kind, values in messages
    ]


def test_values_of_input_changes_are_in_no_file(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """The server stores analytics messages in its database only (4.2)."""
    session = client.wait_for_session(1, tracker.repeat_recorded("v2-plain"), DEADLINE_S)
    kinds = {kind for parts in (session.dom, session.devtools) for kind, _ in stored(parts)[1]}
    assert {MESSAGES[kind].stream for kind in kinds}.isdisjoint({"analytics"})


def batch(number: int, *, timestamp: int, version: int = 2) -> bytes:
    """A batch with one text."""
    messages = [message("Timestamp", timestamp), message("TabData", "tab"), message("SetNodeData", number, "text")]
    return encode_batch(messages, version=version, timestamp=timestamp, first_index=number * 10)


def test_late_batches_are_in_the_second_file(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """Batches more than 15 s after the start go into `dom.mobe`, which has no header (4.2)."""
    start = tracker.start().json()["startTimestamp"]
    tracker.upload(batch(1, timestamp=start + 15_000), query="batch=0_1_1_kyes")
    tracker.upload(batch(2, timestamp=start + 15_001), query="batch=0_2_1_kyes")
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    first, second = (unpack(part) for part in session.dom)
    assert first == HEADER_V2 + batch(1, timestamp=start + 15_000)
    assert second == batch(2, timestamp=start + 15_001)


def test_a_session_with_only_late_batches_has_one_file(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """A late part without a first part is stored as `dom.mobs` (4.3)."""
    start = tracker.start().json()["startTimestamp"]
    tracker.upload(batch(1, timestamp=start + 20_000))
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert [unpack(part) for part in session.dom] == [batch(1, timestamp=start + 20_000)]


def test_batches_after_storing_are_stored_too(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """A later page load is added to a session that was already pulled."""
    tracker.start()
    tracker.upload(batch(1, timestamp=now_ms()), query="batch=0_1_1_kyes")
    client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    tracker.start(token=tracker.session["token"])
    tracker.upload(batch(2, timestamp=now_ms()), query="batch=1_1_1_kyes")
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert len([kind for kind, _ in stored(session.dom)[1] if kind == 14]) == 2


def test_two_tabs_with_the_same_numbers_are_both_stored(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """The same page and sequence number with other content is not a repetition."""
    tracker.start()
    for number in (1, 2):
        tracker.upload(batch(number, timestamp=now_ms()), query="batch=0_1_1_kyes")
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert len([kind for kind, _ in stored(session.dom)[1] if kind == 14]) == 2


def test_an_upload_that_does_not_decode_affects_only_itself(
    tracker: "FakeTracker", client: OpenReplayClient, work_dir: Path
) -> None:
    """It is answered with 200 as by the real server, kept on the wire, and left out of the files."""
    tracker.start()
    assert tracker.upload(b"\xff\xff\xff", query="batch=0_1_1_kyes").status_code == 200
    tracker.upload(batch(1, timestamp=now_ms()), query="batch=0_2_1_kyes")
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert len(stored(session.dom)[1]) == 3
    assert (work_dir / "wire" / session.session_id / "002-i-player.bin").read_bytes() == b"\xff\xff\xff"


@pytest.mark.parametrize("collector", [Faults(lose_answers=1)], indirect=True, ids=["lost"])
def test_a_lost_answer_duplicates_nothing(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """A tracker that repeats a stored batch after 503 does not duplicate it (1.5)."""
    tracker.start()
    body = batch(1, timestamp=now_ms())
    queries = ("batch=0_1_1_kyes", "batch=0_1_1_kyes_network:503")
    assert [tracker.upload(body, query=query).status_code for query in queries] == [503, 200]
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert len(stored(session.dom)[1]) == 3


@pytest.mark.parametrize("collector", [Faults(drop_batches=1)], indirect=True, ids=["dropped"])
def test_a_dropped_batch_is_not_stored(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """This fault must make the capture check of a run fail: the batch is answered with 200 and lost."""
    tracker.start()
    for number in (1, 2):
        assert tracker.upload(batch(number, timestamp=now_ms()), query=f"batch=0_{number}_1_kyes").ok
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert [values for kind, values in stored(session.dom)[1] if kind == 14] == [(2, "text")]


def test_stopping_stores_pending_uploads(tracker: "FakeTracker", collector: Collector, work_dir: Path) -> None:
    """A session is stored even if nobody pulled it."""
    tracker.start()
    tracker.upload(batch(1, timestamp=now_ms()))
    collector.stop()
    assert (work_dir / "mobs" / tracker.session["sessionID"] / "dom.mobs").is_file()
