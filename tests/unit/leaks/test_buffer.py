"""Many texts as one buffer."""

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
