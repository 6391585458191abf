"""Encodings that leave most of a text as it is: how each is undone, and where they are found."""

import json
import quopri
from urllib.parse import quote

import pytest
from tests.unit.leaks.known import CYRILLIC

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import hints_in
from maskproof.leaks.decoding.escapes import (
    bang_decoded,
    find_escaped,
    html_decoded,
    percent_decoded,
    unescaped,
    unquoted,
    without_tags,
)

SMILE = "\N{GRINNING FACE}"


def _found(text: str) -> list[Candidate]:
    buffer = Buffer([text.encode()])
    return list(find_escaped(buffer, hints_in(buffer.data)))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a%20b%2Bc", "a b+c"),
        ("%C5%A1%u0161", "šš"),
        ("%uD83D%uDE00", SMILE),
        (quote(f"Zoë {SMILE}"), f"Zoë {SMILE}"),
        ("100% of %zz", "100% of %zz"),
        ("a+b", "a+b"),
    ],
)
def test_percent_encoding_is_undone(data: str, expected: str) -> None:
    """The old encoding of JavaScript is undone, too; anything but a pair of digits stays, and so does a plus."""
    assert percent_decoded(data.encode()) == expected.encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"http!3A!2F!2Fa.example!2Fusers!2Fann!40example.com!2Fa.css",
            b"http://a.example/users/ann@example.com/a.css",
        ),
        (b"ann+example!40x", b"ann example@x"),
        (b"wow!zz !a", b"wow!zz !a"),
    ],
)
def test_the_names_of_the_asset_cache_are_undone(data: bytes, expected: bytes) -> None:
    """An exclamation mark stands for the percent sign; anything but a pair of capital hexadecimal digits stays."""
    assert bang_decoded(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a&commat;b&period;c", b"a@b.c"),
        (b"&#64;&#x40;&#X40;", b"@@@"),
        (b"&#128512;", SMILE.encode()),
        (b"AT&T; R&D", b"AT&T; R&D"),
        (b"\xff&amp;\xfe", b"\xff&\xfe"),
    ],
)
def test_character_references_are_undone(data: bytes, expected: bytes) -> None:
    """Named, decimal and hexadecimal references are undone; other ampersands and bytes beyond UTF-8 stay."""
    assert html_decoded(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rb"\x41\101\u0041\u{41}", b"AAAA"),
        (rb"\ud83d\ude00\u{1F600}", SMILE.encode() * 2),
        (rb"a\tb\"c\/d\\e", b'a\tb"c/d\\e'),
        (b"one\\\n two\\\r\n three", b"one two three"),
        (rb"\ud83d alone", b"\xed\xa0\xbd alone"),
        (rb"\u{FFFFFF}", "\U0010ffff".encode()),
        (rb"C:\Windows \d+", rb"C:\Windows \d+"),
    ],
)
def test_backslash_escapes_are_undone(data: bytes, expected: bytes) -> None:
    """Escapes of JSON and JavaScript are undone; surrogate pairs are joined, other backslashes stay."""
    assert unescaped(data) == expected


def test_what_json_wrote_is_read() -> None:
    """What the standard library escaped in a JSON string is read back."""
    text = f'Zoë said "{SMILE}"\n\t{CYRILLIC}/then\\'
    assert unescaped(json.dumps(text)[1:-1].encode()) == text.encode()


def test_quoted_printable_is_undone() -> None:
    """Escapes and soft line ends of the standard library are undone; an equals sign before an escape stays."""
    text = ("Zoë Müllerströhm = one " * 6).encode()
    assert unquoted(quopri.encodestring(text)) == text
    assert unquoted(b"==41=\r\nB = C") == b"=AB = C"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'Bo</b>n<br class="x">sor', b"Bonsor"),
        (b"1 < 2 <> 3", b"1 < 2 <> 3"),
        (b"<" + b"a" * 401 + b">", b"<" + b"a" * 401 + b">"),
    ],
)
def test_markup_is_left_out(data: bytes, expected: bytes) -> None:
    """Tags are left out; what is no tag, or too long for one, stays."""
    assert without_tags(data) == expected


def test_a_text_is_decoded_as_a_whole() -> None:
    """A candidate has its place, and what it was decoded from."""
    assert _found("a\\u0041b") == [Candidate("escape", 0, 0, b"aAb", plain=b"a\\u0041b")]


def test_a_parameter_is_decoded_by_itself() -> None:
    """Parameters and strings are also decoded by themselves, since some codings only count as a whole."""
    (parameter,) = [candidate for candidate in _found("?q=%41b&r=c") if candidate.offset]
    assert parameter == Candidate("percent", 0, 3, b"Ab", plain=b"%41b")
    (string,) = [candidate for candidate in _found('{"q": "\\u0041b"}') if candidate.offset]
    assert (string.data, string.plain, string.is_whole) == (b"Ab", b"\\u0041b", True)


def test_a_plus_may_be_a_blank_or_itself() -> None:
    """A plus is a blank in forms, and itself in paths; both are tried."""
    assert {b"a b+c", b"a b c"} <= {candidate.data for candidate in _found("a%20b+c")}


def test_javascripts_old_encoding_writes_characters_as_bytes() -> None:
    """`escape` of JavaScript writes Latin letters with two digits, and others with four."""
    assert "šé".encode() in {candidate.data for candidate in _found("%u0161%E9")}


def test_a_window_of_a_long_text_is_no_whole() -> None:
    """Of a long text only a window around the sign is decoded, which is no whole text."""
    (found,) = [
        candidate for candidate in _found("x" * 30_000 + "&commat;" + "y" * 30_000) if candidate.encoding == "html"
    ]
    assert not found.is_whole
    assert b"x@y" in found.data
    assert found.offset > 20_000


@pytest.mark.parametrize("text", ["an ordinary sentence, 100% sure", "R&D and AT&T", "1 < 2 and 3 > 2", "a = b"])
def test_plain_text_gives_nothing(text: str) -> None:
    """Signs that stand in any text are no encoding."""
    assert _found(text) == []


@pytest.mark.parametrize(
    "text",
    ['"' + "".join(f"={byte:02X}" for byte in b"cargo") + '"', "x " + "".join(f"={byte:02X}" for byte in b"cargo")],
)
def test_quoted_printable_of_bytes_is_also_read_by_itself(text: str) -> None:
    """A string, or a run of nothing but escapes, is decoded by itself."""
    assert b"cargo" in {candidate.data for candidate in _found(text)}


def test_a_plus_in_a_parameter_may_be_a_blank() -> None:
    """A plus in an encoded parameter is tried as a blank and as itself."""
    assert {b"a b+c", b"a+b+c"} <= {candidate.data for candidate in _found("?q=a+b%2Bc&x=1")}
