"""
Hashes of known values: from a digest to what was hashed, and how.

Values are hashed as they are spelled in any way, and encoded once before; with a salt, before and behind it
and as an HMAC. Hashes of hashes go to depth 3.
"""

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from maskproof.leaks.digests.hash_chains import COMMON, ChainTables, Digests, Hashed
from maskproof.leaks.digests.hashes import HALF, HASHES, LISTED, MURMUR, SIZES, Hash, keys_of
from maskproof.leaks.spelling.spellings import encoded_texts, further_encoded_texts, plain_spellings, spelled_texts
from maskproof.leaks.spelling.values import Value

BETWEEN_SALT = (b"", b":", b"-", b"|", b".", b"$")
# What the standard library knows as the hash of an HMAC.
HMACS: Mapping[str, str] = {
    "md5": "md5", "sha1": "sha1", "sha224": "sha224", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512",
    "sha3-224": "sha3_224", "sha3-256": "sha3_256", "sha3-384": "sha3_384", "sha3-512": "sha3_512",
    "blake2b": "blake2b", "blake2s": "blake2s",
}  # fmt: skip
# Bytes of a block of the others.
BLOCKS: Mapping[str, int] = {
    "md2": 16, "md4": 64, "ripemd160": 64, "sha512-224": 128, "sha512-256": 128, "blake2b-256": 128, "blake3": 64,
}  # fmt: skip
INNER, OUTER = bytes(byte ^ 0x36 for byte in range(256)), bytes(byte ^ 0x5C for byte in range(256))


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
    _chains: ChainTables = field(init=False)

    def __post_init__(self) -> None:
        """Hash every value once; hashes of hashes are made when a digest needs them."""
        first, plain = Digests([], []), Digests([], [])
        for value in self.values:
            is_plain = {text.encode() for text in plain_spellings(value)}
            for text in spelled_texts(value):
                for digest, hashed in self._of_text(value, text):
                    self._add(digest, hashed)
                    into = plain if text in is_plain and hashed.chain[0] in LISTED_NAMES else first
                    into.add(digest, hashed)
            for digest, hashed in self._salted_digests(value):
                self._add(digest, hashed)
        encoded, further = (partial(_texts_of, self.values, way) for way in (encoded_texts, further_encoded_texts))
        self._chains = ChainTables(first, plain, encoded, further)

    def find(self, digests: Mapping[bytes, bool]) -> dict[bytes, Hashed]:
        """
        What each digest is of; those that are of no value are left out.

        Args:
            digests: What may be one, and whether it is likely enough to look among hashes of hashes.

        """
        wanted: dict[int, list[bytes]] = {}
        found: dict[bytes, Hashed] = {}
        for digest, is_likely in digests.items():
            hashed = self._table.get(digest[:HALF])
            if hashed is not None:
                found[digest] = hashed
            elif is_likely and len(digest) in SIZES:
                wanted.setdefault(len(digest), []).append(digest)
        if self.values:
            for some in wanted.values():
                found.update(self._chains.find(some))
        return found

    @property
    def known(self) -> Mapping[bytes, Hashed]:
        """What digests are of that are no chains, by their first eight bytes."""
        return self._table

    @property
    def halves(self) -> dict[bytes, Hashed]:
        """The halves of MurmurHash3 of every value."""
        return {key: hashed for key, hashed in self._table.items() if hashed.chain[0] == MURMUR}

    @property
    def size(self) -> int:
        """How many chains of hashes there are, of every depth."""
        return len(self._table) + self._chains.size

    def _of_text(self, value: Value, text: bytes) -> Iterator[tuple[bytes, Hashed]]:
        for one in HASHES:
            yield one.function(text), Hashed(value, (one.name,))
        for salt in self.salts:
            yield from _salted(value, text, salt)

    def _salted_digests(self, value: Value) -> Iterator[tuple[bytes, Hashed]]:
        """Salted: what is encoded, and common hashes as they are mostly written."""
        for salt in self.salts:
            for text in encoded_texts(value):
                yield from _salted(value, text, salt)
            for spelling in plain_spellings(value):
                for one in COMMON:
                    for digest, hashed in _salted(value, one.function(spelling.encode()).hex().encode(), salt):
                        yield digest, Hashed(value, (*hashed.chain, one.name))

    def _add(self, digest: bytes, hashed: Hashed) -> None:
        for key in keys_of(hashed.chain[0], digest):
            self._table.setdefault(key, hashed)


def _texts_of(values: Sequence[Value], texts: Callable[[Value], list[bytes]]) -> Digests:
    """What is hashed of each value, as chains take it."""
    every = [(text, Hashed(value, ())) for value in values for text in texts(value)]
    return Digests([text for text, _ in every], [hashed for _, hashed in every])


def _salted(value: Value, text: bytes, salt: bytes) -> Iterator[tuple[bytes, Hashed]]:
    for one in HASHES:
        for sign in BETWEEN_SALT:
            yield one.function(salt + sign + text), Hashed(value, (f"salted-{one.name}",))
            yield one.function(text + sign + salt), Hashed(value, (f"salted-{one.name}",))
    for name, algorithm in HMACS.items():
        yield hmac.digest(salt, text, algorithm), Hashed(value, (f"hmac-{name}",))
        yield hmac.digest(text, salt, algorithm), Hashed(value, (f"hmac-{name}",))
    for one in HASHES:
        if one.name in BLOCKS:
            yield _hmac(one, salt, text), Hashed(value, (f"hmac-{one.name}",))
            yield _hmac(one, text, salt), Hashed(value, (f"hmac-{one.name}",))


def _hmac(one: Hash, key: bytes, message: bytes) -> bytes:
    """RFC 2104, for hashes of which the standard library makes none."""
    block = (one.function(key) if len(key) > BLOCKS[one.name] else key).ljust(BLOCKS[one.name], b"\0")
    return one.function(block.translate(OUTER) + one.function(block.translate(INNER) + message))


LISTED_NAMES = frozenset(one.name for one in LISTED)
