"""
Compressed data, by its magic anywhere or as a whole; and codings that only stand as a whole token.

What is unpacked is bounded: a decompression bomb is an error, not a hang.
"""

import base64
import re
import zlib
from collections.abc import Callable, Iterator

import base58
import brotli
import zstandard
from lzstring import LZString

from maskproof.errors import Inconclusive
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.codecs import Candidate

DEFAULT_UNPACK_LIMIT = 64 << 20
SHORTEST_TOKEN = 8
GZIP = re.compile(rb"\x1f\x8b\x08")
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
ZSTD = re.compile(rb"\x28\xb5\x2f\xfd")
TOKEN = re.compile(rb"[^\s\x00\"',]{8,4096}")
# Words, identifiers, addresses in lower case, numbers: never one of the codings below.
ORDINARY = re.compile(rb"[a-z0-9_.:/\-#\[\]()@%+=?&;]*|[A-Z0-9_.:/\-]*|[A-Za-z]?[a-z]+(?:[A-Z][a-z]+)*[.:;!?]?")
PARAMETERS = re.compile(rb"[&=?:/;|#]")
BASE58 = re.compile(rb"[1-9A-HJ-NP-Za-km-z]{8,}")
BASE64_TOKEN = re.compile(rb"[A-Za-z0-9+/=\-$_]{8,}")
BASE85 = re.compile(rb"[0-9A-Za-z!#$%&()*+\-;<=>?@^_`{|}~]{8,}")
ASCII85 = re.compile(rb"(?:<~)?[!-uz]{8,}(?:~>)?")
Z85_ALPHABET = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
B85_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
TO_B85 = bytes.maketrans(Z85_ALPHABET, B85_ALPHABET)
Z85 = re.compile(rb"[0-9a-zA-Z.\-:+=^!/*?&<>()\[\]{}@%$#]{8,}")


class UnpackedTooLarge(Inconclusive):
    """Compressed data unpacks to more than the limit; nothing can be said of the rest."""


def _unpack_zlib(data: bytes, limit: int, window: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        out = unpacker.decompress(data, limit + 1)
    except zlib.error:
        return b""
    return _bounded(out, limit)


def _unpack_zstd(data: bytes, limit: int) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True) as reader:
            return _bounded(reader.read(limit + 1), limit)
    except zstandard.ZstdError:
        return b""


def _unpack_brotli(data: bytes, limit: int) -> bytes:
    unpacker = brotli.Decompressor()
    try:
        out: bytes = unpacker.process(data, output_buffer_limit=limit + 1)
    except brotli.error:
        return b""
    return _bounded(out, limit)


def _bounded(out: bytes, limit: int) -> bytes:
    if len(out) > limit:
        raise UnpackedTooLarge(
            f"compressed data unpacks to more than {limit >> 20} MB.", hint="Raise the limit, or take the file out."
        )
    return out


def find_compressed(buffer: Buffer, limit: int) -> Iterator[Candidate]:
    """Gzip, zlib and zstd by their magic, anywhere."""
    unpackers: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], bytes]], ...] = (
        ("gzip", GZIP, lambda data: _unpack_zlib(data, limit, 31)),
        ("zlib", ZLIB, lambda data: _unpack_zlib(data, limit, 15)),
        ("zstd", ZSTD, lambda data: _unpack_zstd(data, limit)),
    )
    for name, pattern, unpack in unpackers:
        for match in pattern.finditer(buffer.data):
            chunk, offset = buffer.locate(match.start())
            out = unpack(buffer.chunks[chunk][offset:])
            if out:
                yield Candidate(name, chunk, offset, out, is_whole=True)


def find_tokens(buffer: Buffer) -> Iterator[Candidate]:
    """Codings that only count as a whole field, body, parameter or delimited token."""
    seen: set[bytes] = set()
    for token, place in _tokens(buffer):
        if token in seen or len(token) < SHORTEST_TOKEN or ORDINARY.fullmatch(token):
            continue
        seen.add(token)
        for name, data in _decoded_tokens(token):
            if data:
                chunk, offset = buffer.locate(place)
                yield Candidate(name, chunk, offset, data, is_whole=True)


def _tokens(buffer: Buffer) -> Iterator[tuple[bytes, int]]:
    for match in TOKEN.finditer(buffer.data):
        token = match[0]
        if ORDINARY.fullmatch(token):
            continue
        yield token, match.start()
        yield token.strip(b"()[]{}<>."), match.start()
        for part in PARAMETERS.split(token):
            yield part, match.start()


def _decoded_tokens(token: bytes) -> Iterator[tuple[str, bytes]]:
    if BASE58.fullmatch(token):
        yield "base58", _tried(base58.b58decode, token)
    if BASE85.fullmatch(token):
        yield "base85", _tried(base64.b85decode, token)
    if Z85.fullmatch(token):
        yield "z85", _tried(lambda one: base64.b85decode(one.translate(TO_B85)), token)
    if ASCII85.fullmatch(token):
        yield "ascii85", _tried(lambda one: base64.a85decode(one, adobe=one.startswith(b"<~")), token)
    if BASE64_TOKEN.fullmatch(token):
        yield "lz-string", _tried(lambda one: _lz(LZString.decompressFromBase64, one), token)
        yield "lz-string", _tried(lambda one: _lz(LZString.decompressFromEncodedURIComponent, one), token)


def _lz(decompress: Callable[[str], str | None], token: bytes) -> bytes:
    return (decompress(token.decode()) or "").encode("utf-8", "replace")


def _tried(decode: Callable[[bytes], bytes], token: bytes) -> bytes:
    try:
        return decode(token)
    except Exception:  # noqa: BLE001 - decoders of guesses fail in every way; a failed guess is no finding
        return b""


def whole_unpacked(data: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    """A whole body as raw deflate, as brotli, and as lz-string's UTF-16 text."""
    yield "deflate", _unpack_zlib(data, limit, -15)
    yield "brotli", _unpack_brotli(data, limit)
    if any(byte >= 0x80 for byte in data[:64]):  # noqa: PLR2004 - beyond ASCII
        yield "lz-string", _tried(_lz_utf16, data)


def _lz_utf16(data: bytes) -> bytes:
    text = data.decode("utf-8")
    for decompress in (LZString.decompressFromUTF16, LZString.decompress):
        out = decompress(text)
        if out and out.isprintable():
            return str(out).encode()
    return b""
