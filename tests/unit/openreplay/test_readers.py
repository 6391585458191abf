"""The generated readers read every message of the table in every framing, and name each error."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay.encode import encode_fields, encode_record, encode_sized, message
from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.primitives import DecodeError, TruncatedError, Values, write_uint
from maskproof.openreplay.readers import read_bare, read_indexed, read_sized
from maskproof.openreplay.records import Record

VALUES = {
    "uint": st.integers(0, 2**64 - 1),
    "int": st.integers(-(2**62), 2**62),
    "boolean": st.booleans(),
    "string": st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
}
ANY_MESSAGE = st.sampled_from([kind for kind in MESSAGES.values() if kind.id != 81]).flatmap(
    lambda kind: st.tuples(st.just(kind.id), st.tuples(*(VALUES[field.type] for field in kind.fields)))
)


@given(st.lists(ANY_MESSAGE, max_size=5))
def test_property_every_message_is_read_as_written(messages: list[tuple[int, Values]]) -> None:
    """In each framing the same ids, values and indexes come back, to the last byte."""
    sized = b"".join(encode_sized(*sent) for sent in messages)
    indexed = b"".join(encode_record(5 + at, *sent) for at, sent in enumerate(messages))
    bare = b"".join(write_uint(kind) + encode_fields(kind, values) for kind, values in messages)
    for reader, data in ((read_sized, sized), (read_indexed, indexed), (read_bare, bare)):
        out: list[Record] = []
        assert reader(data, 0, 5, 0, "x", out) == len(data)
        assert [(kind, values, index) for kind, values, _, index in out] == [
            (*sent, 5 + at) for at, sent in enumerate(messages)
        ]


def test_offsets_count_from_the_beginning_of_the_source() -> None:
    """The base of a window is added to the position in it."""
    out: list[Record] = []
    read_sized(encode_sized(*message("CreateDocument")) * 2, 0, 0, 1000, "x", out)
    assert [offset for _, _, offset, _ in out] == [1000, 1004]


def test_a_batch_header_ends_the_reading() -> None:
    """The reader of sized messages stops before the next batch."""
    out: list[Record] = []
    data = encode_sized(*message("CreateDocument")) + b"\x51\x01"
    assert read_sized(data, 0, 0, 0, "x", out) == 4


TEXT = encode_sized(*message("SetNodeData", 1, "text"))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x63\x01\x00\x00\x00", "unknown message id 99"),
        (TEXT[:-1], "message 14 says 6 bytes, 5 are left"),
        (TEXT[:3], "message 14 says 6 bytes, 0 are left"),
        (b"\x0e\x05\x00\x00" + TEXT[4:], "message 14 says 5 bytes, its fields take 6"),
        (b"\x0e\x07\x00\x00" + TEXT[4:] + b"\x00", "message 14 says 7 bytes, its fields take 6"),
        (b"\x0e\x03\x00\x00\x01\x01\xff", "message 14: text is not UTF-8"),
        (b"\x13\x02\x00\x00\x01\x02", "message 19: a boolean is neither 0 nor 1"),
        (b"\x00\x0b\x00\x00" + b"\x80" * 11, "message 0: integer longer than 10 bytes"),
    ],
)
def test_a_broken_message_is_named_with_its_position(data: bytes, what: str) -> None:
    """Unknown ids, wrong sizes, and invalid texts, booleans and numbers are errors."""
    with pytest.raises(DecodeError, match=re.escape(f"x, byte 4: {what}")):
        read_sized(encode_sized(*message("CreateDocument")) + data, 0, 0, 0, "x", [])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x63\x01", "unknown message id 99"),
        (b"\x80\x01\x01", "unknown message id 128"),
        (b"\x51\x01\x00\x00\x00\x00", "unknown message id 81"),
        (b"\x0e\x01\x04tex", "the data ends within a record"),
        (b"\x0e\x01\x01\xff", "message 14: text is not UTF-8"),
    ],
)
def test_a_broken_record_is_named_with_its_position(data: bytes, what: str) -> None:
    """In a file of records, a batch header is an unknown id too."""
    for reader, index in ((read_bare, b""), (read_indexed, b"\x01" + b"\x00" * 7)):
        with pytest.raises(DecodeError, match=re.escape(f"x, byte 0: {what}")):
            reader(index + data, 0, 0, 0, "x", [])


def test_missing_data_is_distinguished_from_broken_data() -> None:
    """A reader of pieces knows when more data can help."""
    with pytest.raises(TruncatedError):
        read_sized(TEXT[:-1], 0, 0, 0, "x", [])
    with pytest.raises(TruncatedError):
        read_indexed(b"\x01\x00", 0, 0, 0, "x", [])


def test_messages_before_an_error_are_kept() -> None:
    """The list holds all messages before the broken one."""
    out: list[Record] = []
    with pytest.raises(DecodeError):
        read_sized(TEXT + b"\x63\x01\x00\x00\x00", 0, 0, 0, "x", out)
    assert [values for _, values, _, _ in out] == [(1, "text")]
