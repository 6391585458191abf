"""Tokens: which parts of a run are tokens, what each may stand for, and how likely that is."""

import base64
import hashlib

import base58
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lzstring import LZString

from maskproof.leaks.decoding.base_runs import Guess
from maskproof.leaks.decoding.whole_token_codings import (
    DIGEST64,
    DIGEST85,
    decoded58,
    token_guesses,
    tokens_of,
)
from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.rare.bundle import WITH_RARE_CODINGS

TEXT = "quiet.lantern@example.com"
DIGEST = hashlib.sha256(TEXT.encode()).digest()
# From draft-msporny-base58.
HELLO, FOX = "2NEpo7TZRRrLZSi2U", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"
# From RFC 32 of ZeroMQ.
Z85 = b"HelloWorld"
CODINGS85 = {"base85", "ascii85", "z85"}


def _data(token: bytes, encoding: str) -> list[bytes]:
    return [guess.data for guess in token_guesses(token) if guess.encoding == encoding]


def _likely85(token: bytes) -> set[bool]:
    guesses = token_guesses(token, WITH_RARE_CODINGS.codings85)
    return {guess.is_likely for guess in guesses if guess.encoding in CODINGS85}


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (b"?key=lH_GUWFrfpem4&x=1", (5, b"lH_GUWFrfpem4")),
        (b'{"key":"lH_GUWFrfpem4"}', (8, b"lH_GUWFrfpem4")),
        (b"a=1&token=lH=GUW?Frfpem4", (10, b"lH=GUW?Frfpem4")),
        (b"index-2NEpo7TZRRrLZSi2U.css", (6, b"2NEpo7TZRRrLZSi2U")),
    ],
    ids=["a parameter", "a string", "a parameter with signs of its own", "a part of a name"],
)
def test_a_delimited_part_is_a_token(run: bytes, expected: tuple[int, bytes]) -> None:
    """A delimited part is a token once, with its place; the run as a whole is one, too."""
    found = list(tokens_of(run))
    assert found.count(expected) == 1
    assert (0, run) in found


def test_what_encloses_a_token_counts_for_its_place() -> None:
    """Without its brackets a token keeps the signs at its ends."""
    assert (2, b"GKVYlbyYevMqzpAc-H2H") in list(tokens_of(b"((GKVYlbyYevMqzpAc-H2H))"))


@pytest.mark.parametrize(
    "run", [b"participation", b"getElementById", b"CONSTANT_NAME", b"1,234,567.89", b"tests/unit/leaks", b"a1-b2"]
)
def test_words_numbers_and_names_are_no_tokens(run: bytes) -> None:
    """Words, numbers, names in programs and short tokens are not decoded."""
    assert list(tokens_of(run)) == []


@pytest.mark.parametrize(
    ("token", "data"), [(HELLO, b"Hello World!"), (FOX, b"The quick brown fox jumps over the lazy dog.")]
)
def test_base58_is_read(token: str, data: bytes) -> None:
    """Base58 is decoded as in its draft."""
    assert Guess("base58", 0, data) in list(token_guesses(token.encode()))


@given(st.binary(max_size=60))
def test_base58_property_what_another_library_wrote(data: bytes) -> None:
    """Whatever another library encodes is decoded, with its leading zeros."""
    assert decoded58(base58.b58encode(data)) == data


@pytest.mark.parametrize(
    "token", [b"2NEpo7TZRRrLZSi20", b"2NEpo7TZRRrLZSiOU", b"2NEpo7TZRRrLZSiIU", b"2NEpo7TZRRrLZSilU", b"2NEpo7TZR"]
)
def test_signs_that_read_alike_are_no_base58(token: bytes) -> None:
    """Neither zero, O, I nor l is in base58; shorter tokens are words."""
    assert _data(token, "base58") == []


