"""
What may be encoded in a text, decoded: each finder yields candidates of one encoding.

Finders read a whole buffer of texts at once. What they yield is a guess; only what is found in it counts.
"""

import binascii
import html
import quopri
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from maskproof.leaks.buffer import Buffer

MAXIMUM_RUN = 1 << 20


class Candidate(NamedTuple):
    """What may be a decoded text: its encoding, the text (index) and place that it came from, its bytes."""

    encoding: str
    chunk: int
    offset: int
    data: bytes
    is_whole: bool


Finder = Callable[[Buffer], Iterator[Candidate]]

PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
ENTITY = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
ESCAPE = re.compile(rb"""\\(?:u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{1,3}|[nrtbfv"'/\\])""")
QUOTED = re.compile(rb"=(?:[0-9A-Fa-f]{2}|\r?\n)")
HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){6,}[0-9A-Fa-f]?")
SPACED_HEX = re.compile(rb"[0-9A-Fa-f]{2}(?:[:\s,\-](?:0x)?[0-9A-Fa-f]{2}){5,}")
BASE64 = re.compile(rb"[A-Za-z0-9+/]{8,}={0,2}")
BASE64_URL = re.compile(rb"[A-Za-z0-9_\-]{8,}={0,2}")
BASE64_LINES = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]*={0,2}")
BASE32 = re.compile(rb"[A-Z2-7]{10,}|[a-z2-7]{10,}")
JWT = re.compile(rb"eyJ[A-Za-z0-9_\-]+\.([A-Za-z0-9_\-]{8,})")
UTF16_LE = re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e\xa0-\xff]\x00){6,}")
UTF16_BE = re.compile(rb"(?:\x00[\x09\x0a\x0d\x20-\x7e\xa0-\xff]){6,}")
LETTERS = re.compile(rb"[a-z]+|[A-Z][a-z]+|[A-Z]+")
TO_BASE32_DIGITS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")
SIMPLE_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


def _whole_chunks(encoding: str, pattern: re.Pattern[bytes], decode: Callable[[bytes], bytes]) -> Finder:
    """A finder that decodes every text in which the pattern stands somewhere, as a whole."""

    def find(buffer: Buffer) -> Iterator[Candidate]:
        done = -1
        for match in pattern.finditer(buffer.data):
            chunk, offset = buffer.locate(match.start())
            if chunk != done:
                done = chunk
                yield Candidate(encoding, chunk, offset, decode(buffer.chunks[chunk]), is_whole=False)

    return find


def _percent(data: bytes) -> bytes:
    return unquote_to_bytes(data.replace(b"+", b" "))


def _entities(data: bytes) -> bytes:
    return html.unescape(data.decode("utf-8", "surrogateescape")).encode("utf-8", "replace")


def _escapes(data: bytes) -> bytes:
    text = ESCAPE.sub(_escaped, data)
    return text if b"\xed" not in text else _joined_surrogates(text)


def _escaped(match: re.Match[bytes]) -> bytes:
    body = match[0][1:]
    if body[:1] == b"u":
        return chr(min(int(body[1:].strip(b"{}"), 16), 0x10FFFF)).encode("utf-8", "surrogatepass")
    if body[:1] == b"x":
        return chr(int(body[1:], 16)).encode()
    if body[:1].isdigit():
        return chr(int(body, 8)).encode()
    return SIMPLE_ESCAPES.get(body, body)


