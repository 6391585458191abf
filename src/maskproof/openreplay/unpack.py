"""
Unpacks stored objects: zstd, gzip or raw, detected by content, piece by piece and never beyond a limit.

Every byte is accounted for: data that ends within a frame, or continues after the last one, is an error.
"""

import zlib
from collections.abc import Iterable, Iterator

import zstandard

from maskproof.openreplay.primitives import DecodeError, TruncatedError

ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
GZIP_MAGIC = b"\x1f\x8b\x08"
GZIP_WINDOW = 31
DEFAULT_LIMIT = 1 << 30
# Zstd expands data at most about 32,000 times, so that an unpacked piece stays below 32 MB.
ZSTD_PIECE = 1 << 10
CHUNK = 1 << 18


class TooLargeError(DecodeError):
    """The data unpacks to more than the limit."""


def unpack(data: bytes, *, source: str = "", limit: int = DEFAULT_LIMIT) -> bytes:
    """
    Decompress by content: zstd, gzip, or already raw.

    Args:
        data: The object as stored.
        source: Name of the object in errors.
        limit: Maximum size after decompression, in bytes.

    Raises:
        DecodeError: The compressed data is broken.
        TooLargeError: It unpacks to more than the limit.

    """
    return b"".join(unpacked([data], source=source, limit=limit)) if is_packed(data) else data


def is_packed(head: bytes) -> bool:
    """Whether the data begins like zstd or gzip."""
    return head.startswith((ZSTD_MAGIC, GZIP_MAGIC))


def unpacked(chunks: Iterable[bytes], *, source: str = "", limit: int = DEFAULT_LIMIT) -> Iterator[bytes]:
    """
    Decompress chunk by chunk, see `unpack`. Raw data passes through.

    Args:
        chunks: The object as stored, in pieces of any size.
        source: Name of the object in errors.
        limit: Maximum size after decompression, in bytes.

    Raises:
        DecodeError: See `unpack`. Data before the error is yielded.

    """
    iterator = iter(chunks)
    head = b""
    while len(head) < len(ZSTD_MAGIC) and (chunk := next(iterator, b"")):
        head += chunk
    rest = _chained(head, iterator)
    if not is_packed(head):
        yield from rest
        return
    pieces = _unzstd(rest, source) if head.startswith(ZSTD_MAGIC) else _gunzip(rest, source)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLargeError(f"unpacks to more than {limit} bytes; stopped (a decompression bomb?)", source=source)
        yield piece


def _chained(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from rest


def _unzstd(chunks: Iterable[bytes], source: str) -> Iterator[bytes]:
    frame = None
    for piece in _pieces(chunks):
        rest = piece
        while rest:
            frame = frame or zstandard.ZstdDecompressor().decompressobj()
            try:
                yield frame.decompress(rest)
            except zstandard.ZstdError as error:
                raise _broken(source) from error
            rest = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        raise TruncatedError("the compressed data (zstd) end within a frame", source=source)


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), ZSTD_PIECE):
            yield chunk[start : start + ZSTD_PIECE]


def _gunzip(chunks: Iterable[bytes], source: str) -> Iterator[bytes]:
    member = None
    for chunk in chunks:
        rest = chunk
        while rest:
            member = member or zlib.decompressobj(GZIP_WINDOW)
            try:
                yield member.decompress(rest, CHUNK)
            except zlib.error as error:
                raise _broken(source) from error
            rest = member.unused_data if member.eof else member.unconsumed_tail
            member = None if member.eof else member
    if member is not None:
        raise TruncatedError("the compressed data (gzip) end within a member", source=source)


def _broken(source: str) -> DecodeError:
    return DecodeError("the compressed data are broken", source=source)
