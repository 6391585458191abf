"""
Hashes of known values: a table from digest to what was hashed, and how.

Values are hashed raw, lower-cased, trimmed, normalised and encoded once before; hashes of hashes go to
depth 3, of the digest's bytes and of its hexadecimal text.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import blake3
import mmh3
from Crypto.Hash import MD2, MD4, RIPEMD160

from maskproof.leaks.values import Value
from maskproof.secrets import normalised

HashFunction = Callable[[bytes], bytes]
KEY_BYTES = 8


def _standard(name: str) -> HashFunction:
    return lambda data: hashlib.new(name, data, usedforsecurity=False).digest()


def _murmur(data: bytes) -> bytes:
    return mmh3.hash128(data, signed=False).to_bytes(16, "big")


HASHES: Mapping[str, HashFunction] = {
    "md5": _standard("md5"),
    "sha1": _standard("sha1"),
    "sha256": _standard("sha256"),
    "sha512": _standard("sha512"),
    "sha224": _standard("sha224"),
    "sha384": _standard("sha384"),
    "sha512-224": _standard("sha512_224"),
    "sha512-256": _standard("sha512_256"),
    "sha3-224": _standard("sha3_224"),
    "sha3-256": _standard("sha3_256"),
    "sha3-384": _standard("sha3_384"),
    "sha3-512": _standard("sha3_512"),
    "blake2b": lambda data: hashlib.blake2b(data).digest(),
    "blake2b-256": lambda data: hashlib.blake2b(data, digest_size=32).digest(),
    "blake2b-160": lambda data: hashlib.blake2b(data, digest_size=20).digest(),
    "blake2b-384": lambda data: hashlib.blake2b(data, digest_size=48).digest(),
    "blake2b-128": lambda data: hashlib.blake2b(data, digest_size=16).digest(),
    "blake2s": lambda data: hashlib.blake2s(data).digest(),
    "blake3": lambda data: blake3.blake3(data).digest(),
    "ripemd160": lambda data: RIPEMD160.new(data).digest(),
    "md4": lambda data: MD4.new(data).digest(),  # noqa: S303 - looked for, not used
    "md2": lambda data: MD2.new(data).digest(),  # noqa: S303 - looked for, not used
    "murmur3-128": _murmur,
}
# Both halves and both byte orders of MurmurHash3 are in use.
MURMUR = "murmur3-128"
DIGEST_SIZES = frozenset({8, 16, 20, 24, 28, 32, 48, 64})
# The third depth: any hash of these of these; of every hash of every hash there are too many to make.
DEEP = {name: HASHES[name] for name in ("md5", "sha1", "sha256", "sha512")}


@dataclass(frozen=True, slots=True)
class Hashed:
    """What a digest is of: the value and the chain of hashes, outermost first."""

    value: Value
    chain: tuple[str, ...]


@dataclass(slots=True)
class DigestTable:
    """
    Digests of every value.

    Args:
        values: What is hashed.
        salts: Configured salts: each is put before and after the value, and used as an HMAC key.

    """

    values: Sequence[Value]
    salts: Sequence[bytes] = ()
    _table: dict[bytes, Hashed] = field(default_factory=dict)
    _deep: dict[bytes, Hashed] | None = None

    def __post_init__(self) -> None:
        """Fill the table with hashes of values and hashes of those."""
        first = [(digest, hashed) for value in self.values for digest, hashed in self._first(value)]
        for digest, hashed in first:
            self._add(self._table, digest, hashed)
        for digest, hashed in first:
            for outer, again in _again(digest, hashed, HASHES):
                self._add(self._table, outer, again)

    def find(self, digest: bytes) -> Hashed | None:
        """What a digest is of; the third depth is built when the first digest needs it."""
        if len(digest) not in DIGEST_SIZES:
            return None
        found = self._table.get(digest[:KEY_BYTES])
        if found is None:
            if self._deep is None:
                self._deep = self._third()
            found = self._deep.get(digest[:KEY_BYTES])
        return found

    def _first(self, value: Value) -> Iterator[tuple[bytes, Hashed]]:
        for text in _hashed_texts(value):
            for name, function in HASHES.items():
                yield function(text), Hashed(value, (name,))
            for salt in self.salts:
                for name, function in HASHES.items():
                    yield function(salt + text), Hashed(value, (f"salted-{name}",))
                    yield function(text + salt), Hashed(value, (f"salted-{name}",))
                for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
                    yield hmac.digest(salt, text, name), Hashed(value, (f"hmac-{name}",))

    def _third(self) -> dict[bytes, Hashed]:
        deep: dict[bytes, Hashed] = {}
        for value in self.values:
            for text in _plain_texts(value):
                for name, function in DEEP.items():
                    first = function(text)
                    for second, hashed in _again(first, Hashed(value, (name,)), DEEP):
                        for third, again in _again(second, hashed, HASHES):
                            self._add(deep, third, again)
        return deep

    @staticmethod
    def _add(table: dict[bytes, Hashed], digest: bytes, hashed: Hashed) -> None:
        table.setdefault(digest[:KEY_BYTES], hashed)
        if hashed.chain[0] == MURMUR:
            table.setdefault(digest[8:], hashed)
            table.setdefault(digest[7::-1], hashed)
            table.setdefault(digest[:7:-1], hashed)


def _again(digest: bytes, hashed: Hashed, functions: Mapping[str, HashFunction]) -> Iterator[tuple[bytes, Hashed]]:
    text = digest.hex().encode()
    for name, function in functions.items():
        chain = Hashed(hashed.value, (name, *hashed.chain))
        yield function(text), chain
        yield function(digest), chain


def _plain_texts(value: Value) -> list[bytes]:
    text = value.secret.reveal()
    return list(dict.fromkeys(one.encode() for one in (text, text.strip().lower())))


def _hashed_texts(value: Value) -> list[bytes]:
    text = value.secret.reveal()
    trimmed = text.strip()
    letters = normalised(text)
    spellings = [text, trimmed, trimmed.lower(), trimmed.upper(), letters, "".join(trimmed.split()).lower()]
    digits = "".join(one for one in text if one.isdigit())
    if value.category == "phone" and digits:
        spellings += [digits, f"+{digits}", f"1{digits}", f"+1{digits}", digits.removeprefix("1")]
    raw = [one.encode() for one in spellings]
    for one in (trimmed.encode(), trimmed.lower().encode()):
        raw += [
            base64.b64encode(one),
            base64.urlsafe_b64encode(one).rstrip(b"="),
            one.hex().encode(),
            quote(one, safe="").encode(),
        ]
    return list(dict.fromkeys(raw))
