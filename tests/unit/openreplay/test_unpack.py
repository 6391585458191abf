"""Stored objects are unpacked by content, to the last byte, and never beyond a limit."""

import gzip
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay.primitives import DecodeError, TruncatedError
from maskproof.openreplay.unpack import unpack, unpacked

DATA = bytes(range(256)) * 40
Pack = Callable[[bytes], bytes]
PACKERS: dict[str, Pack] = {"zstd": zstandard.compress, "gzip": gzip.compress}
packers = pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)


@pytest.mark.parametrize("pack", [*PACKERS.values(), bytes], ids=[*PACKERS, "raw"])
def test_compression_is_detected_by_content(pack: Pack) -> None:
    """Zstd, gzip and raw objects all unpack to the same bytes (4.4)."""
    assert unpack(pack(DATA)) == DATA


@packers
def test_a_bomb_stops_at_the_limit(pack: Pack) -> None:
    """Data above the limit is an error, and is not held in memory."""
    with pytest.raises(DecodeError, match="unpacks to more than 1000 bytes"):
        unpack(pack(bytes(20_000_000)), limit=1000)


@packers
def test_exactly_the_limit_is_allowed(pack: Pack) -> None:
    """Data of exactly the limit is unpacked."""
    assert unpack(pack(DATA), limit=len(DATA)) == DATA


@packers
def test_every_cut_of_compressed_data_is_an_error(pack: Pack) -> None:
    """Compressed data that ends early is never read as a shorter recording."""
    data = pack(DATA)
    for end in range(4, len(data)):
        with pytest.raises(TruncatedError):
            unpack(data[:end])


@packers
def test_consecutive_frames_are_one_object(pack: Pack) -> None:
    """A second frame continues where the first ends."""
    assert unpack(pack(DATA) + pack(b"more")) == DATA + b"more"


@packers
def test_bytes_after_the_last_frame_are_an_error(pack: Pack) -> None:
    """No bytes after compressed data are dropped."""
    with pytest.raises(DecodeError):
        unpack(pack(DATA) + b"behind")


@packers
def test_pieces_may_be_of_any_size(pack: Pack) -> None:
    """Data in pieces of one byte unpacks like whole data."""
    assert b"".join(unpacked(bytes([byte]) for byte in pack(DATA))) == DATA


def test_empty_data_unpacks_to_empty_data() -> None:
    """Empty data is not compressed data, and no error."""
    assert (unpack(b""), list(unpacked([]))) == (b"", [])


@given(st.sampled_from(list(PACKERS)), st.integers(0, 10_000), st.integers(1, 255))
def test_fuzz_a_changed_byte_gives_data_or_a_documented_error(name: str, place: int, change: int) -> None:
    """Broken compressed data never crashes; some bytes of the containers do not change the result."""
    data = bytearray(PACKERS[name](DATA))
    data[place % len(data)] ^= change
    try:
        unpacked_data = unpack(bytes(data), limit=1 << 20)
    except DecodeError:
        return
    assert len(unpacked_data) <= 1 << 20