def _joined_surrogates(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogatepass") if _is_utf8ish(data) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode() if text else data


def _is_utf8ish(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def find_hex(buffer: Buffer) -> Iterator[Candidate]:
    """Base16 runs at both alignments, and bytes written apart."""
    for match in HEX.finditer(buffer.data):
        run = match[0][:MAXIMUM_RUN]
        chunk, offset = buffer.locate(match.start())
        for shift in (0, 1) if len(run) % 2 else (0,):
            body = run[shift : shift + (len(run) - shift) // 2 * 2]
            yield Candidate("base16", chunk, offset + shift, bytes.fromhex(body.decode()), len(run) % 2 == 0)
        if len(run) % 2 == 0 and len(run) > 12:  # noqa: PLR2004 - a run that began one digit early
            yield Candidate("base16", chunk, offset + 1, bytes.fromhex(run[1:-1].decode()), is_whole=False)
    for match in SPACED_HEX.finditer(buffer.data):
        chunk, offset = buffer.locate(match.start())
        digits = re.sub(rb"0x|[^0-9A-Fa-f]", b"", match[0])
        yield Candidate("base16", chunk, offset, bytes.fromhex(digits.decode()), is_whole=True)


def find_base64(buffer: Buffer) -> Iterator[Candidate]:
    """Base64 runs, standard and URL-safe, from each of the four places that a group can begin at."""
    yield from _base64(buffer, BASE64, "base64", b"")
    if b"-" in buffer.data or b"_" in buffer.data:
        yield from _base64(buffer, BASE64_URL, "base64url", b"-_")
    for match in BASE64_LINES.finditer(buffer.data):
        chunk, offset = buffer.locate(match.start())
        joined = b"".join(match[0].split())
        yield Candidate("base64", chunk, offset, _decoded64(joined), is_whole=True)


def _base64(buffer: Buffer, pattern: re.Pattern[bytes], name: str, own: bytes) -> Iterator[Candidate]:
    for match in pattern.finditer(buffer.data):
        run = match[0].rstrip(b"=")[:MAXIMUM_RUN]
        if own and not (own[:1] in run or own[1:] in run):
            continue
        if LETTERS.fullmatch(run):
            continue
        chunk, offset = buffer.locate(match.start())
        plain = run.translate(bytes.maketrans(b"-_", b"+/")) if own else run
        for shift in range(4):
            if len(plain) - shift >= 8:  # noqa: PLR2004 - what six bytes take
                yield Candidate(name, chunk, offset + shift, _decoded64(plain[shift:]), shift == 0)


def _decoded64(run: bytes) -> bytes:
    usable = run if len(run) % 4 != 1 else run[:-1]
    try:
        return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))
    except binascii.Error:
        return b""


def find_base32(buffer: Buffer) -> Iterator[Candidate]:
    """Base32 runs from each of the eight places that a group can begin at."""
    for match in BASE32.finditer(buffer.data):
        run = match[0].upper()[:MAXIMUM_RUN]
        chunk, offset = buffer.locate(match.start())
        for shift in range(8):
            if len(run) - shift >= 10:  # noqa: PLR2004 - what six bytes take
                yield Candidate("base32", chunk, offset + shift, decoded32(run[shift:]), shift == 0)


def decoded32(run: bytes) -> bytes:
    """The whole bytes of a base32 run; in blocks, as conversion of long numbers takes the square of the time."""
    digits = run.translate(TO_BASE32_DIGITS)
    blocks = [digits[start : start + 800] for start in range(0, len(digits), 800)]
    return b"".join(_block32(block) for block in blocks)


def _block32(digits: bytes) -> bytes:
    bits = len(digits) * 5
    return (int(digits, 32) >> bits % 8).to_bytes(bits // 8, "big")


def find_jwt(buffer: Buffer) -> Iterator[Candidate]:
    """Payloads of JSON Web Tokens."""
    if b"eyJ" not in buffer.data:
        return
    for match in JWT.finditer(buffer.data):
        chunk, offset = buffer.locate(match.start(1))
        payload = match[1].translate(bytes.maketrans(b"-_", b"+/"))
        yield Candidate("jwt", chunk, offset, _decoded64(payload), is_whole=True)


def find_utf16(buffer: Buffer) -> Iterator[Candidate]:
    """UTF-16 of both byte orders, where it writes Latin letters."""
    if b"\x00" not in buffer.data:
        return
    for name, pattern, codec in (("utf-16le", UTF16_LE, "utf-16-le"), ("utf-16be", UTF16_BE, "utf-16-be")):
        for match in pattern.finditer(buffer.data):
            chunk, offset = buffer.locate(match.start())
            yield Candidate(name, chunk, offset, match[0].decode(codec).encode(), is_whole=False)


FINDERS: tuple[Finder, ...] = (
    _whole_chunks("percent", PERCENT, _percent),
    _whole_chunks("html", ENTITY, _entities),
    _whole_chunks("escape", ESCAPE, _escapes),
    _whole_chunks("quoted-printable", QUOTED, quopri.decodestring),
    find_utf16,
    find_jwt,
    find_hex,
    find_base64,
    find_base32,
)
