"""Many texts as one buffer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.leaks.buffer import Buffer


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=20))
def test_locate_property_every_byte_is_found_again(chunks: list[bytes]) -> None:
    """A position in the buffer gives the index of its text and the offset in it."""
    buffer = Buffer(chunks)
    for index, chunk in enumerate(chunks):
        start = buffer.start(index)
        assert buffer.data[start : start + len(chunk)] == chunk
        assert all(buffer.locate(start + offset) == (index, offset) for offset in range(len(chunk)))


@pytest.mark.parametrize("chunks", [[b"a\x00", b"b"], [b"\x00"]])
def test_a_nul_in_a_text_is_reported(chunks: list[bytes]) -> None:
    """NUL bytes of a text are distinguished from those between texts."""
    assert Buffer(chunks).has_nuls


@pytest.mark.parametrize("chunks", [[], [b""], [b"a", b"b"]])
def test_a_nul_between_texts_does_not_count(chunks: list[bytes]) -> None:
    """NUL bytes of the separators are those of no text."""
    assert not Buffer(chunks).has_nuls
