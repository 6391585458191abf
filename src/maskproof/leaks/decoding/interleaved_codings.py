"""Encodings that spread a text out: UTF-16, bytes and characters one by one in lists, the items of an array."""

import binascii
import codecs
import re
from collections.abc import Iterator

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import Hint, Hints, merged
from maskproof.leaks.decoding.spans import Window, windows
from maskproof.leaks.digests.hashes import SIZES

SPACED_HEX = re.compile(
    rb"(?:0x)?[0-9A-Fa-f]{2}(?:(?:[:,\-+]\s{0,9}|\s{1,9})(?:0x)?[0-9A-Fa-f]{2}(?![0-9A-Fa-f])){5,}"
    rb"|(?:[0-9A-Fa-f]{4}\s){2,}(?:[0-9A-Fa-f]{2}){1,2}|(?:[0-9A-Fa-f]{8}\s){1,}(?:[0-9A-Fa-f]{2}){1,4}"
)
OBJECT = re.compile(rb'\{\s*"0"\s*:\s*[0-9]{1,3}(?:\s*,\s*"[0-9]+"\s*:\s*[0-9]{1,3}){5,}\s*\}')
MEMBER = re.compile(rb":\s*([0-9]{1,3})")
NUMBERS = re.compile(rb"[0-9]{1,6}(?:,\s{0,9}[0-9]{1,6}){5,}")
NOT_HEX = re.compile(rb"0x|[^0-9A-Fa-f]")
ITEMS = rb"""\[\s*(?:%b\s*,\s*){1,999}%b\s*\]"""
TEXT_ITEM, NUMBER_ITEM = rb'"[^"\\\x00]{0,64}"', rb"[0-9]{1,6}"
ARRAY = re.compile(ITEMS % (TEXT_ITEM, TEXT_ITEM) + b"|" + ITEMS % (NUMBER_ITEM, NUMBER_ITEM))
ITEM = re.compile(rb'"([^"]*)"|([0-9]+)')
ASCII = bytes(range(1, 0x80))
# Latin letters, combining marks, and surrogates.
LATIN_UTF16 = {
    "utf-16le": re.compile(rb"(?:[^\x00]\x00|.[\x01\x03\x1e\xd8-\xdf]){5,}", re.DOTALL),
    "utf-16be": re.compile(rb"(?:\x00[^\x00]|[\x01\x03\x1e\xd8-\xdf].){5,}", re.DOTALL),
}
# UTF-16 of Latin letters that is read in the wrong byte order is CJK characters, which are all beyond ASCII; a text
# with a fifth of ASCII was read in the right one.
BEYOND_ASCII_SHARE = 0.8
HIGHEST_BYTE = 0xFF
BYTE_ORDER_MARKS = {"utf-16le": codecs.BOM_UTF16_LE, "utf-16be": codecs.BOM_UTF16_BE}
# Most bytes of the sign of an array: `{`, eight blanks, `"0"`, a blank and a colon.
LONGEST_ARRAY_SIGN = 14
LISTS = (Hint.PAIRS, Hint.GROUPED, Hint.PREFIXED, Hint.NUMBERS)


def find_spread(buffer: Buffer, hints: Hints) -> Iterator[Candidate]:
    """
    Decoded texts of every such encoding.

    Args:
        buffer: The texts.
        hints: The signs in them.

    """
    yield from _find_utf16(buffer, hints)
    yield from _find_lists(buffer, hints)
    yield from _find_arrays(buffer, hints)


def _find_utf16(buffer: Buffer, hints: Hints) -> Iterator[Candidate]:
    """Windows as UTF-16; where UTF-16 stands within something else, its runs of Latin letters."""
    for window in windows(buffer, merged(hints, (Hint.UTF16, Hint.MARKED16))):
        yield from list(_utf16_texts(window)) or _latin_runs(window)
        yield from _marked_within(window)


def _utf16_texts(window: Window) -> Iterator[Candidate]:
    """Both byte orders, from an even and an odd place; what is neither such text nor marked becomes other scripts."""
    for shift in (0, 1):
        data = window.data[shift : shift + (len(window.data) - shift) // 2 * 2]
        for name, mark in BYTE_ORDER_MARKS.items():
            is_marked = data.startswith(mark)
            text = data[len(mark) if is_marked else 0 :].decode(name, "replace").encode("utf-8", "replace")
            if is_marked or len(text.translate(None, ASCII)) < len(text) * BEYOND_ASCII_SHARE:
                yield Candidate(name, window.chunk, window.start + shift, text, shift == 0)


def _marked_within(window: Window) -> Iterator[Candidate]:
    """What follows each byte order mark within something else, up to the next such mark."""
    for name, mark in BYTE_ORDER_MARKS.items():
        at = window.data.find(mark, 1)
        while at >= 0:
            following = window.data.find(mark, at + len(mark))
            text = window.data[at + len(mark) : following if following >= 0 else None].decode(name, "replace")
            yield Candidate(name, window.chunk, window.start + at, text.encode("utf-8", "replace"), is_whole=False)
            at = following


def _latin_runs(window: Window) -> Iterator[Candidate]:
    for name, pattern in LATIN_UTF16.items():
        for match in pattern.finditer(window.data):
            text = match[0].decode(name, "replace")
            yield Candidate(name, window.chunk, window.start + match.start(), text.encode())


def _find_lists(buffer: Buffer, hints: Hints) -> Iterator[Candidate]:
    for window in windows(buffer, merged(hints, LISTS)):
        for match in SPACED_HEX.finditer(window.data):
            digits = NOT_HEX.sub(b"", match[0])
            if len(digits) % 2 == 0:
                data = binascii.unhexlify(digits)
                # A word of two letters of base16 may stand before a digest or behind it.
                for decoded in (data, *(part for part in (data[1:], data[:-1]) if len(part) in SIZES)):
                    yield Candidate("base16", window.chunk, window.start + match.start(), decoded)
        for match in NUMBERS.finditer(window.data):
            yield from _of_numbers(match[0], window.chunk, window.start + match.start())


def _of_numbers(run: bytes, chunk: int, offset: int) -> Iterator[Candidate]:
    """Bytes, or code points, written as decimal numbers."""
    numbers = [int(number) for number in run.split(b",")]
    if max(numbers) <= HIGHEST_BYTE:
        yield Candidate("decimal", chunk, offset, bytes(numbers))
    yield Candidate("decimal", chunk, offset, "".join(map(chr, numbers)).encode("utf-8", "surrogatepass"))


def _find_arrays(buffer: Buffer, hints: Hints) -> Iterator[Candidate]:
    """Texts in pieces: the items of a JSON array joined, and arrays of bytes as JSON writes them."""
    for end in hints.get(Hint.ARRAY, ()):
        begins = max(0, end - LONGEST_ARRAY_SIGN)
        brace = buffer.data.rfind(b"{", begins, end)
        as_object = OBJECT.match(buffer.data, brace) if brace >= 0 else None
        if as_object is not None:
            members = b",".join(MEMBER.findall(as_object[0]))
            yield from _of_numbers(members, *buffer.locate(as_object.start()))
            continue
        bracket = buffer.data.rfind(b"[", begins, end)
        match = ARRAY.match(buffer.data, bracket) if bracket >= 0 else None
        if match is not None:
            joined = b"".join(text or number for text, number in ITEM.findall(match[0]))
            yield Candidate("pieces", *buffer.locate(match.start()), joined, is_whole=False)
