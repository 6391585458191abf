"""Stored recordings of every version are read; broken ones are errors."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay.encode import encode_batch, encode_fields, encode_record, message
from maskproof.openreplay.primitives import DecodeError, write_uint
from maskproof.openreplay.recording_layout import HEADER_FD
from maskproof.openreplay.recordings import (
    HEADER_V1,
    HEADER_V2,
    decode_batches,
    decode_recording,
    unpack,
    without_repeats,
)
from maskproof.openreplay.records import Messages

STORED = Path(__file__).parents[2] / "data" / "openreplay-stored"
MESSAGES = [
    message("Timestamp", 1_700_000_000_000),
    message("CreateDocument"),
    *(message("CreateTextNode", number, 0, number) for number in range(1, 9)),
    *(message("SetNodeData", number, f"text {number}") for number in range(1, 9)),
]
RECORDS = [encode_record(7 + at, kind, values) for at, (kind, values) in enumerate(MESSAGES)]
BARE = [write_uint(kind) + encode_fields(kind, values) for kind, values in MESSAGES]
BATCHES = encode_batch(MESSAGES, version=2) + encode_batch(MESSAGES, version=2, first_index=20)


@pytest.mark.parametrize("header", [HEADER_V1, b""], ids=["v1", "headerless"])
def test_records_with_indexes_are_read(header: bytes) -> None:
    """Files of version 1, and old files without a header, give messages and indexes."""
    recording = decode_recording([header + b"".join(RECORDS)], source="x")
    assert [(decoded.id, decoded.values) for decoded in recording.messages] == MESSAGES
    assert recording.messages[0].index == 7


def test_records_without_indexes_are_read() -> None:
    """A file without indexes is detected by its content."""
    recording = decode_recording([HEADER_V1 + b"".join(BARE)], source="x")
    assert [(decoded.id, decoded.values) for decoded in recording.messages] == MESSAGES


@pytest.mark.parametrize("header", [HEADER_V2, HEADER_FD, b""], ids=["v2", "fd", "late-second-file"])
def test_consecutive_batches_are_read(header: bytes) -> None:
    """Files of version 2 give their batches and all messages."""
    recording = decode_recording([header + BATCHES], source="x")
    assert [(decoded.id, decoded.values) for decoded in recording.messages] == MESSAGES * 2
    assert [batch.first_index for batch in recording.batches] == [0, 20]


def test_a_record_may_be_split_over_two_files() -> None:
    """Reading continues in the second file where the first ends."""
    data = HEADER_V1 + b"".join(RECORDS)
    recording = decode_recording([data[:50], data[50:]], source="x")
    assert len(recording.messages) == len(MESSAGES)


def test_an_unknown_file_version_is_an_error() -> None:
    """The error names the unknown header."""
    with pytest.raises(DecodeError, match="fffffffffffffffc"):
        decode_recording([b"\xff" * 7 + b"\xfc" + BATCHES], source="x")


def test_a_cut_record_is_an_error() -> None:
    """The last bytes are never dropped silently."""
    with pytest.raises(DecodeError, match="ends within a record"):
        decode_recording([(HEADER_V1 + b"".join(RECORDS))[:-3]], source="x")


def test_salvage_keeps_what_decodes_of_records() -> None:
    """After a fault, reading continues at the next consecutive records."""
    data = bytearray(HEADER_V1 + b"".join(RECORDS))
    place = 8 + sum(map(len, RECORDS[:4])) + 8
    data[place] = 0x63
    recording = decode_recording([bytes(data)], source="x", salvage=True)
    assert [decoded.index for decoded in recording.messages] == [7, 8, 9, 10, *range(12, 7 + len(RECORDS))]
    assert [(stretch.offset, stretch.length) for stretch in recording.unscanned] == [(place - 8, len(RECORDS[4]))]


def test_salvage_keeps_the_batches_of_a_cut_file() -> None:
    """The whole messages of the last batch are kept."""
    recording = decode_recording([HEADER_V2 + BATCHES[:-3]], source="x", salvage=True)
    assert len(recording.messages) == 2 * len(MESSAGES) - 1
    assert [stretch.reason for stretch in recording.unscanned] == ["message 14 says 8 bytes, 5 are left"]


def test_a_recording_may_be_empty() -> None:
    """A header alone is no error here; its readers report that there is no message."""
    assert decode_recording([HEADER_V2], source="x").messages == Messages()


def test_bytes_of_the_real_tracker_survive_as_a_stored_file(uploads: list[bytes]) -> None:
    """Consecutive uploads are a file of version 2 as the server stores it (4.2)."""
    stored = decode_recording([HEADER_V2, *uploads], source="x")
    assert len(stored.batches) == len(uploads)
    assert stored.batches[1].offset == 8 + len(uploads[0])


NAMES = st.sampled_from(["v1", "v1 without indexes", "v2", "late second file of v2", "old", "old without indexes"])


@given(NAMES, st.integers(0, 2000), st.integers(0, 7))
def test_fuzz_a_flipped_bit_is_noticed(layouts: dict[str, bytes], name: str, place: int, bit: int) -> None:
    """In every layout, a flipped bit gives a `DecodeError` or another result."""
    data = bytearray(layouts[name])
    data[place % len(data)] ^= 1 << bit
    try:
        got = decode_recording([bytes(data)], source="x")
    except DecodeError:
        return
    assert got != decode_recording([layouts[name]], source="x")


@given(NAMES, st.integers(0, 2000))
def test_fuzz_a_cut_is_noticed(layouts: dict[str, bytes], name: str, cut: int) -> None:
    """In every layout, a cut gives a `DecodeError` or fewer messages."""
    data = layouts[name]
    try:
        got = decode_recording([data[: cut % len(data)]], source="x")
    except DecodeError:
        return
    assert len(got.messages) < len(decode_recording([data], source="x").messages)


@given(st.data())
def test_fuzz_changed_uploads_of_the_real_tracker(uploads: list[bytes], data: st.DataObject) -> None:
    """Salvage of an upload with changed bytes gives another result, and lists what it leaves out."""
    upload = data.draw(st.sampled_from(uploads))
    changes = data.draw(
        st.lists(st.tuples(st.integers(0, len(upload) - 1), st.integers(1, 255)), min_size=1, max_size=4)
    )
    changed = bytearray(upload)
    for place, change in changes:
        changed[place] = upload[place] ^ change
    salvaged = decode_batches(bytes(changed), source="x", salvage=True)
    assert salvaged != decode_batches(upload, source="x")
    assert len(salvaged.messages) + sum(stretch.length for stretch in salvaged.unscanned) > 0


def stored_by_a_real_server(name: str, file: str) -> list[tuple[int, tuple[int | str | bool, ...]]]:
    """Id and values of the messages in a file of a real server, without repeats and without times."""
    recording = decode_recording([unpack((STORED / name / file).read_bytes())], source=name)
    return [(decoded.id, decoded.values) for decoded in without_repeats(recording).messages]


@pytest.mark.parametrize(("file", "stored", "once"), [("dom.mobs", 786, 393), ("devtools.mob", 20, 10)])
def test_what_a_real_server_stored_twice_is_read_once(file: str, stored: int, once: int) -> None:
    """A tracker that got no answer repeats its upload, and the server stores both."""
    recording = decode_recording([unpack((STORED / "repeated" / file).read_bytes())], source="x")
    assert (len(recording.messages), len(stored_by_a_real_server("repeated", file))) == (stored, once)
    assert len(stored_by_a_real_server("no-assets", file)) == once


def test_records_that_were_stored_twice_are_read_once() -> None:
    """Version 1 has no batches: its records have an index of their own."""
    recording = without_repeats(decode_recording([HEADER_V1 + b"".join(RECORDS * 2)], source="x"))
    assert [(decoded.id, decoded.values) for decoded in recording.messages] == MESSAGES


def test_another_upload_with_the_same_page_and_index_is_kept() -> None:
    """Two tabs of one session number alike; only equal bytes are a repetition."""
    other = encode_batch([*MESSAGES, message("SetNodeData", 1, "of the other tab")], version=2)
    recording = without_repeats(decode_recording([HEADER_V2 + BATCHES + other + BATCHES], source="x"))
    assert len(recording.batches) == 3
    assert sum(1 for decoded in recording.messages if decoded.values == (1, "of the other tab")) == 1
