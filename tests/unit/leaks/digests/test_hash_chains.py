"""Hashes of hashes: which depths and spellings of digests are known."""

import base64
import hashlib

import mmh3
import pytest
from tests.unit.leaks.known import EMAIL, NAME, value

from maskproof.leaks.digests.hash_chains import ChainTables, Digests, Hashed

MAIL, PERSON = value("email", "email", EMAIL), value("name", "name", NAME)
# Of one value in a rare spelling, hashed once; of another as it is mostly written, hashed once.
RARE = hashlib.sha256(EMAIL.title().encode()).digest()
USUAL = hashlib.sha1(NAME.lower().encode()).digest()  # noqa: S324 - looked for
MURMUR = mmh3.hash_bytes(EMAIL.title().encode())
HALF = MURMUR[:8]
FURTHER = NAME.encode("utf-16-be")
ENCODED = base64.b32encode(EMAIL.title().encode())
RARE_HEX, USUAL_HEX = RARE.hex().encode(), USUAL.hex().encode()


def _tables() -> ChainTables:
    return ChainTables(
        Digests([RARE, MURMUR], [Hashed(MAIL, ("sha256",)), Hashed(MAIL, ("murmur3-128",))]),
        Digests([USUAL], [Hashed(PERSON, ("sha1",))]),
        lambda: Digests([ENCODED], [Hashed(MAIL, ())]),
        lambda: Digests([FURTHER], [Hashed(PERSON, ())]),
    )


def _sha512(data: bytes) -> bytes:
    return hashlib.sha512(data).digest()


SECOND = {
    "small letters of a rare one": (RARE_HEX, Hashed(MAIL, ("sha512", "sha256"))),
    "bytes of a rare one": (RARE, Hashed(MAIL, ("sha512", "sha256"))),
    "capitals of a rare one": (RARE_HEX.upper(), Hashed(MAIL, ("sha512", "sha256"))),
    "half of murmur": (HALF.hex().encode(), Hashed(MAIL, ("sha512", "murmur3-128"))),
    "base64 without padding of a rare one": (
        base64.urlsafe_b64encode(RARE).rstrip(b"="),
        Hashed(MAIL, ("sha512", "sha256")),
    ),
    "what was encoded": (ENCODED, Hashed(MAIL, ("sha512",))),
    "a hash of what was encoded": (
        hashlib.sha224(ENCODED).hexdigest().encode(),
        Hashed(MAIL, ("sha512", "sha224")),
    ),
    "what was encoded in another spelling": (FURTHER, Hashed(PERSON, ("sha512",))),
    "a hash of that": (hashlib.sha224(FURTHER).hexdigest().encode(), Hashed(PERSON, ("sha512", "sha224"))),
    "half of murmur as the second": (
        f"{mmh3.hash64(USUAL_HEX, signed=False)[1]:016x}".encode(),
        Hashed(PERSON, ("sha512", "murmur3-128", "sha1")),
    ),
    "small letters": (USUAL_HEX, Hashed(PERSON, ("sha512", "sha1"))),
    "capitals": (USUAL_HEX.upper(), Hashed(PERSON, ("sha512", "sha1"))),
    "base64": (base64.b64encode(USUAL), Hashed(PERSON, ("sha512", "sha1"))),
    "third depth": (hashlib.md5(USUAL_HEX).hexdigest().encode(), Hashed(PERSON, ("sha512", "md5", "sha1"))),  # noqa: S324
    "third depth of a rare one": (
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
    "third depth of a rare one by a rare hash": hashlib.sha224(RARE_HEX).hexdigest().encode(),
    "third depth of base64 by a rare hash": base64.b64encode(hashlib.sha224(base64.b64encode(USUAL)).digest()),
    "third depth of half of murmur": hashlib.md5(HALF.hex().encode()).hexdigest().encode(),  # noqa: S324
    "third depth of a rare one's bytes": hashlib.md5(RARE).hexdigest().encode(),  # noqa: S324
    "capitals of what was encoded in another spelling": hashlib.sha224(FURTHER).hexdigest().upper().encode(),
    "fourth depth": hashlib.md5(hashlib.md5(USUAL_HEX).hexdigest().encode()).hexdigest().encode(),  # noqa: S324
    "the value itself": NAME.lower().encode(),
}


@pytest.mark.parametrize("name", SECOND)
def test_a_hash_of_a_hash_names_value_and_chain(name: str) -> None:
    """Digests are hashed again as they are written, and the chain is told outermost first."""
    message, hashed = SECOND[name]
    assert _tables().find([_sha512(message)]) == {_sha512(message): hashed}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_beyond_the_depth_is_nobodys(name: str) -> None:
    """Rare spellings go to the second depth, by common hashes and usual ones to the third; the first is elsewhere."""
    assert _tables().find([_sha512(UNKNOWN[name])]) == {}


@pytest.mark.parametrize("name", ["sha512", "sha3_512", "blake2b"])
def test_every_hash_of_a_size_is_known(name: str) -> None:
    """Digests of one size may be of several hashes; the chain says which."""
    digests = {one: hashlib.new(name, message).digest() for one, (message, _) in SECOND.items()}
    found = _tables().find(list(digests.values()))
    assert {one: found[digest].chain for one, digest in digests.items()} == {
        one: (name.replace("_", "-"), *hashed.chain[1:]) for one, (_, hashed) in SECOND.items()
    }


def test_only_what_is_known_is_among_the_answers() -> None:
    """Of many digests asked for together, each hit stands for itself."""
    known, other = _sha512(RARE_HEX), _sha512(b"other")
    lowest, highest = bytes(64), b"\xff" * 64
    assert list(_tables().find([other, known, lowest, highest])) == [known]


@pytest.mark.parametrize("half", [0, 1], ids=["first half", "second half"])
def test_a_half_of_murmur_is_found(half: int) -> None:
    """Eight bytes are one half of MurmurHash3, in either byte order."""
    number = mmh3.hash64(USUAL_HEX, signed=False)[half]
    digests = [number.to_bytes(8, "big"), number.to_bytes(8, "little")]
    assert _tables().find(digests) == dict.fromkeys(digests, Hashed(PERSON, ("murmur3-128", "sha1")))


def test_the_size_is_the_number_of_chains() -> None:
    """Messages times hashes: of each digest, of what was encoded, and of what common hashes and all make of some."""
    rare, usual, halves, encoded = 2 * (2 + 5) + 4, 4 + 5, 2 * 3, 1 + 20 * 2 + 1 + 20
    of_usual_by_all, of_usual_by_common, halves_of_usual = 20 * 2 * 3 + 20 * 3, 4 * 4 * 4, 2 * 2 * 2
    of_usual = of_usual_by_all + of_usual_by_common + halves_of_usual
    assert _tables().size == (rare + usual + halves + encoded + of_usual) * 23
