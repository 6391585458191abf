"""The hashes that are searched for: one table of names, sizes and functions."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import blake3
import mmh3
from Crypto.Hash import MD2, MD4, RIPEMD160

from maskproof.leaks.md import md2_of_each, md4_of_each

HashFunction = Callable[[bytes], bytes]
# From how many messages of one length on it is faster to hash them together.
TOGETHER = 64
HALF = 8
OF_EACH: Mapping[str, Callable[[Sequence[bytes]], list[bytes]]] = {"md2": md2_of_each, "md4": md4_of_each}


class Hash(NamedTuple):
    """
    One hash.

    Attributes:
        name: How findings name it.
        size: Bytes of a digest.
        function: Digest of a message.
        is_listed: It is a hash of its own; a shorter or other form of one is only looked for as the last of a chain.

    """

    name: str
    size: int
    function: HashFunction
    is_listed: bool = True

    def of_each(self, messages: Sequence[bytes]) -> list[bytes]:
        """The digest of each message."""
        together = OF_EACH.get(self.name)
        if together is None or len(messages) < TOGETHER:
            return list(map(self.function, messages))
        order = sorted(range(len(messages)), key=lambda index: len(messages[index]))
        digests: list[bytes] = [b""] * len(messages)
        for _, group in groupby(order, key=lambda index: len(messages[index])):
            indexes = list(group)
            for index, digest in zip(indexes, together([messages[index] for index in indexes]), strict=True):
                digests[index] = digest
        return digests


def _standard(name: str) -> HashFunction:
    make: Callable[[bytes], hashlib._Hash] = getattr(hashlib, name)
    return lambda data: make(data).digest()


def _by_openssl(name: str, otherwise: HashFunction) -> HashFunction:
    """A hash that only some builds of OpenSSL have; it takes long to look up and is quick to copy."""
    try:
        fresh = hashlib.new(name, usedforsecurity=False)
    except ValueError:
        return otherwise

    def digest(data: bytes) -> bytes:
        one = fresh.copy()
        one.update(data)
        return one.digest()

    return digest


def _blake2b(size: int) -> HashFunction:
    return lambda data: hashlib.blake2b(data, digest_size=size).digest()


def _murmur(data: bytes) -> bytes:
    """MurmurHash3 x64_128 as JavaScript writes it: both halves, each with its high byte first."""
    digest: bytes = mmh3.hash_bytes(data)
    return digest[HALF - 1 :: -1] + digest[: HALF - 1 : -1]


MURMUR = "murmur3-128"
HASHES: tuple[Hash, ...] = (
    Hash("md5", 16, _standard("md5")),
    Hash("sha1", 20, _standard("sha1")),
    Hash("sha256", 32, _standard("sha256")),
    Hash("sha512", 64, _standard("sha512")),
    Hash("sha224", 28, _standard("sha224")),
    Hash("sha384", 48, _standard("sha384")),
    Hash("sha512-224", 28, _by_openssl("sha512_224", lambda _data: b"")),
    Hash("sha512-256", 32, _by_openssl("sha512_256", lambda _data: b"")),
    Hash("sha3-224", 28, _standard("sha3_224")),
    Hash("sha3-256", 32, _standard("sha3_256")),
    Hash("sha3-384", 48, _standard("sha3_384")),
    Hash("sha3-512", 64, _standard("sha3_512")),
    Hash("ripemd160", 20, _by_openssl("ripemd160", lambda data: RIPEMD160.new(data).digest())),
    Hash("blake2b", 64, _blake2b(64)),
    Hash("blake2b-256", 32, _blake2b(32)),
    Hash("blake3", 32, lambda data: blake3.blake3(data).digest()),
    Hash("md4", 16, lambda data: MD4.new(data).digest()),  # noqa: S303 - looked for, not used
    Hash("md2", 16, lambda data: MD2.new(data).digest()),  # noqa: S303 - looked for, not used
    Hash(MURMUR, 16, _murmur),
    Hash("blake2b-128", 16, _blake2b(16), is_listed=False),
    Hash("blake2b-160", 20, _blake2b(20), is_listed=False),
    Hash("blake2b-384", 48, _blake2b(48), is_listed=False),
    Hash("blake2s", 32, lambda data: hashlib.blake2s(data).digest(), is_listed=False),
)
LISTED = tuple(one for one in HASHES if one.is_listed)
BY_SIZE: Mapping[int, tuple[Hash, ...]] = {
    HALF: tuple(one for one in HASHES if one.name == MURMUR),
    **{size: tuple(one for one in HASHES if one.size == size) for size in sorted({one.size for one in HASHES})},
}

SIZES = frozenset(BY_SIZE)


def keys_of(name: str, digest: bytes) -> tuple[bytes, ...]:
    """What a digest is found by: its first 8 bytes; of MurmurHash3 each half, as either byte order begins with."""
    if name != MURMUR:
        return (digest[:HALF],)
    first, second = digest[:HALF], digest[HALF:]
    return first, second, first[::-1], second[::-1]
