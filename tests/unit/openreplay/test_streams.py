"""Reading in a window gives the same messages and errors as reading whole, in bounded memory."""

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay import streams
from maskproof.openreplay.encode import encode_batch, encode_record, message
from maskproof.openreplay.primitives import DecodeError, write_uint
from maskproof.openreplay.recording_layout import HEADER_V1, HEADER_V2
from maskproof.openreplay.recordings import decode_recording
from maskproof.openreplay.records import Message
from maskproof.openreplay.streams import stream_messages

NAMES = ["v1", "v1 without indexes", "v2", "late second file of v2", "old", "old without indexes"]


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    """Data in pieces of one size."""
    for start in range(0, len(data), size):
        yield data[start : start + size]


def whole(data: bytes) -> list[Message]:
    """All messages, batch headers included, of data that is read at once."""
    recording = decode_recording([data], source="x")
    if not recording.batches:
        return list(recording.messages)
    return [decoded for batch in recording.batches for decoded in (batch.header_message, *batch.messages)]


@pytest.fixture(autouse=True)
def _small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows so small that many messages cross them."""
    monkeypatch.setattr(streams, "WINDOW", 700)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [1, 97, 1 << 16])
def test_reading_in_pieces_equals_reading_whole(layouts: dict[str, bytes], name: str, size: int) -> None:
    """In every layout, messages and headers across windows are read."""
    data = layouts[name] + (layouts["late second file of v2"] * 5 if "v2" in name else b"")
    assert list(stream_messages(pieces(data, size), source="x")) == whole(data)


def test_real_uploads_are_read_in_windows(uploads: list[bytes]) -> None:
    """Consecutive batches of the real tracker are read in windows."""
    data = HEADER_V2 + b"".join(uploads)
    assert list(stream_messages(pieces(data, 300), source="x")) == whole(data)


@pytest.mark.parametrize("name", NAMES)
def test_errors_are_those_of_reading_whole(layouts: dict[str, bytes], name: str) -> None:
    """The error has the same text and the same offset."""
    data = layouts[name] * (4 if name == "late second file of v2" else 1) + b"\xfe\xfe\xfe\xfe"
    with pytest.raises(DecodeError) as expected:
        decode_recording([data], source="x")
    got: list[Message] = []
    with pytest.raises(DecodeError) as error:
        got.extend(stream_messages(pieces(data, 50), source="x"))
    assert str(error.value) == str(expected.value)


def test_messages_before_an_error_are_yielded() -> None:
    """All whole messages of a cut file are yielded."""
    data = HEADER_V2 + encode_batch([message("CreateDocument")] * 3, version=2)
    stream = stream_messages([data[:-1]], source="x")
    assert [next(stream).name for _ in range(3)] == ["BatchMetadata", "CreateDocument", "CreateDocument"]
    with pytest.raises(DecodeError, match="says"):
        next(stream)


def test_a_message_longer_than_the_window_is_read() -> None:
    """The window grows until the message fits."""
    data = HEADER_V1 + encode_record(1, *message("SetNodeData", 1, "x" * 5000))
    assert next(stream_messages(pieces(data, 10), source="x")).values == (1, "x" * 5000)


def test_an_impossible_length_is_an_error_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with a claimed size of terabytes is an error before the whole file is read."""
    monkeypatch.setattr(streams, "LONGEST", 3000)
    good = b"".join(encode_record(number, *message("CreateDocument")) for number in range(3))
    data = HEADER_V1 + good + (3).to_bytes(8, "little") + b"\x0e\x01" + write_uint(1 << 40) + b"x" * 100_000
    read: list[int] = []

    def counted() -> Iterator[bytes]:
        for piece in pieces(data, 500):
            read.append(len(piece))
            yield piece

    with pytest.raises(DecodeError, match="byte 35: a message of more than"):
        list(stream_messages(counted(), source="x"))
    assert sum(read) < 6000


def test_memory_does_not_grow_with_the_file() -> None:
    """Ten times the data takes no more memory."""
    batch = encode_batch([message("SetNodeData", 1, "text")] * 20, version=2)

    def peak(batches: int) -> int:
        tracemalloc.start()
        for _ in stream_messages((HEADER_V2 + batch if n == 0 else batch for n in range(batches)), source="x"):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(60)  # readers are compiled on first use
    assert peak(60) < 1.5 * peak(6)


@given(st.sampled_from(NAMES), st.integers(0, 2000), st.integers(0, 255), st.integers(1, 400))
def test_fuzz_reading_in_pieces_and_whole_agree(
    layouts: dict[str, bytes], name: str, place: int, byte: int, size: int
) -> None:
    """For any changed byte, both give the same messages or the same error."""
    data = bytearray(layouts[name])
    data[place % len(data)] = byte
    try:
        expected: list[Message] | str = whole(bytes(data))
    except DecodeError as error:
        expected = str(error)
    try:
        got: list[Message] | str = list(stream_messages(pieces(bytes(data), size), source="x"))
    except DecodeError as error:
        got = str(error)
    assert got == expected
