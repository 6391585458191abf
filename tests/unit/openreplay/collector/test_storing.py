"""What the real tracker sent is stored as the real server stores it (sections 4.2 and 4.3)."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskproof.openreplay.batches import Message, decode_batch, split_visual
from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector, Faults
from maskproof.openreplay.collector.tokens import now_ms
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.recordings import HEADER_V2, ZSTD_MAGIC, decode_recording, unpack

if TYPE_CHECKING:
    from tests.unit.openreplay.collector.conftest import FakeTracker

WIRE = Path(__file__).parents[3] / "data" / "openreplay-wire"
DEADLINE_S = 5.0
REWRITTEN = {60: 12, 61: 15, 71: 72, 73: 74}
Plain = tuple[int, tuple[int | str | bool, ...]]


def sent(folder: str) -> list[tuple[int, Message]]:
    """Header version and message of everything in a recorded session, in the order of arrival."""
    found = []
    for file in sorted((WIRE / folder).glob("*-i-*.bin")):
        body = file.read_bytes()
        parts = split_visual(body, visual_split(folder, file.name)) if "visual" in file.name else (body,)
        for part in parts:
            batch = decode_batch(part, source=file.name)
            found += [(batch.version, one) for one in batch.messages]
    return found


def visual_split(folder: str, name: str) -> int:
    """Where the recorded visual upload is cut: the manifest's query says it."""
    requests = json.loads((WIRE / folder / "manifest.json").read_text())["requests"]
    (query,) = [one["query"] for one in requests if one["file"] == name]
    return int(query.partition("split=")[2])


def as_stored(one: Message) -> Plain:
    """A message after the server's rewriting, written out here by hand (2.4)."""
    return (REWRITTEN[one.id], one.values[:-1]) if one.id in REWRITTEN else (one.id, one.values)


def expected(folder: str, file: str) -> list[Plain]:
    """What a file must hold: by the table's column for version 1, by stream for version 2."""
    streams = {"dom": (2, 3), "devtools": (4,)}[file]
    return [
        as_stored(one)
        for version, one in sent(folder)
        if (file in MESSAGES[one.id].stored if version == 1 else version in streams)
    ]


def stored(parts: tuple[bytes, ...]) -> tuple[int, list[Plain]]:
    """File version and messages of stored files."""
    assert all(part.startswith(ZSTD_MAGIC) for part in parts)
    recording = decode_recording([unpack(part) for part in parts], source="stored")
    return recording.version, [(one.id, one.values) for one in recording.messages]


@pytest.mark.parametrize("file", ["dom", "devtools"])
@pytest.mark.parametrize(
    ("folder", "version"), [("v1", 1), ("v1-plain", 1), ("v2", 2), ("v2-plain", 2), ("v2-no-assets", 2)]
)
def test_what_was_sent_twice_is_stored_once(
    tracker: "FakeTracker", client: OpenReplayClient, folder: str, version: int, file: str
) -> None:
    """Every message that a file keeps is there, in order, and repetitions are not."""
    tracker.protocol = version
    session = client.wait_for_session(1, tracker.repeat_recorded(folder, times=2), DEADLINE_S)
    parts = session.dom if file == "dom" else session.devtools
    assert stored(parts) == (version, expected(folder, file))


