"""Tokens: which parts of a run are ones, what each may stand for, and how likely that is."""

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
    adobe_guesses,
    decoded58,
    token_guesses,
    tokens_of,
)
from maskproof.leaks.digests.hashes import SIZES

TEXT = "quiet.lantern@example.com"
DIGEST = hashlib.sha256(TEXT.encode()).digest()
# Of draft-msporny-base58.
HELLO, FOX = "2NEpo7TZRRrLZSi2U", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"
# Of ZeroMQ's RFC 32.
Z85, Z85_BYTES = b"HelloWorld", bytes.fromhex("864fd26fb559f75b")
CODINGS85 = {"base85", "ascii85", "z85"}


def _data(token: bytes, encoding: str) -> list[bytes]:
    return [guess.data for guess in token_guesses(token) if guess.encoding == encoding]


def _likely85(token: bytes) -> set[bool]:
    return {guess.is_likely for guess in token_guesses(token) if guess.encoding in CODINGS85}


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
    """With its place in the run, once; the run as a whole is one too."""
    found = list(tokens_of(run))
    assert found.count(expected) == 1
    assert (0, run) in found


def test_what_encloses_a_token_counts_for_its_place() -> None:
    """Signs on its end would not be seen else."""
    assert (2, b"GKVYlbyYevMqzpAc-H2H") in list(tokens_of(b"((GKVYlbyYevMqzpAc-H2H))"))


@pytest.mark.parametrize(
    "run", [b"participation", b"getElementById", b"CONSTANT_NAME", b"1,234,567.89", b"tests/unit/leaks", b"a1-b2"]
)
def test_words_numbers_and_names_are_no_tokens(run: bytes) -> None:
    """What programs and people write is not decoded, nor what is too short."""
    assert list(tokens_of(run)) == []


@pytest.mark.parametrize(
    ("token", "data"), [(HELLO, b"Hello World!"), (FOX, b"The quick brown fox jumps over the lazy dog.")]
)
def test_base58_is_read(token: str, data: bytes) -> None:
    """As the draft of the standard has it."""
    assert Guess("base58", 0, data) in list(token_guesses(token.encode()))


@given(st.binary(max_size=60))
def test_base58_property_what_another_library_wrote(data: bytes) -> None:
    """Zeros in front are kept."""
    assert decoded58(base58.b58encode(data)) == data


@pytest.mark.parametrize(
    "token", [b"2NEpo7TZRRrLZSi20", b"2NEpo7TZRRrLZSiOU", b"2NEpo7TZRRrLZSiIU", b"2NEpo7TZRRrLZSilU", b"2NEpo7TZR"]
)
def test_signs_that_read_alike_are_no_base58(token: bytes) -> None:
    """Neither zero, O, I nor l is in it; shorter tokens are words."""
    assert _data(token, "base58") == []


def test_each_alphabet_of_base85_is_read() -> None:
    """Python's, Adobe's without its marks, and ZeroMQ's."""
    assert _data(base64.b85encode(DIGEST), "base85") == [DIGEST]
    assert _data(base64.a85encode(DIGEST), "ascii85") == [DIGEST]
    assert _data(Z85, "z85") == [Z85_BYTES]


def test_ascii85_may_fold_blanks() -> None:
    """Four of them are one letter then, which is in no other such text."""
    data = b"a quiet     lantern        of nobody"
    coded = base64.a85encode(data, foldspaces=True)
    assert b"y" in coded
    assert _data(coded, "ascii85") == [data]


def test_z85_is_read_without_what_fills_it_up() -> None:
    """Its blocks are of four bytes: zeros at the end may be filling, or not."""
    table = bytes.maketrans(
        b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
        b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#",
    )
    token = base64.b85encode(TEXT.encode() + b"\x00" * 3).translate(table)
    assert _data(token, "z85") == [TEXT.encode() + b"\x00" * 3, TEXT.encode()]


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
    """One case and digits, or mostly words: hardly any; changing signs may be, with words among them by chance."""
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
    """So many signs of one case, or of base16, are not there by chance: they are not even tried."""
    assert (not list(token_guesses(token))) is expected


def test_what_overflows_is_empty() -> None:
    """Five of an alphabet's last sign are more than four bytes hold."""
    assert _data(b"~" * 10, "base85") == [b""]
    assert _data(b"u" * 10, "ascii85") == [b""]
    assert _data(b"#" * 10, "z85") == [b""]


@pytest.mark.parametrize("name", ["base64", "for addresses"])
def test_lz_string_packs_text_and_no_digests(name: str) -> None:
    """Both of its alphabets are read; what comes of it is no digest, however long it is."""
    pack = LZString.compressToBase64 if name == "base64" else LZString.compressToEncodedURIComponent
    token = pack("sixteen letters!" if name == "base64" else TEXT * 2)
    text = b"sixteen letters!" if name == "base64" else TEXT.encode() * 2
    assert Guess("lz-string", 0, text, is_whole=False) in list(token_guesses(token.encode()))


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
def test_base64_as_long_as_a_digest_is_read_as_a_token(name: str) -> None:
    """In both alphabets, padded or not; of another length runs give it."""
    digest = hashlib.new(name, TEXT.encode()).digest()
    padded, url = base64.b64encode(digest), base64.urlsafe_b64encode(digest).rstrip(b"=")
    assert _data(padded, "base64") == _data(url, "base64") == [digest]
    assert _data(url[:-1], "base64") == []


def test_lengths_of_digests_are_those_of_their_codings() -> None:
    """For every size that a digest may have, padded or not."""
    sizes = [bytes(size) for size in SIZES]
    assert {len(base64.b85encode(one)) for one in sizes} == DIGEST85
    padded = [base64.b64encode(one) for one in sizes]
    assert {len(one) for one in padded} | {len(one.rstrip(b"=")) for one in padded} == DIGEST64


def test_adobes_marks_enclose_ascii85() -> None:
    """Wherever it stands, with blanks in it; without its end it is none."""
    coded = base64.a85encode(TEXT.encode(), adobe=True, wrapcol=10)
    assert list(adobe_guesses(b"it is " + coded + b" there")) == [Guess("ascii85", 6, TEXT.encode())]
    assert list(adobe_guesses(b"it is " + coded[:-2])) == []


def test_long_base58_is_decoded() -> None:
    """What is escaped twice before takes thousands of characters."""
    data = b"\x00\x00" + b"quiet.lantern@example.com, " * 150
    assert ("base58", data) in {(guess.encoding, guess.data) for guess in token_guesses(base58.b58encode(data))}
