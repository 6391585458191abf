"""Many texts as one buffer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.leaks.buffer import Buffer


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=20))
def test_locate_property_every_byte_is_found_again(chunks: list[bytes]) -> None:
    """A place in the buffer says which text it is of, and where in it."""
    buffer = Buffer(chunks)
    for index, chunk in enumerate(chunks):
        start = buffer.start(index)
        assert buffer.data[start : start + len(chunk)] == chunk
        assert all(buffer.locate(start + offset) == (index, offset) for offset in range(len(chunk)))


@pytest.mark.parametrize("chunks", [[b"a\x00", b"b"], [b"\x00"]])
def test_a_nul_in_a_text_is_told(chunks: list[bytes]) -> None:
    """Beside those that stand between texts."""
    assert Buffer(chunks).has_nuls


@pytest.mark.parametrize("chunks", [[], [b""], [b"a", b"b"]])
def test_a_nul_between_texts_is_of_none(chunks: list[bytes]) -> None:
    """There are as many as separators have."""
    assert not Buffer(chunks).has_nuls
