"""
Encodings that leave most of a text as it is: percent, HTML, JSON and JavaScript, quoted-printable, markup.

Each is decoded in windows around its signs. Delimited parts, such as a parameter or a string, are also decoded by
themselves, since some codings only count as a whole part.
"""

import binascii
import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import Hint, Hints
from maskproof.leaks.decoding.spans import windows
from maskproof.leaks.decoding.surrogates import paired

UNICODE_PERCENT = re.compile(rb"%u([0-9A-Fa-f]{4})")
BYTE_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
BANG_BYTE = re.compile(rb"!([0-9A-F]{2})")
# Any other escaped sign is the sign itself in JavaScript.
ESCAPE = re.compile(
    rb"\\(?:u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{1,3}|\r?\n|[nrtbfv -/:-@\[-`{-~])"
)
# Bytes beyond ASCII, as logs and programs write each of them.
BYTE_ESCAPE = re.compile(rb"\\(?:x[89A-Fa-f][0-9A-Fa-f]|[23][0-7]{2})")
# The end of an encoded word in the header of a mail (RFC 2047); `_` is a blank in it.
ENCODED_WORD = b"?="
QUOTED = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]*\r?\n)")
# The highest character has seven digits; zeros before them mean nothing. Python converts no number of thousands of
# digits, so of longer ones eight are read.
LONG_DIGITS = 8
LONG_REFERENCE = re.compile(rb"&#(?=[0-9]{%d})0*+([0-9]*+)" % (LONG_DIGITS + 1))
TAG = re.compile(rb"<[^<>\x00]{1,400}>")
SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
# Matches start where a part begins, never within one: a text may be one long part, and would be read again and again.
PARAMETER = re.compile(rb"(?<![^&=?#;,\s\"'<>\x00])[^%&=?#;,\s\"'<>\x00]*+%[^&=?#;,\s\"'<>\x00]*+")
# A segment of a path, or what stands between other signs that programs do not escape.
SEGMENT = re.compile(rb"(?<=[/(\[{|])[^%/(){}|\[\]&=?#;,\s\"'<>\x00]*+%[^/(){}|\[\]&=?#;,\s\"'<>\x00]*+")
# Text between tags, and the value of an attribute.
CONTENT = re.compile(rb"(?<=[>\"'])[^&<>\"'\x00]*+&[^<>\"'\x00]*+")
STRING = re.compile(rb'(?<!\\)"((?:[^"\\\x00]|\\.){0,65536}+)"', re.DOTALL)
# A string, or nothing but escapes, as encoded bytes are written.
QUOTED_WHOLE = re.compile(STRING.pattern + rb"|(?:=[0-9A-Fa-f]{2}(?:=\r?\n)?){5,}", re.DOTALL)
SIMPLE_ESCAPES = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"v": b"\v",
    b"\n": b"",
    b"\r\n": b"",
}
HIGHEST_POINT = 0x10FFFF


def percent_decoded(data: bytes) -> bytes:
    """Percent-encoding undone, including `%u0161` of JavaScript."""
    if b"%u" in data:
        data = _joined(UNICODE_PERCENT.sub(lambda match: _encoded(int(match[1], 16)), data))
    return unquote_to_bytes(data)


def bang_decoded(data: bytes) -> bytes:
    """
    Percent-encoding undone that is written with an exclamation mark, with a plus for a blank.

    OpenReplay's asset cache names its copies so: the URL of an asset escaped by Go's `QueryEscape`, each `%` a `!`.
    """
    return BANG_BYTE.sub(lambda match: bytes((int(match[1], 16),)), data.replace(b"+", b" "))


