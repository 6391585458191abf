"""The hashes that are searched for: one table of names, sizes and functions."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, Protocol

import blake3
import mmh3
import numpy as np
from Crypto.Hash import RIPEMD160, SHA512

from maskproof.leaks.digests.md import md2, md2_of_each, md4, md4_of_each

HashFunction = Callable[[bytes], bytes]
# Digests of messages, one behind the other.
Together = Callable[[Sequence[bytes]], bytes]
HALF = 8


class Made(Protocol):
    """A hash of one message, as `hashlib` and `blake3` make it."""

    def digest(self) -> bytes:
        """What it is."""


class Hash(NamedTuple):
    """
    One hash.

    Attributes:
        name: How findings name it.
        size: Bytes of a digest.
        function: Digest of a message.
        of_each: Digests of many messages, one behind the other, in less time than one by one.
        is_listed: It is a hash of its own; a shorter or other form of one is only looked for as the last of a chain.
        is_slow: It takes longer than all others together, and is only made of what is usual.

    """

    name: str
    size: int
    function: HashFunction
    of_each: Together
    is_listed: bool = True
    is_slow: bool = False


def _by(make: Callable[[bytes], Made], name: str, size: int, *, is_listed: bool = True) -> Hash:
    """A hash that is made as those of the standard library are."""
    return Hash(
        name,
        size,
        lambda data: make(data).digest(),
        lambda messages: b"".join([make(one).digest() for one in messages]),
        is_listed,
    )


def _standard(name: str, size: int) -> Hash:
    return _by(getattr(hashlib, name.replace("-", "_")), name, size)


def _blake2b(name: str, size: int, *, is_listed: bool) -> Hash:
    return _by(partial(hashlib.blake2b, digest_size=size), name, size, is_listed=is_listed)


def by_openssl(name: str, size: int, otherwise: HashFunction) -> Hash:
    """
    A hash that only some builds of OpenSSL have; it takes long to look up and is quick to copy.

    Args:
        name: How findings name it.
        size: Bytes of a digest.
        otherwise: Another library's, where OpenSSL has none.

    """
    try:
        fresh = hashlib.new(name.replace("-", "_"), usedforsecurity=False)
    except ValueError:
        return _one_by_one(name, size, otherwise)

    def digest(data: bytes) -> bytes:
        one = fresh.copy()
        one.update(data)
        return one.digest()

    return _one_by_one(name, size, digest)


def _one_by_one(name: str, size: int, function: HashFunction) -> Hash:
    return Hash(name, size, function, lambda messages: b"".join(map(function, messages)))


def _murmur(data: bytes) -> bytes:
    """MurmurHash3 x64_128 as JavaScript writes it: both halves, each with its high byte first."""
    digest: bytes = mmh3.hash_bytes(data)
    return digest[HALF - 1 :: -1] + digest[: HALF - 1 : -1]


def _murmur_of_each(messages: Sequence[bytes]) -> bytes:
    return np.frombuffer(b"".join(map(mmh3.hash_bytes, messages)), np.uint64).byteswap().tobytes()


MURMUR = "murmur3-128"
HASHES: tuple[Hash, ...] = (
    _standard("md5", 16),
    _standard("sha1", 20),
    _standard("sha256", 32),
    _standard("sha512", 64),
    _standard("sha224", 28),
    _standard("sha384", 48),
    by_openssl("sha512-224", 28, lambda data: SHA512.new(data, truncate="224").digest()),
    by_openssl("sha512-256", 32, lambda data: SHA512.new(data, truncate="256").digest()),
    _standard("sha3-224", 28),
    _standard("sha3-256", 32),
    _standard("sha3-384", 48),
    _standard("sha3-512", 64),
    by_openssl("ripemd160", 20, lambda data: RIPEMD160.new(data).digest()),
    _blake2b("blake2b", 64, is_listed=True),
    _blake2b("blake2b-256", 32, is_listed=True),
    _by(blake3.blake3, "blake3", 32),
    Hash("md4", 16, md4, md4_of_each),
    Hash("md2", 16, md2, md2_of_each, is_slow=True),
    Hash(MURMUR, 16, _murmur, _murmur_of_each),
    _one_by_one(MURMUR, 16, mmh3.hash_bytes),  # as its library writes it, when it is hashed again
    _blake2b("blake2b-128", 16, is_listed=False),
    _blake2b("blake2b-160", 20, is_listed=False),
    _blake2b("blake2b-384", 48, is_listed=False),
    _by(hashlib.blake2s, "blake2s", 32, is_listed=False),
)
LISTED = tuple(one for one in HASHES if one.is_listed)
# Each once: what is found by MurmurHash3 is found in either order.
LAST = tuple({one.name: one for one in reversed(HASHES)}.values())
BY_SIZE: Mapping[int, tuple[Hash, ...]] = {
    HALF: tuple(one for one in LAST if one.name == MURMUR),
    **{size: tuple(one for one in LAST if one.size == size) for size in sorted({one.size for one in LAST})},
}

SIZES = frozenset(BY_SIZE)


def keys_of(name: str, digest: bytes) -> tuple[bytes, ...]:
    """What a digest is found by: its first 8 bytes; of MurmurHash3 each half, as either byte order begins with."""
    if name != MURMUR:
        return (digest[:HALF],)
    first, second = digest[:HALF], digest[HALF:]
    return first, second, first[::-1], second[::-1]


def split(digests: bytes, size: int) -> list[bytes]:
    """Digests of one size that are one behind the other."""
    return [digests[start : start + size] for start in range(0, len(digests), size)]