def test_values_of_input_changes_are_in_no_file(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """The server gives analytics messages to its database only (4.2)."""
    session = client.wait_for_session(1, tracker.repeat_recorded("v2-plain"), DEADLINE_S)
    kinds = {kind for parts in (session.dom, session.devtools) for kind, _ in stored(parts)[1]}
    assert {MESSAGES[kind].stream for kind in kinds}.isdisjoint({"analytics"})


def batch(number: int, *, timestamp: int, version: int = 2) -> bytes:
    """A batch of one text."""
    messages = [message("Timestamp", timestamp), message("TabData", "tab"), message("SetNodeData", number, "text")]
    return encode_batch(messages, version=version, timestamp=timestamp, first_index=number * 10)


def test_what_comes_late_is_in_the_second_file(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """Batches of more than 15 s after the start go into `dom.mobe`, which has no header (4.2)."""
    start = tracker.start().json()["startTimestamp"]
    tracker.upload(batch(1, timestamp=start + 15_000), query="batch=0_1_1_kyes")
    tracker.upload(batch(2, timestamp=start + 15_001), query="batch=0_2_1_kyes")
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    first, second = (unpack(part) for part in session.dom)
    assert first == HEADER_V2 + batch(1, timestamp=start + 15_000)
    assert second == batch(2, timestamp=start + 15_001)


def test_a_session_with_late_batches_only_has_one_file(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """If only the late part exists it is stored as `dom.mobs` (4.3)."""
    start = tracker.start().json()["startTimestamp"]
    tracker.upload(batch(1, timestamp=start + 20_000))
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert [unpack(part) for part in session.dom] == [batch(1, timestamp=start + 20_000)]


def test_what_comes_after_storing_is_stored_too(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """A second page load of a session that was pulled already is added."""
    tracker.start()
    tracker.upload(batch(1, timestamp=now_ms()), query="batch=0_1_1_kyes")
    client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    tracker.start(token=tracker.session["token"])
    tracker.upload(batch(2, timestamp=now_ms()), query="batch=1_1_1_kyes")
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert len([kind for kind, _ in stored(session.dom)[1] if kind == 14]) == 2


def test_two_tabs_that_count_alike_are_both_stored(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """Same page and sequence number with other content is no repetition."""
    tracker.start()
    for number in (1, 2):
        tracker.upload(batch(number, timestamp=now_ms()), query="batch=0_1_1_kyes")
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert len([kind for kind, _ in stored(session.dom)[1] if kind == 14]) == 2


def test_an_upload_that_does_not_decode_spoils_only_itself(
    tracker: "FakeTracker", client: OpenReplayClient, work_dir: Path
) -> None:
    """It is answered 200 as by the real server, kept on the wire, and left out of the files."""
    tracker.start()
    assert tracker.upload(b"\xff\xff\xff", query="batch=0_1_1_kyes").status_code == 200
    tracker.upload(batch(1, timestamp=now_ms()), query="batch=0_2_1_kyes")
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert len(stored(session.dom)[1]) == 3
    assert (work_dir / "wire" / session.session_id / "002-i-player.bin").read_bytes() == b"\xff\xff\xff"


@pytest.mark.parametrize("collector", [Faults(lose_answers=1)], indirect=True, ids=["lost"])
def test_a_lost_answer_makes_no_double(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """A tracker that repeats what was stored, as it got 503, does not double it (1.5)."""
    tracker.start()
    body = batch(1, timestamp=now_ms())
    queries = ("batch=0_1_1_kyes", "batch=0_1_1_kyes_network:503")
    assert [tracker.upload(body, query=query).status_code for query in queries] == [503, 200]
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert len(stored(session.dom)[1]) == 3


@pytest.mark.parametrize("collector", [Faults(drop_batches=1)], indirect=True, ids=["dropped"])
def test_a_dropped_batch_is_not_stored(tracker: "FakeTracker", client: OpenReplayClient) -> None:
    """The fault that must make a run's capture check fail: answered 200 and forgotten."""
    tracker.start()
    for number in (1, 2):
        assert tracker.upload(batch(number, timestamp=now_ms()), query=f"batch=0_{number}_1_kyes").ok
    session = client.wait_for_session(1, tracker.session["sessionID"], DEADLINE_S)
    assert [values for kind, values in stored(session.dom)[1] if kind == 14] == [(2, "text")]


def test_stopping_stores_what_is_pending(tracker: "FakeTracker", collector: Collector, work_dir: Path) -> None:
    """Whatever was recorded is kept for a look, even if nobody pulled it."""
    tracker.start()
    tracker.upload(batch(1, timestamp=now_ms()))
    collector.stop()
    assert (work_dir / "mobs" / tracker.session["sessionID"] / "dom.mobs").is_file()
