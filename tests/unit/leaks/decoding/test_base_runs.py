"""Runs of one alphabet: what they may stand for, and what they are not taken for."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.leaks.decoding.base_runs import Guess, decoded32, decoded64, guesses, jwt_payloads, lines_of_base64
from maskproof.leaks.text_heuristics import is_text

TEXT = b"quiet.lantern@example.com"
# Its base64 has both signs that differ between the alphabets.
SIGNED = b"\xfb\xff\xbe?>~quiet"
LONG = TEXT * 4


def _encodings(run: bytes) -> set[str]:
    return {guess.encoding for guess in guesses(run)}


@pytest.mark.parametrize("shift", range(4))
def test_base64_is_read_from_each_place_of_a_group(shift: int) -> None:
    """Letters before it move its groups, and make it a part of a run."""
    run = b"A" * shift + base64.b64encode(TEXT[:24])
    assert Guess("base64", shift, TEXT[:24], shift == 0) in list(guesses(run))


def test_base64_for_urls_has_its_own_name() -> None:
    """Base64 for URLs is decoded like the usual one, and named differently."""
    usual, url = base64.b64encode(SIGNED).rstrip(b"="), base64.urlsafe_b64encode(SIGNED).rstrip(b"=")
    assert next(guesses(usual)) == Guess("base64", 0, SIGNED)
    assert next(guesses(url)) == Guess("base64url", 0, SIGNED)


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (b"/assets/index-CprV81fG", False),
        (b"CprV81fG+lH_GUWFrfpem4", False),
        (b"/assets/indexCprV81fG", True),
        (b"lH_GUWFrfpem4-WDqvOcQ", True),
    ],
)
def test_a_run_of_two_alphabets_is_hardly_base64(run: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """No alphabet has both a slash or plus and a hyphen or underscore: such a run is a path."""
    assert {guess.is_likely for guess in guesses(run) if guess.encoding.startswith("base64")} == {expected}


def test_a_long_text_in_base64_is_nothing_else() -> None:
    """So much text is no chance, so the run is read once."""
    run = base64.b64encode(LONG.hex().encode())
    assert list(guesses(run)) == [Guess("base64", 0, LONG.hex().encode())]


@pytest.mark.parametrize("run", [TEXT.hex().encode(), TEXT.hex().upper().encode()], ids=["small letters", "capitals"])
def test_base16_is_read_from_either_place_of_a_pair(run: bytes) -> None:
    """A digit before it moves its pairs, and makes it a part of a run."""
    assert Guess("base16", 0, TEXT) in list(guesses(run))
    assert Guess("base16", 1, TEXT, is_whole=False) in list(guesses(b"0" + run))


def test_each_alphabet_of_base32_is_read() -> None:
    """The usual alphabet in either case, and the one in hexadecimal order, without padding."""
    usual, ordered = base64.b32encode(TEXT).rstrip(b"="), base64.b32hexencode(TEXT).rstrip(b"=")
    for run in (usual, usual.lower(), ordered):
        assert Guess("base32", 0, TEXT) in list(guesses(run))


@pytest.mark.parametrize("shift", range(8))
def test_base32_is_read_from_each_place_of_a_group(shift: int) -> None:
    """Digits before it move its groups; fewer than ten are not read."""
    run = b"7" * shift + b"GEZDGNBVGY"
    assert Guess("base32", shift, b"123456", shift == 0) in list(guesses(run))
    assert "base32" not in _encodings(b"GEZDGNBVG")


def test_a_word_in_small_letters_is_no_base32() -> None:
    """A run of small letters is a word, unless it is longer than words are."""
    assert "base32" not in _encodings(b"participation")
    assert "base32" in _encodings(b"participationofall")


@pytest.mark.parametrize(
    ("run", "digests"),
    [
        (b"18446744073709551615", [b"\xff" * 8, bytes(7) + b"\x01"]),
        (b"100000000000000", [bytes.fromhex("00005af3107a4000"), bytes.fromhex("ffffa50cef85c000")]),
        (b"340282366920938463463374607431768211455", [b"\xff" * 16]),
        (b"18446744073709551616", []),
        (b"340282366920938463463374607431768211456", []),
        (b"10000000000000", []),
        (b"1234567890123456789012345", []),
    ],
    ids=["64 bits", "15 digits", "128 bits", "more than 64 bits", "more than 128 bits", "14 digits", "25 digits"],
)
def test_numbers_as_long_as_digests_are_read(run: bytes, digests: list[bytes]) -> None:
    """Numbers of 64 bits, also as their negative, and of 128 bits are read; no others are."""
    assert [guess.data for guess in guesses(run) if guess.encoding == "decimal"] == digests


@given(st.binary(max_size=80))
def test_base64_property_padded_or_not(data: bytes) -> None:
    """Base64 decodes to the same bytes with and without padding."""
    coded = base64.b64encode(data)
    assert decoded64(coded) == decoded64(coded.rstrip(b"=")) == data


def test_what_is_no_base64_is_empty() -> None:
    """A letter beyond the last group is left out; a run without a whole group is empty."""
    assert decoded64(base64.b64encode(b"abc") + b"x") == b"abc"
    assert decoded64(b"a$$$") == b""


@given(st.binary(max_size=1100))
def test_base32_property_any_length(data: bytes) -> None:
    """Runs of any length are decoded, long ones in blocks."""
    assert decoded32(base64.b32hexencode(data).rstrip(b"=") or b"0") == data


def test_the_payload_of_a_web_token_is_read() -> None:
    """The part between the points is read, with its place; without a header of JSON there is no token."""
    header, payload = (json.dumps(part).encode() for part in ({"alg": "none"}, {"sub": "someone"}))
    parts = [base64.urlsafe_b64encode(part).rstrip(b"=") for part in (header, payload)]
    token = b".".join([*parts, b"signature"])
    assert list(jwt_payloads(b"=" + token)) == [Guess("jwt", 1 + len(parts[0]) + 1, payload)]
    assert list(jwt_payloads(b"index.CprV81fGabc.css")) == []


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_base64_in_lines_is_joined(newline: bytes) -> None:
    """Lines are joined from the first one on, once, wherever in them a sign ends."""
    coded = base64.encodebytes(LONG * 3).replace(b"\n", newline)
    data = b"Content:" + newline + coded + newline + b"behind"
    start = len(b"Content:" + newline)
    for ends in ([start + 20], [start + 20, start + 100, start + 200]):
        assert list(lines_of_base64(data, ends)) == [Guess("base64", start, LONG * 3)]


@pytest.mark.parametrize("size", [16, 20, 40, 64])
def test_shorter_lines_of_one_length_are_joined(size: int) -> None:
    """Lines may have any length; only the last line is shorter."""
    coded = base64.b64encode(LONG * 3)
    data = b"\n".join(coded[start : start + size] for start in range(0, len(coded), size))
    assert list(lines_of_base64(data + b"\n", [10])) == [Guess("base64", 0, LONG * 3)]


def test_lines_of_other_lengths_are_not_joined() -> None:
    """Lines of different lengths are texts of their own, and so are very short lines."""
    assert list(lines_of_base64(b"ThisIsTheFirstLine\nThisIsNotTheFirstLine\nOrdinary\n", [10])) == []
    assert list(lines_of_base64(b"Eleven64aaa\nEleven64aaa\nEleven64aaa\n", [10])) == []


def test_hexadecimal_digits_that_are_also_base64_of_text_are_read_as_both() -> None:
    """Hexadecimal digits that are also base64 of text by chance are read as both."""
    text = "".join(f"%{byte:02x}" for byte in b"I am reached as quiet").encode("utf-16-le")
    assert is_text(decoded64(text.hex().encode()))
    assert text in {guess.data for guess in guesses(text.hex().encode())}
