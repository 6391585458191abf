"""MurmurHash3 in halves and in the other byte order."""

import mmh3

from maskproof.leaks.digests.hashes import SIZES, by_size
from maskproof.leaks.rare.bundle import WITH_RARE_HASHES
from maskproof.leaks.rare.murmur import HALVES, IN_MEMORY_ORDER


def test_a_digest_is_found_by_each_half_in_either_byte_order() -> None:
    """Each half is a key, and so are its bytes in reverse."""
    digest = bytes(range(16))
    assert set(HALVES.of_one(digest)) == {digest[:8], digest[8:], digest[7::-1], digest[:7:-1]}


def test_eight_bytes_are_half_a_murmur() -> None:
    """Every other size is that of whole digests."""
    sizes = by_size(WITH_RARE_HASHES.hashes)
    assert {function.name for function in sizes[8]} == {"murmur3-128"}
    assert set(sizes) == SIZES


def test_the_other_byte_order_is_that_of_the_library() -> None:
    """Its digests are the bytes that the library has in memory."""
    assert IN_MEMORY_ORDER.function(b"abc") == mmh3.hash_bytes(b"abc")
