"""Z85 and Ascii85: tokens, codings between Adobe's marks, and what values become."""

import base64

import pytest

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.base_runs import Guess
from maskproof.leaks.decoding.coding_signs import SignSearch
from maskproof.leaks.decoding.run_decoder import RunDecoder
from maskproof.leaks.decoding.whole_token_codings import token_guesses
from maskproof.leaks.rare.base85 import RARE_CODINGS85, adobe_guesses, coded85
from maskproof.leaks.rare.bundle import WITH_RARE_CODINGS

TEXT = b"quiet.lantern@example.com"
DIGEST = bytes(range(100, 132))
# From RFC 32 of ZeroMQ.
Z85, Z85_BYTES = b"HelloWorld", bytes.fromhex("864fd26fb559f75b")


def _data(token: bytes, encoding: str) -> list[bytes]:
    return [guess.data for guess in token_guesses(token, RARE_CODINGS85) if guess.encoding == encoding]


def test_both_alphabets_are_read() -> None:
    """Adobe's without its marks, and ZeroMQ's."""
    assert _data(base64.a85encode(DIGEST), "ascii85") == [DIGEST]
    assert _data(Z85, "z85") == [Z85_BYTES]


@pytest.mark.parametrize("name", ["ascii85", "z85"])
def test_common_codings_leave_them_out(name: str) -> None:
    """Without the rare codings no token is read in these alphabets."""
    token = dict(coded85(DIGEST))[name]
    assert DIGEST in _data(token, name)
    assert {guess.encoding for guess in token_guesses(token)} & {"ascii85", "z85"} == set()


def test_ascii85_may_fold_blanks() -> None:
    """Four blanks are then one letter, which is in no other such text."""
    data = b"a quiet     lantern        of nobody"
    coded = base64.a85encode(data, foldspaces=True)
    assert b"y" in coded
    assert _data(coded, "ascii85") == [data]


def test_z85_is_read_without_what_fills_it_up() -> None:
    """Blocks are of four bytes, so zeros at the end may be filling, or not."""
    table = bytes.maketrans(
        b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
        b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#",
    )
    token = base64.b85encode(TEXT + b"\x00" * 3).translate(table)
    assert _data(token, "z85") == [TEXT + b"\x00" * 3, TEXT]


def test_what_overflows_is_empty() -> None:
    """Five of the last sign of an alphabet are more than four bytes hold."""
    assert _data(b"u" * 10, "ascii85") == [b""]
    assert _data(b"#" * 10, "z85") == [b""]


def test_adobes_marks_enclose_ascii85() -> None:
    """It is read wherever it stands, with blanks in it; without its end it is none."""
    coded = base64.a85encode(TEXT, adobe=True, wrapcol=10)
    assert list(adobe_guesses(b"it is " + coded + b" there")) == [Guess("ascii85", 6, TEXT)]
    assert list(adobe_guesses(b"it is " + coded[:-2])) == []


def test_a_token_between_adobes_marks_is_likely() -> None:
    """Nothing else has these marks, whatever is between them."""
    assert Guess("ascii85", 0, b"lead4") in list(token_guesses(base64.a85encode(b"lead4", adobe=True), RARE_CODINGS85))


def test_adobes_marks_are_a_sign() -> None:
    """The decoder of runs reads what is marked where the rare signs are looked for, and not elsewhere."""
    buffer = Buffer([b"it is " + base64.a85encode(TEXT, adobe=True, wrapcol=12)])
    found = {}
    for name, extras in (("rare", WITH_RARE_CODINGS), ("common", WITH_RARE_CODINGS._replace(signs={}))):
        hints = SignSearch(extras.signs).hints_in(buffer.data)
        found[name] = {
            (candidate.encoding, candidate.data) for candidate in RunDecoder(extras).find(buffer, hints, [0], set())
        }
    assert ("ascii85", TEXT) in found["rare"] - found["common"]
