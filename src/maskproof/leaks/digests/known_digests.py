"""
Hashes of known values: from a digest to what was hashed, and how.

Values are hashed in every spelling, and encoded once before; with a salt before or behind them, and as an HMAC.
Hashes of hashes are looked up in tables of their own (`hash_chains.py`).
"""

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from maskproof.leaks.digests.hash_chains import COMMON_HASHES, ChainTables, Digests, Hashed, HashSearch
from maskproof.leaks.digests.hashes import COMMON, HALF, Hash, Keys, by_size
from maskproof.leaks.spelling.spellings import (
    canonical_texts,
    encoded_texts,
    further_encoded_texts,
    plain_spellings,
    spelled_texts,
)
from maskproof.leaks.spelling.values import Value

BETWEEN_SALT = (b"", b":", b"-", b"|", b".", b"$")
# Hashes of which the standard library makes an HMAC, by the names that it has for them.
HMACS: Mapping[str, str] = {
    "md5": "md5", "sha1": "sha1", "sha224": "sha224", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512",
    "sha3-224": "sha3_224", "sha3-256": "sha3_256", "sha3-384": "sha3_384", "sha3-512": "sha3_512",
    "blake2b": "blake2b", "blake2s": "blake2s",
}  # fmt: skip
# RFC 2104: the bytes 0x36 and 0x5C that the key is combined with.
INNER, OUTER = bytes(byte ^ 0x36 for byte in range(256)), bytes(byte ^ 0x5C for byte in range(256))


@dataclass(slots=True)
class DigestTable:
    """
    Digests of every value.

    Args:
        values: What is hashed.
        salts: Configured salts: each is put before and after the value, and used as an HMAC key.
        search: Which hashes are looked for.

    """

    values: Sequence[Value]
    salts: Sequence[bytes] = ()
    search: HashSearch = COMMON_HASHES
    _table: dict[bytes, Hashed] = field(default_factory=dict)
    _chains: ChainTables = field(init=False)
    _sizes: frozenset[int] = field(init=False)
    _keys: dict[str, Keys] = field(init=False)

    def __post_init__(self) -> None:
        """Hash every value once; hashes of hashes are made when a digest needs them."""
        self._sizes = frozenset(by_size(self.search.hashes))
        self._keys = {function.name: function.keys for function in self.search.hashes if function.keys is not None}
        listed = {function.name for function in self.search.listed}
        first, plain = Digests([], []), Digests([], [])
        for value in self.values:
            is_plain = {text.encode() for text in plain_spellings(value)}
            for text in spelled_texts(value):
                for digest, hashed in self._of_text(value, text):
                    self._add(digest, hashed)
                    into = plain if text in is_plain and hashed.chain[0] in listed else first
                    into.add(digest, hashed)
            for text in canonical_texts(value):
                for digest, hashed in self._of_text(value, text):
                    self._add(digest, hashed)
            for digest, hashed in self._salted_digests(value):
                self._add(digest, hashed)
        encoded, further = (partial(_texts_of, self.values, way) for way in (encoded_texts, further_encoded_texts))
        self._chains = ChainTables(first, plain, encoded, further, self.search)

    def find(self, digests: Mapping[bytes, bool]) -> dict[bytes, Hashed]:
        """
        What each digest is of; digests of no value are left out.

        Args:
            digests: What may be one, and whether it is likely enough to look among hashes of hashes.

        """
        wanted: dict[int, list[bytes]] = {}
        found: dict[bytes, Hashed] = {}
        has_halves = HALF in self._sizes
        for digest, is_likely in digests.items():
            hashed = self._table.get(digest[:HALF]) if has_halves or len(digest) > HALF else None
            if hashed is not None:
                found[digest] = hashed
            elif is_likely and len(digest) in self._sizes:
                wanted.setdefault(len(digest), []).append(digest)
        if self.values:
            for some in wanted.values():
                found.update(self._chains.find(some))
        return found

    @property
    def known(self) -> Mapping[bytes, Hashed]:
        """What digests of single hashes are of, by their first eight bytes."""
        return self._table

    @property
    def halves(self) -> dict[bytes, Hashed]:
        """Half digests of every value, of the hashes that are found by halves."""
        return {key: hashed for key, hashed in self._table.items() if hashed.chain[0] in self._keys}

    @property
    def size(self) -> int:
        """How many chains of hashes are known, of every depth."""
        return len(self._table) + self._chains.size

    def _of_text(self, value: Value, text: bytes) -> Iterator[tuple[bytes, Hashed]]:
        for function in self.search.hashes:
            yield function.function(text), Hashed(value, (function.name,))
        for salt in self.salts:
            yield from _salted(self.search.hashes, value, text, salt)

    def _salted_digests(self, value: Value) -> Iterator[tuple[bytes, Hashed]]:
        """With a salt: encoded values, and common hashes of plain spellings."""
        for salt in self.salts:
            for text in encoded_texts(value):
                yield from _salted(self.search.hashes, value, text, salt)
            for spelling in plain_spellings(value):
                for function in COMMON:
                    inner = function.function(spelling.encode()).hex().encode()
                    for digest, hashed in _salted(self.search.hashes, value, inner, salt):
                        yield digest, Hashed(value, (*hashed.chain, function.name))

    def _add(self, digest: bytes, hashed: Hashed) -> None:
        keys = self._keys.get(hashed.chain[0])
        for key in (digest[:HALF],) if keys is None else keys.of_one(digest):
            self._table.setdefault(key, hashed)


def _texts_of(values: Sequence[Value], texts: Callable[[Value], list[bytes]]) -> Digests:
    """The texts of each value that are hashed, as hash chains take them."""
    every = [(text, Hashed(value, ())) for value in values for text in texts(value)]
    return Digests([text for text, _ in every], [hashed for _, hashed in every])


def _salted(hashes: Sequence[Hash], value: Value, text: bytes, salt: bytes) -> Iterator[tuple[bytes, Hashed]]:
    for function in hashes:
        for sign in BETWEEN_SALT:
            yield function.function(salt + sign + text), Hashed(value, (f"salted-{function.name}",))
            yield function.function(text + sign + salt), Hashed(value, (f"salted-{function.name}",))
    for name, algorithm in HMACS.items():
        yield hmac.digest(salt, text, algorithm), Hashed(value, (f"hmac-{name}",))
        yield hmac.digest(text, salt, algorithm), Hashed(value, (f"hmac-{name}",))
    for function in hashes:
        if function.block:
            yield _hmac(function, salt, text), Hashed(value, (f"hmac-{function.name}",))
            yield _hmac(function, text, salt), Hashed(value, (f"hmac-{function.name}",))


def _hmac(function: Hash, key: bytes, message: bytes) -> bytes:
    """HMAC (RFC 2104) by a hash of which the standard library makes none."""
    block = (function.function(key) if len(key) > function.block else key).ljust(function.block, b"\0")
    return function.function(block.translate(OUTER) + function.function(block.translate(INNER) + message))
