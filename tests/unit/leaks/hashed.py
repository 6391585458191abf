"""Hashed values, and the tables that know them, shared by the tests of hashes of hashes."""

import base64
import hashlib

import mmh3
from tests.unit.leaks.known import EMAIL, NAME, value

from maskproof.leaks.digests.hash_chains import COMMON_HASHES, ChainTables, Digests, Hashed, HashSearch

MAIL, PERSON = value("email", "email", EMAIL), value("name", "name", NAME)
# Of one value in a rare spelling, hashed once; of another in a plain spelling, hashed once.
RARE = hashlib.sha256(EMAIL.title().encode()).digest()
USUAL = hashlib.sha1(NAME.lower().encode()).digest()  # noqa: S324 - looked for
MURMUR = mmh3.hash_bytes(EMAIL.title().encode())
HALF = MURMUR[:8]
FURTHER = NAME.encode("utf-16-be")
ENCODED = base64.b32encode(EMAIL.title().encode())
RARE_HEX, USUAL_HEX = RARE.hex().encode(), USUAL.hex().encode()


def chain_tables(hashes: HashSearch = COMMON_HASHES) -> ChainTables:
    """The tables of both values, searched with these hashes."""
    return ChainTables(
        Digests([RARE, MURMUR], [Hashed(MAIL, ("sha256",)), Hashed(MAIL, ("murmur3-128",))]),
        Digests([USUAL], [Hashed(PERSON, ("sha1",))]),
        lambda: Digests([ENCODED], [Hashed(MAIL, ())]),
        lambda: Digests([FURTHER], [Hashed(PERSON, ())]),
        hashes,
    )


def sha512(data: bytes) -> bytes:
    """The last hash of each chain."""
    return hashlib.sha512(data).digest()
