"""Hashes of hashes: which spellings and notations of digests are known, two deep."""

import base64
import hashlib

import pytest
from tests.unit.leaks.hashed import (
    ENCODED,
    FURTHER,
    HALF,
    MAIL,
    PERSON,
    RARE,
    RARE_HEX,
    USUAL,
    USUAL_HEX,
    chain_tables,
    sha512,
)
from tests.unit.leaks.known import NAME

from maskproof.leaks.digests.hash_chains import Hashed

SECOND = {
    "small letters of a rare spelling": (RARE_HEX, Hashed(MAIL, ("sha512", "sha256"))),
    "bytes of a rare spelling": (RARE, Hashed(MAIL, ("sha512", "sha256"))),
    "capitals of a rare spelling": (RARE_HEX.upper(), Hashed(MAIL, ("sha512", "sha256"))),
    "base64 without padding of a rare spelling": (
        base64.urlsafe_b64encode(RARE).rstrip(b"="),
        Hashed(MAIL, ("sha512", "sha256")),
    ),
    "an encoded value": (ENCODED, Hashed(MAIL, ("sha512",))),
    "a hash of an encoded value": (
        hashlib.sha224(ENCODED).hexdigest().encode(),
        Hashed(MAIL, ("sha512", "sha224")),
    ),
    "an encoded value in another spelling": (FURTHER, Hashed(PERSON, ("sha512",))),
    "a hash of an encoded value in another spelling": (
        hashlib.sha224(FURTHER).hexdigest().encode(),
        Hashed(PERSON, ("sha512", "sha224")),
    ),
    "small letters": (USUAL_HEX, Hashed(PERSON, ("sha512", "sha1"))),
    "capitals": (USUAL_HEX.upper(), Hashed(PERSON, ("sha512", "sha1"))),
    "base64": (base64.b64encode(USUAL), Hashed(PERSON, ("sha512", "sha1"))),
}
UNKNOWN = {
    "half of murmur": HALF.hex().encode(),
    "third depth": hashlib.md5(USUAL_HEX).hexdigest().encode(),  # noqa: S324
    "capitals of an encoded value in another spelling": hashlib.sha224(FURTHER).hexdigest().upper().encode(),
    "the value itself": NAME.lower().encode(),
}


@pytest.mark.parametrize("name", SECOND)
def test_a_hash_of_a_hash_names_value_and_chain(name: str) -> None:
    """Digests are hashed again in the notations that they are written in; the chain is reported outermost first."""
    message, hashed = SECOND[name]
    assert chain_tables().find([sha512(message)]) == {sha512(message): hashed}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_beyond_the_depth_is_nobodys(name: str) -> None:
    """Chains end with the second hash; values that were hashed once are in another table."""
    assert chain_tables().find([sha512(UNKNOWN[name])]) == {}


@pytest.mark.parametrize("name", ["sha512", "sha3_512", "blake2b"])
def test_every_hash_of_a_size_is_known(name: str) -> None:
    """Digests of one size may come from several hashes; the chain names the hash."""
    digests = {case: hashlib.new(name, message).digest() for case, (message, _) in SECOND.items()}
    found = chain_tables().find(list(digests.values()))
    assert {case: found[digest].chain for case, digest in digests.items()} == {
        case: (name.replace("_", "-"), *hashed.chain[1:]) for case, (_, hashed) in SECOND.items()
    }


def test_only_what_is_known_is_among_the_answers() -> None:
    """Of many digests that are looked up together, only those in the table are returned."""
    known, other = sha512(RARE_HEX), sha512(b"other")
    lowest, highest = bytes(64), b"\xff" * 64
    assert list(chain_tables().find([other, known, lowest, highest])) == [known]


def test_the_size_is_the_number_of_chains() -> None:
    """Messages times hashes: of each digest, and of what was encoded."""
    rare, usual, encoded = 2 * (2 + 5), 4 + 5, 1 + 17 * 2 + 1 + 17
    assert chain_tables().size == (rare + usual + encoded) * 21
