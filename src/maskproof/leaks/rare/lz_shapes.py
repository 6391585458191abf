"""
LZ-string outside tokens, for pages that keep their state in the storage of the browser (`compressToUTF16`).

Its texts are in UTF-16 characters, in bytes or in any code units: as a whole body, in a field of a text, or as a body
in UTF-16. The two alphabets of tokens are common (`decoding/lz.py`).
"""

import re
from collections.abc import Iterator
from itertools import chain

from maskproof.leaks.decoding.lz import bits_may_begin, decompressed, may_begin
from maskproof.leaks.decoding.spans import Marks, enclosed
from maskproof.leaks.text_heuristics import has_wide

# Each character is fifteen bits, plus this: none is a control character or a blank.
UTF16_SHIFT = 32
# Decompression writes each bit as a character: this bounds its memory to some megabytes.
LONGEST = 1 << 18
# In bytes: three characters of UTF-8 may hold five letters (`PART_LETTERS`) that repeat. What is longer than 64 kB is
# state of a whole page, and is found as a body.
SHORTEST_FIELD, LONGEST_FIELD = 6, 65536
_FIELD = (SHORTEST_FIELD, LONGEST_FIELD)
FIELD_SIZES = range(SHORTEST_FIELD, LONGEST_FIELD + 1)
# Fields of text: strings, between tags, and between the separators of tables.
WIDE_FIELDS = (
    re.compile(rb"\"([^\x00-\x1f\"]{%d,%d})(?=\")" % _FIELD),
    re.compile(rb"'([^\x00-\x1f']{%d,%d})(?=')" % _FIELD),
    re.compile(rb">([^\x00-\x1f<>]{%d,%d})(?=<)" % _FIELD),
    re.compile(rb"(?:^|[,;|\t\n])([^\x00-\x1f,;|]{%d,%d})(?=[,;|\t\r\n])" % _FIELD, re.MULTILINE),
)
# Fields of XML between longer marks.
ENCLOSED_FIELDS = (Marks(b"CDATA[", b"]]>"), Marks(b"<!--", b"-->"))
BLANK = b" "
# Three characters of UTF-8: no value unpacks from fewer.
HEAD_OF_UTF8 = re.compile(rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){3}")
BYTE_ORDER_MARK = "\ufeff"
# Of the characters that 50 random texts of 200 letters pack into, 3 % are ASCII. Half leaves room for short texts.
WIDE_SHARE = 0.5


def from_utf16(text: str) -> str:
    """Text of `compressToUTF16`; empty if it is none."""
    if not (head := _utf16_bits(text[:2])) or not bits_may_begin(head):
        return ""
    return decompressed(_utf16_bits(text))


def _utf16_bits(text: str) -> str:
    """Fifteen bits of each character; empty if one cannot be of such a text."""
    units = [ord(character) - UTF16_SHIFT for character in text]
    return "".join(f"{unit:015b}" for unit in units) if all(0 <= unit < 1 << 15 for unit in units) else ""


def from_units(text: str) -> str:
    """Text of `compress`; empty if it is none."""
    return from_bytes(text.encode("utf-16-be", "surrogatepass"))


def from_bytes(data: bytes) -> str:
    """Text of `compressToUint8Array`; empty if it is none."""
    return decompressed(f"{int.from_bytes(data):0{len(data) * 8}b}") if data and may_begin(data) else ""


def of_body(data: bytes) -> Iterator[str]:
    """The texts that a whole body may unpack to: as bytes, as UTF-16 text, as code units."""
    if len(data) > LONGEST:
        return
    if text := from_bytes(data):
        yield text
    if HEAD_OF_UTF8.match(data) is None:
        return
    try:
        written = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return
    written = written.removeprefix(BYTE_ORDER_MARK)
    if sum(character > "\x7f" for character in written) > len(written) * WIDE_SHARE:
        yield from filter(None, (from_utf16(written), from_utf16(f"{written} "), from_units(written)))


def of_fields(data: bytes) -> Iterator[tuple[int, str]]:
    """Place and unpacked text of each field that is UTF-16 text of LZ-string."""
    found = chain(
        ((match.start(1), match[1]) for pattern in WIDE_FIELDS for match in pattern.finditer(data)),
        *(map(_without_blanks, enclosed(data, marks, FIELD_SIZES)) for marks in ENCLOSED_FIELDS),
    )
    for place, written in found:
        if has_wide(written) and (text := from_utf16(written.decode("utf-8", "replace"))):
            yield place, text


def _without_blanks(field: tuple[int, bytes]) -> tuple[int, bytes]:
    """A field without the blank at either end that separates it from its marks."""
    place, written = field
    return place + written.startswith(BLANK), written.removeprefix(BLANK).removesuffix(BLANK)


def utf16_bodies(data: bytes) -> Iterator[str]:
    """The byte orders in which a body in UTF-16 is UTF-16 text of LZ-string, or that as a string in quotation marks."""
    if len(data) % 2 or len(data) > LONGEST:
        return
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if from_utf16(text.removeprefix(BYTE_ORDER_MARK).strip('"')):
            yield name
