"""Hashes of hashes three deep, and of half a MurmurHash3: which spellings and notations are known."""

import base64
import hashlib

import mmh3
import pytest
from tests.unit.leaks.hashed import FURTHER, HALF, MAIL, PERSON, RARE, RARE_HEX, USUAL, USUAL_HEX, chain_tables, sha512
from tests.unit.leaks.known import NAME

from maskproof.leaks.digests.hash_chains import ChainTables, Hashed
from maskproof.leaks.rare.bundle import WITH_RARE_HASHES


def _tables() -> ChainTables:
    return chain_tables(WITH_RARE_HASHES)


KNOWN = {
    "half of murmur": (HALF.hex().encode(), Hashed(MAIL, ("sha512", "murmur3-128"))),
    "half of murmur as the second": (
        f"{mmh3.hash64(USUAL_HEX, signed=False)[1]:016x}".encode(),
        Hashed(PERSON, ("sha512", "murmur3-128", "sha1")),
    ),
    "third depth": (hashlib.md5(USUAL_HEX).hexdigest().encode(), Hashed(PERSON, ("sha512", "md5", "sha1"))),  # noqa: S324
    "third depth of a rare spelling": (
        hashlib.md5(RARE_HEX).hexdigest().encode(),  # noqa: S324
        Hashed(MAIL, ("sha512", "md5", "sha256")),
    ),
    "third depth of capitals by common hashes": (
        hashlib.md5(USUAL_HEX.upper()).hexdigest().upper().encode(),  # noqa: S324
        Hashed(PERSON, ("sha512", "md5", "sha1")),
    ),
    "third depth of bytes": (hashlib.md5(USUAL).digest(), Hashed(PERSON, ("sha512", "md5", "sha1"))),  # noqa: S324
}
UNKNOWN = {
    "third depth of a rare spelling by a rare hash": hashlib.sha224(RARE_HEX).hexdigest().encode(),
    "third depth of base64 by a rare hash": base64.b64encode(hashlib.sha224(base64.b64encode(USUAL)).digest()),
    "third depth of half of murmur": hashlib.md5(HALF.hex().encode()).hexdigest().encode(),  # noqa: S324
    "third depth of a rare spelling's bytes": hashlib.md5(RARE).hexdigest().encode(),  # noqa: S324
    "capitals of an encoded value in another spelling": hashlib.sha224(FURTHER).hexdigest().upper().encode(),
    "fourth depth": hashlib.md5(hashlib.md5(USUAL_HEX).hexdigest().encode()).hexdigest().encode(),  # noqa: S324
    "the value itself": NAME.lower().encode(),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_long_chain_names_value_and_hashes(name: str) -> None:
    """The chain of hashes is reported outermost first."""
    message, hashed = KNOWN[name]
    assert _tables().find([sha512(message)]) == {sha512(message): hashed}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_beyond_the_depth_is_nobodys(name: str) -> None:
    """Rare spellings go to the third depth by common hashes only, and nothing goes to the fourth."""
    assert _tables().find([sha512(UNKNOWN[name])]) == {}


@pytest.mark.parametrize("half", [0, 1], ids=["first half", "second half"])
def test_a_half_of_murmur_is_found(half: int) -> None:
    """Eight bytes are one half of MurmurHash3, in either byte order."""
    number = mmh3.hash64(USUAL_HEX, signed=False)[half]
    digests = [number.to_bytes(8, "big"), number.to_bytes(8, "little")]
    assert _tables().find(digests) == dict.fromkeys(digests, Hashed(PERSON, ("murmur3-128", "sha1")))


def test_the_size_is_the_number_of_chains() -> None:
    """Messages times hashes: of each digest, of encoded values, and of digests by common hashes and by all."""
    rare, usual, halves, encoded = 2 * (2 + 5) + 4, 4 + 5, 2 * 3, 1 + 20 * 2 + 1 + 20
    of_usual_by_all, of_usual_by_common, halves_of_usual = 20 * 2 * 3 + 20 * 3, 4 * 4 * 4, 2 * 2 * 2
    of_usual = of_usual_by_all + of_usual_by_common + halves_of_usual
    assert _tables().size == (rare + usual + halves + encoded + of_usual) * 23
