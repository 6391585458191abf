"""Short codings of values: which ones are searched for, and where they count."""

import base64

import base58
import pytest
from lzstring import LZString
from tests.unit.leaks.known import EMAIL, NAME, NOTE, UMLAUT, value

from maskproof.leaks.digests.hash_chains import Hashed
from maskproof.leaks.rare.base85 import coded85
from maskproof.leaks.search.known_encodings import Literal, LiteralSearch, literals_of

PERSON = value("name", "name", NAME)
SAID, LOWER = NAME, NAME.lower()


def _z85(data: bytes) -> bytes:
    """Z85 by ZeroMQ's RFC 32, written out."""
    alphabet = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
    blocks = [int.from_bytes(data[start : start + 4], "big") for start in range(0, len(data), 4)]
    return bytes(alphabet[block // 85**power % 85] for block in blocks for power in (4, 3, 2, 1, 0))


CODED = {
    "base64": ("base64", base64.b64encode(SAID.encode()).rstrip(b"=")),
    "base32": ("base32", base64.b32encode(LOWER.encode()).rstrip(b"=").lower()),
    "base58": ("base58", base58.b58encode(LOWER.encode())),
    "base85": ("base85", base64.b85encode(SAID.encode())),
    "ascii85": ("ascii85", base64.a85encode(SAID.upper().encode())),
    "z85": ("z85", _z85(SAID.encode().ljust(16, b"\x00"))),
    "lz-string in base64": ("lz-string", LZString.compressToBase64(SAID.title()).rstrip("=").encode()),
    "lz-string for URLs": ("lz-string", LZString.compressToEncodedURIComponent(LOWER).encode()),
}
# Eight bytes whose base64 looks like a word.
WORD = b"silentlamps"
HALF = base64.b64decode(WORD + b"=")
OF_PERSON = Hashed(PERSON, ("murmur3-128",))


def _found(data: bytes) -> list[tuple[Literal, int]]:
    return LiteralSearch([PERSON], {HALF: OF_PERSON}, coded85).search(data)


@pytest.mark.parametrize("name", CODED)
def test_a_coding_of_a_short_value_is_found(name: str) -> None:
    """A coding is found as a whole token, with its offset, whatever the case of the value."""
    encoding, coded = CODED[name]
    text = b"it is " + coded + b" there"
    found = {
        (literal.value, literal.encoding[0].removesuffix("url"), literal.data, literal.match, place)
        for literal, place in _found(text)
    }
    assert (PERSON, encoding, coded, "normalised", 6) in found


@pytest.mark.parametrize("around", [(b"x", b""), (b"", b"x"), (b"7", b"7")], ids=["before", "behind", "both"])
def test_part_of_a_longer_word_is_no_coding(around: tuple[bytes, bytes]) -> None:
    """A letter or digit beside a coding makes it another token."""
    before, behind = around
    assert _found(before + CODED["base58"][1] + behind) == []
    assert len(_found(b"(" + CODED["base58"][1] + b"=")) == 1


def test_both_alphabets_of_base64_are_searched_for() -> None:
    """A value may need signs in which the two alphabets differ."""
    text = "quiet?>~>?"
    found = {(literal.encoding, literal.data) for literal in literals_of(value("password", "password", text))}
    assert {(("base64",), b"cXVpZXQ/Pn4+Pw"), (("base64url",), b"cXVpZXQ_Pn4-Pw")} <= found


def test_half_a_digest_that_looks_like_a_word_is_found() -> None:
    """Half a digest in URL-safe base64 is found, and the finding names the hash."""
    assert _found(b"id=" + WORD) == [(Literal(PERSON, ("base64url", "murmur3-128"), WORD, "hash"), 3)]


def test_half_a_digest_that_shows_a_sign_is_left_to_the_decoders() -> None:
    """Runs that look like no word are decoded, so they are not searched for here."""
    odd = b"2NEpo7TZRRo"
    search = LiteralSearch([], {base64.b64decode(odd + b"="): OF_PERSON})
    assert search.search(b"id=" + odd) == []


@pytest.mark.parametrize("text", [EMAIL, NOTE], ids=["a mail address", "a note"])
def test_a_long_value_is_left_to_the_decoders(text: str) -> None:
    """The coding of a long value looks like no word; that of 24 bytes still may."""
    short = {literal.data for literal in literals_of(value("one", "other", text[:24]))}
    assert base58.b58encode(text[:24].encode()) in short
    wide = {"utf-16le", "utf-16be"}
    assert {literal.encoding[0] for literal in literals_of(value("one", "other", text))} == wide


def test_a_value_beyond_ascii_is_searched_for_as_utf16() -> None:
    """Letters beyond ASCII show no sign of UTF-16; ASCII letters do, except in their full-width forms."""
    found = {(literal.encoding, literal.data) for literal in literals_of(value("umlaut", "name", UMLAUT))}
    assert {(("utf-16le",), UMLAUT.encode("utf-16-le")), (("utf-16be",), UMLAUT.encode("utf-16-be"))} <= found
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter != " " else letter for letter in NAME)
    of_ascii = {literal.data for literal in literals_of(PERSON) if literal.encoding[0].startswith("utf-16")}
    assert wide.encode("utf-16-le") in of_ascii
    assert NAME.encode("utf-16-le") not in of_ascii


def test_half_a_digest_in_small_letters_of_base32_is_found() -> None:
    """It is too short to be distinguished from a word, so it is searched for."""
    word = b"quietlanterna"
    half = base64.b32decode(word.upper() + b"===")
    search = LiteralSearch([], {half: OF_PERSON})
    written = base64.b32encode(half).rstrip(b"=").lower()
    assert search.search(b"id=" + written) == [(Literal(PERSON, ("base32", "murmur3-128"), written, "hash"), 3)]


def test_no_coding_is_short_enough_to_occur_by_chance() -> None:
    """A coding has at least seven characters."""
    short = list(literals_of(value("short", "other", "zqv8w"), coded85))
    assert b"zqv8w" not in {literal.data for literal in short}
    assert min(len(literal.data) for literal in short) >= 7
