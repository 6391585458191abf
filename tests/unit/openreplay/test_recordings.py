"""Stored recordings of every version are read; broken ones are errors."""

import gzip

import pytest
import zstandard

from maskproof.openreplay.encode import encode_batch, encode_fields, encode_record, message
from maskproof.openreplay.primitives import DecodeError, write_uint
from maskproof.openreplay.recordings import HEADER_FD, HEADER_V1, HEADER_V2, decode_recording, unpack

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
    """File version 1 and its old form without a header give messages and their indexes."""
    recording = decode_recording([header + b"".join(RECORDS)], source="x")
    assert [(m.id, m.values) for m in recording.messages] == MESSAGES
    assert recording.messages[0].index == 7


def test_records_without_indexes_are_read() -> None:
    """The reading without indexes is found by content."""
    recording = decode_recording([HEADER_V1 + b"".join(BARE)], source="x")
    assert [(m.id, m.values) for m in recording.messages] == MESSAGES


@pytest.mark.parametrize("header", [HEADER_V2, HEADER_FD, b""], ids=["v2", "fd", "late-second-file"])
def test_batches_one_after_the_other_are_read(header: bytes) -> None:
    """File version 2 gives its batches and all their messages."""
    recording = decode_recording([header + BATCHES], source="x")
    assert [(m.id, m.values) for m in recording.messages] == MESSAGES * 2
    assert [batch.first_index for batch in recording.batches] == [0, 20]


def test_a_record_may_be_split_over_two_files() -> None:
    """The second file is read on from where the first was cut."""
    data = HEADER_V1 + b"".join(RECORDS)
    recording = decode_recording([data[:50], data[50:]], source="x")
    assert len(recording.messages) == len(MESSAGES)


def test_an_unknown_file_version_is_an_error() -> None:
    """A header of another version is named."""
    with pytest.raises(DecodeError, match="fffffffffffffffc"):
        decode_recording([b"\xff" * 7 + b"\xfc" + BATCHES], source="x")


def test_a_cut_record_is_an_error_and_salvage_names_it() -> None:
    """The last bytes can't be lost silently."""
    data = (HEADER_V1 + b"".join(RECORDS))[:-3]
    with pytest.raises(DecodeError):
        decode_recording([data], source="x")
    salvaged = decode_recording([data], source="x", salvage=True)
    assert len(salvaged.messages) == len(MESSAGES) - 1
    assert salvaged.unscanned


@pytest.mark.parametrize("pack", [zstandard.compress, gzip.compress, bytes], ids=["zstd", "gzip", "raw"])
def test_compression_is_told_by_content(pack: object) -> None:
    """Zstd, gzip and raw objects all unpack to the same bytes."""
    assert unpack(pack(BATCHES)) == BATCHES  # type: ignore[operator]


@pytest.mark.parametrize("pack", [zstandard.compress, gzip.compress], ids=["zstd", "gzip"])
def test_a_bomb_stops_at_the_limit(pack: object) -> None:
    """More than the limit is a clear error, not memory."""
    with pytest.raises(DecodeError, match="more than 1000 bytes"):
        unpack(pack(b"\0" * 100_000), limit=1000)  # type: ignore[operator]


@pytest.mark.parametrize("pack", [zstandard.compress, gzip.compress], ids=["zstd", "gzip"])
def test_cut_compressed_data_is_an_error(pack: object) -> None:
    """Compressed data that ends early is not read as a shorter recording."""
    with pytest.raises(DecodeError):
        unpack(pack(BATCHES * 20)[:-6])  # type: ignore[operator]