def html_decoded(data: bytes) -> bytes:
    """Character references of HTML undone: named, decimal and hexadecimal."""
    data = LONG_REFERENCE.sub(lambda match: b"&#" + (match[1][:LONG_DIGITS] or b"0"), data)
    return html.unescape(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def unescaped(data: bytes) -> bytes:
    """Backslash escapes of JSON and JavaScript undone, surrogate pairs joined."""
    return _joined(ESCAPE.sub(_escaped, data))


def unescaped_bytes(data: bytes) -> bytes:
    """Backslash escapes undone, with hexadecimal and octal ones as bytes: logs write UTF-8 like that."""
    return unescaped(BYTE_ESCAPE.sub(_as_byte, data))


def unquoted(data: bytes) -> bytes:
    """Quoted-printable undone. An equals sign before an escape is kept; the standard library drops it."""
    return QUOTED.sub(lambda match: binascii.unhexlify(match[1] or b""), data)


def without_tags(data: bytes) -> bytes:
    """Text without tags, so that neighbouring text nodes are one text."""
    return TAG.sub(b"", data)


def _escaped(match: re.Match[bytes]) -> bytes:
    body = match[0][1:]
    if body[:1] in (b"u", b"x") or body[:1].isdigit():
        return _encoded(_number(body))
    return SIMPLE_ESCAPES.get(body, body)


def _as_byte(match: re.Match[bytes]) -> bytes:
    return bytes([_number(match[0][1:])])


def _number(body: bytes) -> int:
    """The number of an escape: octal digits, or hexadecimal ones behind a letter, in braces or not."""
    return int(body, 8) if body[:1].isdigit() else int(body[1:].strip(b"{}"), 16)


def _encoded(point: int) -> bytes:
    return chr(min(point, HIGHEST_POINT)).encode("utf-8", "surrogatepass")


def _joined(data: bytes) -> bytes:
    """Surrogates that were escaped one by one, as the characters that they stand for."""
    if b"\xed" not in data:
        return data
    return SURROGATES.sub(lambda pair: paired(pair[0].decode("utf-8", "surrogatepass")).encode(), data)


class _Escaping(NamedTuple):
    """
    One encoding.

    Attributes:
        name: Its name in findings.
        hint: Its sign.
        decode: Undoes it in some text.
        parts: Match delimited parts that are decoded by themselves, too.

    """

    name: str
    hint: Hint
    decode: Callable[[bytes], bytes]
    parts: tuple[re.Pattern[bytes], ...] = ()


ESCAPINGS = (
    _Escaping("percent", Hint.PERCENT, percent_decoded, (PARAMETER, SEGMENT)),
    _Escaping("percent", Hint.BANG, bang_decoded),
    _Escaping("html", Hint.ENTITY, html_decoded, (CONTENT,)),
    _Escaping("escape", Hint.ESCAPE, unescaped, (STRING,)),
    _Escaping("quoted-printable", Hint.QUOTED, unquoted, (QUOTED_WHOLE,)),
    _Escaping("markup", Hint.TAG, without_tags),
)


def find_escaped(buffer: Buffer, hints: Hints) -> Iterator[Candidate]:
    """
    Decoded windows around the signs of every such encoding, and parts of them.

    Args:
        buffer: The texts.
        hints: The signs in them.

    """
    for escaping in ESCAPINGS:
        yield from _find(buffer, escaping, hints.get(escaping.hint, ()))


def _find(buffer: Buffer, escaping: _Escaping, ends: Sequence[int]) -> Iterator[Candidate]:
    for window in windows(buffer, ends):
        is_whole = len(window.data) == len(buffer.chunks[window.chunk])
        for data in _ways(escaping, window.data):
            yield Candidate(escaping.name, window.chunk, window.start, data, is_whole, plain=window.data)
        for match in chain.from_iterable(pattern.finditer(window.data) for pattern in escaping.parts):
            part = match[match.lastindex or 0]
            for data in _ways(escaping, part):
                if data != part:
                    yield Candidate(escaping.name, window.chunk, window.start + match.start(), data, plain=part)


def _ways(escaping: _Escaping, data: bytes) -> Iterator[bytes]:
    """
    A window, or a part of one, decoded in each way that it can be read.

    In percent-encoding, a plus may stand for a blank or for itself; in an escape, a number for a character or a byte.
    """
    yield escaping.decode(data)
    if escaping.hint is Hint.ESCAPE and BYTE_ESCAPE.search(data) is not None:
        yield unescaped_bytes(data)
    if escaping.hint is Hint.QUOTED and ENCODED_WORD in data:
        yield unquoted(data.replace(b"_", b" "))
    if escaping.hint is not Hint.PERCENT:
        return
    if b"+" in data:
        yield escaping.decode(data.replace(b"+", b" "))
    if b"%u" in data:
        yield percent_decoded(BYTE_PERCENT.sub(rb"%u00\1", data))
