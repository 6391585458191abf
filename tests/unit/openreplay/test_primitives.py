"""Primitives are written as by the tracker, and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay.primitives import DecodeError, Value, read_uint, write_uint, write_value


@pytest.mark.parametrize(
    ("number", "encoded"),
    [(0, b"\x00"), (127, b"\x7f"), (128, b"\x80\x01"), (300, b"\xac\x02"), (2**14, b"\x80\x80\x01")],
)
def test_unsigned_numbers_are_leb128(number: int, encoded: bytes) -> None:
    """Each byte holds seven bits, lowest first (2.1)."""
    assert write_uint(number) == encoded


@pytest.mark.parametrize(
    ("kind", "value", "encoded"),
    [
        ("int", 3, b"\x06"),
        ("int", -1, b"\x01"),
        ("int", -64, b"\x7f"),
        ("boolean", True, b"\x01"),
        ("string", "\N{EURO SIGN}", b"\x03\xe2\x82\xac"),
    ],
)
def test_values_are_written_by_their_type(kind: str, value: Value, encoded: bytes) -> None:
    """Signed numbers use zigzag, booleans one byte, and texts UTF-8 after their length (2.1)."""
    assert write_value(kind, value) == encoded


def test_a_negative_number_cannot_be_unsigned() -> None:
    """A negative number has no encoding, so it is an error."""
    with pytest.raises(ValueError, match="negative"):
        write_uint(-1)


def test_a_number_that_does_not_end_is_an_error() -> None:
    """A number has at most ten bytes."""
    with pytest.raises(ValueError, match="longer than 10 bytes"):
        read_uint(b"\x80" * 11, 0)


def test_an_error_names_source_and_offset() -> None:
    """The message begins with the source and the offset."""
    assert str(DecodeError("broken", source="dom.mobs", offset=12)) == "dom.mobs, byte 12: broken"


@given(st.integers(0, 2**64 - 1), st.binary(max_size=3))
def test_property_a_number_is_read_as_written(number: int, behind: bytes) -> None:
    """Bytes after the number do not matter."""
    encoded = write_uint(number)
    assert read_uint(encoded + behind, 0) == (number, len(encoded))
