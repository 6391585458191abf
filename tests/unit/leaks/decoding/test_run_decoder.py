"""Runs without blanks: which are decoded, what is remembered, and that plain text gives nothing."""

import base64
import hashlib

import pytest

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import hints_in
from maskproof.leaks.decoding.run_decoder import Read, RunDecoder, may_hold

TEXT = b"quiet.lantern@example.com"
CODED = base64.b64encode(TEXT)
DIGEST = hashlib.sha256(b"of nobody").digest()


def _candidates(*chunks: bytes, decoder: RunDecoder | None = None, read: Read | None = None) -> list[Candidate]:
    buffer = Buffer(chunks)
    found = (decoder or RunDecoder()).find(
        buffer, hints_in(buffer.data), range(len(chunks)), set() if read is None else read
    )
    return list(found)


def test_a_run_is_found_with_its_text_and_place() -> None:
    """A candidate has the index of its text, and the offset at which the encoding begins."""
    (found,) = [guess for guess in _candidates(b"nothing", b"it is q=AA" + CODED + b" there") if guess.data == TEXT]
    assert (found.encoding, found.chunk, found.offset, found.is_likely) == ("base64", 1, 10, True)


@pytest.mark.parametrize(
    "text", [b"an ordinary sentence", b"camelCaseName CONSTANT_NAME", b"snake_case-name", b"12:45, 1,234.50"]
)
def test_plain_text_gives_nothing(text: bytes) -> None:
    """Words, numbers and names in programs are no encodings."""
    assert _candidates(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"300000000745058", True),
        (b"id:300000000745058", True),
        (b"TTFB 5.300000000745058", False),
        (b'{"ttfb":5.300000000745058}', False),
    ],
)
def test_digits_behind_a_point_are_no_digest(text: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Digits behind a decimal point are not half a digest; the same digits alone may be."""
    assert ("decimal" in {guess.encoding for guess in _candidates(text)}) is expected


def test_base16_behind_a_point_is_read() -> None:
    """A digest behind a point is read if it is not all digits, as in the name of a file."""
    digest = hashlib.md5(TEXT).digest()  # noqa: S324 - looked for
    assert digest in {guess.data for guess in _candidates(b"index." + digest.hex().encode() + b".css")}


def test_what_a_path_decodes_to_is_unlikely() -> None:
    """What a path decodes to is marked as unlikely; what a clean run decodes to is not."""
    clean = base64.b64encode(hashlib.sha256(TEXT).digest())
    assert {guess.is_likely for guess in _candidates(b"/assets/index-CprV81fG.css")} == {False}
    assert {guess.is_likely for guess in _candidates(clean)} == {True}


def test_a_run_is_read_once_in_a_text() -> None:
    """A run is decoded once in a text, and again in another text."""
    read: Read = set()
    decoder = RunDecoder()
    first = _candidates(CODED, decoder=decoder, read=read)
    again = _candidates(CODED, CODED, decoder=decoder, read=read)
    assert [guess.data for guess in first].count(TEXT) == 1
    assert [guess.chunk for guess in again if guess.data == TEXT] == [1]


def test_what_is_remembered_is_found_at_its_new_place() -> None:
    """A remembered run has the offset that it has now."""
    decoder = RunDecoder()
    places = [
        [guess.offset for guess in _candidates(before + CODED, decoder=decoder) if guess.data == TEXT]
        for before in (b"", b"now ", b"then it is ")
    ]
    assert places == [[0], [4], [11]]


@pytest.mark.parametrize("field", [b"cargo;notes;quiet;in", b"cargo;notes;quiet;ink"])
def test_a_short_field_needs_no_sign(field: bytes) -> None:
    """A whole field is read as base85, whatever its length; with a blank, or if it is longer, it is text."""
    assert hints_in(field) == {}
    assert ("base85", base64.b85decode(field)) in {(guess.encoding, guess.data) for guess in _candidates(field)}
    assert _candidates(field + b" " + field) == []
    assert _candidates(b";".join([field] * 4)) == []


def test_a_name_that_is_as_long_as_a_digest_is_unlikely_one() -> None:
    """Such a name is looked up among hashes of values, but not among hashes of hashes."""
    assert {guess.is_likely for guess in _candidates(b"cargo-note") if guess.encoding == "base85"} == {False}
    assert _candidates(b"cargo-notes") == []


def test_a_token_in_a_long_run_is_read() -> None:
    """Runs that are too long to be remembered are decoded, too."""
    run = b'{"rows":[' + b'"one_row",' * 100 + b'"' + CODED + b'"]}'
    assert TEXT in {guess.data for guess in _candidates(run)}


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        (b'{"id":"2NEpo7TZRRrLZSi2U"}', "base58", b"Hello World!"),
        (base64.encodebytes(TEXT * 8), "base64", TEXT * 8),
    ],
    ids=["a token", "base64 in lines"],
)
def test_what_is_no_run_of_one_alphabet_is_read(text: bytes, encoding: str, expected: bytes) -> None:
    """Delimited tokens are read, and what is broken into lines."""
    assert (encoding, expected) in {(guess.encoding, guess.data) for guess in _candidates(text)}


def test_a_long_text_in_base64_is_nothing_else() -> None:
    """Neither parts of such a run nor other alphabets are tried."""
    (found,) = _candidates(b'{"q":"' + base64.b64encode(TEXT * 8) + b'"}')
    assert (found.data, found.offset) == (TEXT * 8, 6)


def test_part_of_a_run_is_no_digest() -> None:
    """A part of a longer run is no digest, unless one letter stands before it, which may be a length."""
    digest = bytes(range(0x80, 0x90))
    assert digest in {guess.data for guess in _candidates(digest.hex().encode())}
    assert digest in {guess.data for guess in _candidates(b"8" + digest.hex().encode())}
    assert digest not in {guess.data for guess in _candidates(b"80" + digest.hex().encode())}


def test_parts_of_a_web_token_are_unlikely() -> None:
    """A payload is read by itself, and a signature is random, so neither counts as a likely digest."""
    signature = base64.urlsafe_b64encode(hashlib.sha256(TEXT).digest()).rstrip(b"=")
    parts = [base64.urlsafe_b64encode(part).rstrip(b"=") for part in (b'{"alg":"HS256"}', b'{"sub":"' + TEXT + b'"}')]
    token = b".".join([*parts, signature])
    likely = {guess.encoding for guess in _candidates(b"token=" + token) if guess.is_likely}
    assert likely == {"jwt"}
    assert hashlib.sha256(TEXT).digest() in {guess.data for guess in _candidates(signature) if guess.is_likely}


@pytest.mark.parametrize(
    ("data", "is_whole", "expected"),
    [
        (b"plain text", False, True),
        ("Müllerströhm".encode(), False, True),
        (b"\x01\x02\x1f\x8b\x08\x00\x03\xff\xfe", False, True),
        (b"\x00\xff\x81\x02" * 4, True, True),
        (b"\x00\xff\x81\x02" * 4, False, False),
        (b"\x00\xff\x81" + "quiet".encode("utf-16-be"), False, True),
    ],
    ids=["text", "another script", "packed", "a body of its own", "part of a body", "UTF-16 in it"],
)
def test_what_is_worth_decoding_further(data: bytes, is_whole: bool, expected: bool) -> None:  # noqa: FBT001 - parameters
    """Text, packed data and whole bodies are decoded further; a binary part is not."""
    assert RunDecoder().is_open(Candidate("base64", 0, 0, data, is_whole)) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (DIGEST[:16], False),
        (DIGEST[:8] + b"Lante" + DIGEST[:3], True),
        (DIGEST[:17], True),
        ("Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} Mu".encode(), True),
    ],
    ids=["a digest", "a word", "more than a digest", "letters beyond ASCII"],
)
def test_what_may_hold_a_value(data: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Bytes no longer than a digest hold no other digest, and no value if nothing can be read."""
    assert may_hold(data) is expected


def test_a_number_is_only_looked_up() -> None:
    """Digits of a digest are not unpacked, whatever their bytes would unpack to."""
    data = b"\x00\xff\x81\x02" * 4
    decoder = RunDecoder()
    assert decoder.is_open(Candidate("decimal", 0, 0, data))
    assert not decoder.is_open(Candidate("decimal", 0, 0, data, is_digest=True))
    assert {guess.is_digest for guess in _candidates(b"id:300000000745058") if guess.encoding == "decimal"} == {True}
