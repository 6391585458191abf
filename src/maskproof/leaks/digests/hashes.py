"""The hashes that every search looks for: one table of names, sizes and functions."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, Protocol

import blake3
import mmh3
import numpy as np
import numpy.typing as npt
from Crypto.Hash import RIPEMD160, SHA512

HashFunction = Callable[[bytes], bytes]
# Digests of messages, concatenated.
HashOfEach = Callable[[Sequence[bytes]], bytes]
# Tables find a digest by its first eight bytes: by chance a random digest is among four million such keys once in
# 2 ** 64 / 4e6 = 5e12 look-ups.
HALF = 8


class Hasher(Protocol):
    """A hash of one message, as `hashlib` and `blake3` return it."""

    def digest(self) -> bytes:
        """The digest."""


class Keys(NamedTuple):
    """
    What digests of a hash are found by, where that is not just their first eight bytes.

    Attributes:
        of_one: Keys of a digest, each of eight bytes.
        of_each: Keys of an array of digests (messages by bytes), as arrays with one key a message.

    """

    of_one: Callable[[bytes], tuple[bytes, ...]]
    of_each: Callable[[npt.NDArray[np.uint8]], list[npt.NDArray[np.uint64]]]


class Hash(NamedTuple):
    """
    One hash.

    Attributes:
        name: Its name in findings.
        size: Bytes of a digest.
        function: Digest of a message.
        of_each: Digests of many messages, concatenated; faster than one by one.
        is_listed: Its digests are hashed again; shorter forms of a hash are only searched for at the end of a chain.
        is_slow: It takes longer than all others together, so it only hashes the usual messages.
        block: Bytes of a block in HMAC, for hashes of which the standard library makes none; else 0.
        keys: What its digests are found by, if not by their first eight bytes alone.

    """

    name: str
    size: int
    function: HashFunction
    of_each: HashOfEach
    is_listed: bool = True
    is_slow: bool = False
    block: int = 0
    keys: Keys | None = None


def _by(make: Callable[[bytes], Hasher], name: str, size: int, *, is_listed: bool = True, block: int = 0) -> Hash:
    """A hash with the interface of the standard library's."""
    return Hash(
        name,
        size,
        lambda data: make(data).digest(),
        lambda messages: b"".join([make(message).digest() for message in messages]),
        is_listed,
        block=block,
    )


def _of_hashlib(name: str, size: int) -> Hash:
    return _by(getattr(hashlib, name.replace("-", "_")), name, size)


def _blake2b(name: str, size: int, *, is_listed: bool, block: int = 0) -> Hash:
    return _by(partial(hashlib.blake2b, digest_size=size), name, size, is_listed=is_listed, block=block)


def by_openssl(name: str, size: int, otherwise: HashFunction, *, block: int) -> Hash:
    """
    A hash that only some builds of OpenSSL have. Looking one up is slow, copying it is fast.

    Args:
        name: Its name in findings.
        size: Bytes of a digest.
        otherwise: The function of another library, used where OpenSSL has none.
        block: Bytes of a block in HMAC.

    """
    try:
        fresh = hashlib.new(name.replace("-", "_"), usedforsecurity=False)
    except ValueError:
        return one_by_one(name, size, otherwise, block=block)

    def digest(data: bytes) -> bytes:
        hasher = fresh.copy()
        hasher.update(data)
        return hasher.digest()

    return one_by_one(name, size, digest, block=block)


def one_by_one(name: str, size: int, function: HashFunction, *, block: int = 0) -> Hash:
    """
    A hash whose digests of many messages are made one by one.

    Args:
        name: Its name in findings.
        size: Bytes of a digest.
        function: Digest of a message.
        block: Bytes of a block in HMAC; 0 for none.

    """
    return Hash(name, size, function, lambda messages: b"".join(map(function, messages)), block=block)


def _murmur(data: bytes) -> bytes:
    """MurmurHash3 x64_128 as JavaScript writes it: both halves, each with its high byte first."""
    digest: bytes = mmh3.hash_bytes(data)
    return digest[HALF - 1 :: -1] + digest[: HALF - 1 : -1]


def _murmur_of_each(messages: Sequence[bytes]) -> bytes:
    return np.frombuffer(b"".join(map(mmh3.hash_bytes, messages)), np.uint64).byteswap().tobytes()


MURMUR = "murmur3-128"
HASHES: tuple[Hash, ...] = (
    _of_hashlib("md5", 16),
    _of_hashlib("sha1", 20),
    _of_hashlib("sha256", 32),
    _of_hashlib("sha512", 64),
    _of_hashlib("sha224", 28),
    _of_hashlib("sha384", 48),
    by_openssl("sha512-224", 28, lambda data: SHA512.new(data, truncate="224").digest(), block=128),
    by_openssl("sha512-256", 32, lambda data: SHA512.new(data, truncate="256").digest(), block=128),
    _of_hashlib("sha3-224", 28),
    _of_hashlib("sha3-256", 32),
    _of_hashlib("sha3-384", 48),
    _of_hashlib("sha3-512", 64),
    by_openssl("ripemd160", 20, lambda data: RIPEMD160.new(data).digest(), block=64),
    _blake2b("blake2b", 64, is_listed=True),
    _blake2b("blake2b-256", 32, is_listed=True, block=128),
    _by(blake3.blake3, "blake3", 32, block=64),
    Hash(MURMUR, 16, _murmur, _murmur_of_each),
    _blake2b("blake2b-128", 16, is_listed=False),
    _blake2b("blake2b-160", 20, is_listed=False),
    _blake2b("blake2b-384", 48, is_listed=False),
    _by(hashlib.blake2s, "blake2s", 32, is_listed=False),
)
# The hashes that most programs use: LIKELY_HASHES of the detector of Leaky Forms (Senol et al., USENIX Security 2022).
COMMON = tuple(function for function in HASHES if function.name in {"md5", "sha1", "sha256", "sha512"})
# What is as long as a digest. Eight bytes are half a MurmurHash3 (`rare/murmur.py`).
SIZES = frozenset({HALF, *(function.size for function in HASHES)})


def last_of_chains(hashes: Sequence[Hash]) -> tuple[Hash, ...]:
    """Each name once, the first of that name: a hash in two byte orders is found by its keys in either."""
    return tuple({function.name: function for function in reversed(hashes)}.values())


def by_size(hashes: Sequence[Hash]) -> Mapping[int, tuple[Hash, ...]]:
    """The hashes whose digests have each size, each name once; of eight bytes those that are found by halves."""
    last = last_of_chains(hashes)
    halved = tuple(function for function in last if function.keys is not None)
    sizes = sorted({function.size for function in last})
    tables = {size: tuple(function for function in last if function.size == size) for size in sizes}
    return {HALF: halved, **tables} if halved else tables


def split(digests: bytes, size: int) -> list[bytes]:
    """
    Digests that were concatenated.

    Args:
        digests: Digests of one size, one behind the other.
        size: Bytes of each.

    """
    return [digests[start : start + size] for start in range(0, len(digests), size)]
