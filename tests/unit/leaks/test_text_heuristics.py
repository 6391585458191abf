"""What decoded bytes look like."""

import hashlib
import zlib

import pytest
from tests.unit.leaks.known import CYRILLIC, EMAIL, UMLAUT

from maskproof.leaks.text_heuristics import has_wide, is_binary, is_text, is_utf8, may_be_digest, utf16_orders

PACKED = zlib.compress(bytes(range(256)) * 2, wbits=-15)
ARABIC, HINDI = "فانوس هادئ في الليل", "शांत लालटेन की रोशनी"
JAPANESE, KOREAN = "静かなランタンの光が消える", "조용한 등불이 꺼지고 있습니다"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (EMAIL.encode(), True),
        (CYRILLIC.encode(), True),
        (b"line\r\n\tline", True),
        (b"x" * 90 + b"\x00" * 10, True),
        (b"x" * 80 + b"\x00" * 20, False),
        (UMLAUT.encode("cp1252") * 5 + b"\xff" * 60, False),
        (PACKED, False),
        (b"", True),
    ],
    ids=["ASCII", "another script", "lines", "few controls", "many controls", "not UTF-8", "packed", "nothing"],
)
def test_text_is_mostly_characters(data: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Text may have some control characters; mostly bytes beyond UTF-8 are no text."""
    assert is_text(data) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (EMAIL.encode(), False),
        (UMLAUT.encode(), False),
        (b"line\r\n\tline", False),
        (UMLAUT.encode()[:3], False),
        (UMLAUT.encode("cp1252"), True),
        (b"text with \x07", True),
        (PACKED, True),
    ],
    ids=["ASCII", "UTF-8", "lines", "UTF-8 cut off", "Windows-1252", "a control", "packed"],
)
def test_binary_data_has_what_text_has_not(data: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """One control character or one byte beyond UTF-8 makes data binary; a character cut off at the end does not."""
    assert is_binary(data) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [(CYRILLIC, True), (UMLAUT, False), (EMAIL, False), ("", False)],
    ids=["another script", "some letters", "ASCII", "nothing"],
)
def test_wide_text_is_mostly_beyond_ascii(text: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Text is wide if most of its bytes are beyond ASCII."""
    assert has_wide(text.encode()) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (CYRILLIC.encode("utf-16-le"), True),
        (CYRILLIC.encode("utf-16-be"), True),
        (JAPANESE.encode("utf-16-be"), True),
        (KOREAN.encode("utf-16-le"), True),
        (EMAIL.encode("utf-16-le"), True),
        (CYRILLIC.encode("utf-16-le")[:-1], False),
        (CYRILLIC.encode("utf-16-le")[:12], True),
        (CYRILLIC.encode("utf-16-le")[:10], False),
        (ARABIC.encode("utf-16-le"), True),
        (HINDI.encode("utf-16-be"), True),
        (f"{EMAIL} \N{LARGE BLUE CIRCLE}".encode("utf-16-le"), True),
        ((JAPANESE + KOREAN + CYRILLIC).encode("utf-16-le"), False),
        (bytes(range(1, 25)), False),
        (EMAIL.encode(), False),
    ],
    ids=[
        "little end",
        "big end",
        "Japanese",
        "Korean",
        "Latin",
        "an odd number",
        "six letters",
        "five letters",
        "Arabic",
        "Hindi",
        "a sign beyond",
        "several writing systems",
        "numbers",
        "ASCII",
    ],
)
def test_utf16_has_few_high_bytes(data: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """UTF-16 is known by its high bytes: few, or all of one writing system."""
    assert bool(utf16_orders(data)) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [("\u017d".encode(), True), (b"", True), (b"\xed\xa0\xb5", True), (b"\xff", False), ("\u017d".encode()[:1], False)],
    ids=["letters", "nothing", "half a pair", "a byte of none", "half a letter"],
)
def test_all_of_a_text_is_utf8(data: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """All bytes have to be UTF-8; half a surrogate pair counts, as JavaScript writes it."""
    assert is_utf8(data) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (hashlib.md5(b"of nobody").digest(), True),  # noqa: S324 - no secret
        (hashlib.sha256(b"of nobody").digest()[:8], True),
        (b"\xc6Z\x0b\x13" * 4, False),
        (b"sixteen letters!", False),
        (b"eight le", True),
    ],
    ids=["a digest", "half a digest", "bytes that repeat", "a text", "a text that may be chance"],
)
def test_a_digest_looks_random(data: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """The bytes of a digest hardly repeat, and are no text."""
    assert may_be_digest(data) is expected