def test_base85_is_read() -> None:
    """In the alphabet of Python and git."""
    assert _data(base64.b85encode(DIGEST), "base85") == [DIGEST]


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (b"lead42beef71", False),
        (b"LEAD42BEEF71", False),
        (b"lead42beef7", True),
        (b"Lead42beef71", True),
        (b"lead42+eef71", True),
        (b"lead-42_bee.f", False),
        (b"X9-mild-days", False),
        (b"X9-letter-Q7", False),
        (b"X9-lette-rQ7", True),
        (b'Q7="X9">Z1//"', False),
        (b'Q7="X9"/>Z1"', True),
        (b"X9-letters-Q", False),
        (b"X9-letter-+Q7", True),
        (b"m_j>aElewdesEEIeeVo8", True),
        (b"m.j:aElewdesEEIeeVo8", False),
        (b"-=Gvtddkvs7`?;MGSWx&(`6Z2Kx_n4R}O)z^0{%;dRt#eQi36W@gBI`s4dm?{Uy1$rN()YUm?*UF1SlM", True),
        (b"is.array(n)&&return.length;", False),
        (base64.b85encode(DIGEST), True),
        (Z85, False),
    ],
)
def test_base85_of_a_digest_looks_like_neither_words_nor_ids(token: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """A token in one case, or mostly of words, is unlikely a digest; changing signs with few words may be one."""
    assert _likely85(token) == {expected}


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (b"842ebd9a360e", True),
        (b"842EBD9A360E", True),
        (b"842ebD9a360e", False),
        (b"842ebd9a3g", False),
        (b"2024-02-12T05:20:48.542Z", True),
        (b"fc900176-74e1-4169-a236-842ebd9a360e,2024-07-21T19:14", True),
        (b"2024-02-12Z", True),
        (b"http://127.0.0.1/Api/Check-out/?Q=7XYZ", True),
        (b"/assets/of/a/build/index.js?v=12", True),
        (b"/assets/of/A/build/index.js?v=12", False),
        (b"id=842ebd9a360e842ebdXY&z", True),
        (b"id=842ebd9a360e842eXYXY&zq", False),
    ],
)
def test_ids_dates_and_paths_are_no_whole_coding(token: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Ids, dates and paths are not decoded: a coding does not look like them by chance."""
    assert (not list(token_guesses(token, WITH_RARE_CODINGS.codings85))) is expected


def test_what_overflows_is_empty() -> None:
    """Five of the last sign of an alphabet are more than four bytes hold."""
    assert _data(b"~" * 10, "base85") == [b""]


@pytest.mark.parametrize("name", ["base64", "for addresses"])
def test_lz_string_packs_text_and_no_digests(name: str) -> None:
    """Both alphabets are read; what is unpacked is no digest, whatever its length."""
    pack = LZString.compressToBase64 if name == "base64" else LZString.compressToEncodedURIComponent
    token = pack("sixteen letters!" if name == "base64" else TEXT * 2)
    text = b"sixteen letters!" if name == "base64" else TEXT.encode() * 2
    assert Guess("lz-string", 0, text, is_whole=False) in list(token_guesses(token.encode()))


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
def test_base64_as_long_as_a_digest_is_read_as_a_token(name: str) -> None:
    """In both alphabets, padded or not; tokens of other lengths are left to runs."""
    digest = hashlib.new(name, TEXT.encode()).digest()
    padded, url = base64.b64encode(digest), base64.urlsafe_b64encode(digest).rstrip(b"=")
    assert _data(padded, "base64") == _data(url, "base64") == [digest]
    assert _data(url[:-1], "base64") == []


def test_lengths_of_digests_are_those_of_their_codings() -> None:
    """The lengths are those of every size that a digest may have, padded or not."""
    sizes = [bytes(size) for size in SIZES]
    assert {len(base64.b85encode(digest)) for digest in sizes} == DIGEST85
    padded = [base64.b64encode(digest) for digest in sizes]
    assert {len(coded) for coded in padded} | {len(coded.rstrip(b"=")) for coded in padded} == DIGEST64


def test_long_base58_is_decoded() -> None:
    """Text that was escaped twice before takes thousands of characters, and is decoded."""
    data = b"\x00\x00" + b"quiet.lantern@example.com, " * 150
    assert ("base58", data) in {(guess.encoding, guess.data) for guess in token_guesses(base58.b58encode(data))}
