"""
Compressed data: by its magic anywhere, or as a whole body without one.

What is unpacked is bounded: a decompression bomb is an error, not a hang, and never a pass.
"""

import re
import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

from maskproof.errors import Inconclusive
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.lz import LZ_STRING
from maskproof.leaks.text_heuristics import is_text

MEGABYTE = 1 << 20
# A choice: what is unpacked is held in memory, several times over while it is searched. `maskproof scan` sets its own
# (`--unpack-limit`).
DEFAULT_UNPACK_LIMIT = 64 * MEGABYTE
# The magic of gzip (RFC 1952) with its only method, of zlib (RFC 1950) with the window that all browsers and servers
# write, at each of four levels, and of zstd (RFC 8878).
GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
GZIP, ZSTD = re.compile(re.escape(GZIP_MAGIC)), re.compile(re.escape(ZSTD_MAGIC))
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
# Five different letters (`PART_LETTERS`) take seven bytes in deflate: 3 + 5 * 8 + 7 bits, with fixed codes.
SHORTEST_BODY = 7
# What `zlib.decompressobj` takes for gzip, zlib and raw deflate, each with the largest window.
GZIP_WINDOW, ZLIB_WINDOW, RAW_WINDOW = 31, 15, -15
# Streams are unpacked piece by piece. A piece with a fault is tried again in sixteenths, down to a byte: at most 4 * 16
# tries.
PIECE, SMALLER = 1 << 16, 16
# Kinds of blocks of raw deflate (RFC 1951, 3.2.3).
STORED, RESERVED = 0, 3
# Whether something unpacks is decided by its first 64 bytes: of 400,000 random pieces of that size none is text
# (`is_text`), of 32 bytes 24 are. To get these, deflate reads some 300 bytes of codes at most (316 lengths of 7 bits,
# and repetitions), and two bytes a letter at most.
LOOK, LOOKED_AT = 64, 1 << 10


def no_texts(_data: bytes) -> Iterator[str]:
    """No text at all: a body of LZ-string is not read."""
    return iter(())


class UnpackedTooLarge(Inconclusive):
    """Compressed data unpacks to more than the limit; nothing can be said of the rest."""


class Unpacker:
    """
    Unpacks compressed data of one scan, up to a limit.

    Args:
        limit: Bytes that may be unpacked from one text.
        is_trial: The limit only ends a trial; reaching it is no error.
        zlib_magic: The first bytes of zlib streams.
        lz_of_body: Gives the texts that a whole body unpacks to as LZ-string.

    """

    def __init__(
        self,
        limit: int,
        *,
        is_trial: bool = False,
        zlib_magic: re.Pattern[bytes] = ZLIB,
        lz_of_body: Callable[[bytes], Iterator[str]] = no_texts,
    ) -> None:
        self._zlib_magic = zlib_magic
        self._lz_of_body = lz_of_body
        self._limit = limit
        self._is_trial = is_trial
        self._used: dict[int, int] = {}

    def find_packed(self, buffer: Buffer, roots: list[int]) -> Iterator[Candidate]:
        """
        Gzip, zlib and zstd by their magic, anywhere.

        Args:
            buffer: The texts.
            roots: For each text, the index of the text of depth 0 that it came from.

        Raises:
            UnpackedTooLarge: The limit is reached.

        """
        for name, pattern, unpack in self._by_magic:
            for match in pattern.finditer(buffer.data):
                chunk, offset = buffer.locate(match.start())
                out = unpack(memoryview(buffer.chunks[chunk])[offset:])
                if out:
                    self._count(roots[chunk], len(out))
                    yield Candidate(name, chunk, offset, out)

    def whole(self, data: bytes, root: int) -> Iterator[tuple[str, bytes]]:
        """
        A whole body as raw deflate, as brotli, and as LZ-string: name of the coding, and unpacked bytes.

        Args:
            data: The body.
            root: Index of the text of depth 0 that it came from.

        Raises:
            UnpackedTooLarge: The limit is reached.

        """
        if len(data) < SHORTEST_BODY:
            return
        for name, unpack in (("deflate", self._deflate), ("brotli", self._brotli)):
            out = unpack(data)
            if out:
                self._count(root, len(out))
                yield name, out
        for text in self._lz_of_body(data):
            self._count(root, len(text))
            yield LZ_STRING, text.encode("utf-8", "replace")

    @property
    def _by_magic(self) -> tuple[tuple[str, re.Pattern[bytes], Callable[[memoryview], bytes]], ...]:
        return (
            ("gzip", GZIP, lambda data: self._zlib(data, GZIP_WINDOW)),
            ("zlib", self._zlib_magic, lambda data: self._zlib(data, ZLIB_WINDOW)),
            ("zstd", ZSTD, self._zstd),
        )

    def _count(self, root: int, size: int) -> None:
        self._used[root] = self._used.get(root, 0) + size
        if self._used[root] > self._limit and not self._is_trial:
            raise UnpackedTooLarge(
                f"compressed data unpacks to more than {self._limit / MEGABYTE:g} MB.",
                hint="Raise the limit, or take the file out.",
            )

    def _zlib(self, data: memoryview | bytes, window: int) -> bytes:
        """What unpacks; a stream that breaks off, or has a wrong checksum, gives what comes before the fault."""
        unpacker = zlib.decompressobj(window)
        out = b""
        start, size = 0, PIECE
        while start < len(data) and len(out) <= self._limit and not unpacker.eof:
            before = unpacker.copy()
            try:
                out += unpacker.decompress(data[start : start + size], self._limit + 1 - len(out))
                start += size
            except zlib.error:  # the whole piece gives nothing; smaller ones give what comes before the fault
                if size == 1:
                    break
                unpacker, size = before, max(1, size // SMALLER)
        return out

    def _zstd(self, data: memoryview) -> bytes:
        """The first frame; the next one has a magic of its own."""
        out = bytearray()
        try:
            with zstandard.ZstdDecompressor().stream_reader(data) as reader:
                while len(out) <= self._limit and (piece := reader.read(PIECE)):
                    out += piece
        except zstandard.ZstdError:
            pass
        return bytes(out)

    def _deflate(self, data: bytes) -> bytes:
        if not _may_be_deflate(data):
            return b""
        unpacker = zlib.decompressobj(RAW_WINDOW)
        try:
            out = unpacker.decompress(data, self._limit + 1)
        except zlib.error:
            return b""
        return self._kept(out, is_all=unpacker.eof)

    def _brotli(self, data: bytes) -> bytes:
        unpacker = brotli.Decompressor()
        try:
            out: bytes = unpacker.process(data, output_buffer_limit=self._limit + 1)
            while not unpacker.can_accept_more_data() and len(out) <= self._limit:
                out += unpacker.process(b"", output_buffer_limit=self._limit + 1 - len(out))
        except brotli.error:
            return b""
        return self._kept(out, is_all=unpacker.is_finished())

    def _kept(self, out: bytes, *, is_all: bool) -> bytes:
        """The output of a body without a magic, if it is complete, text, or more than the limit; else nothing."""
        return out if is_all or is_text(out) or len(out) > self._limit else b""


def _may_be_deflate(data: bytes) -> bool:
    """Whether the first block can be one (RFC 1951, 3.2.3): a stored one has its length twice, once inverted."""
    kind = data[0] >> 1 & 3
    if kind == STORED:
        return data[1] ^ data[3] == 0xFF and data[2] ^ data[4] == 0xFF  # noqa: PLR2004 - every bit
    return kind != RESERVED


def looks_packed(data: bytes, zlib_magic: re.Pattern[bytes] = ZLIB) -> bool:
    """
    Whether bytes show the magic of compressed data.

    Args:
        data: Any bytes.
        zlib_magic: The first bytes of zlib streams.

    """
    return _begins_packed(data, zlib_magic) or GZIP_MAGIC in data or ZSTD_MAGIC in data or _has_zlib(data, zlib_magic)


def _begins_packed(data: bytes, zlib_magic: re.Pattern[bytes]) -> bool:
    """Two bytes stand anywhere by chance: zlib's only count at the beginning, or if text unpacks."""
    return zlib_magic.match(data) is not None or data.startswith((GZIP_MAGIC, ZSTD_MAGIC))


def _has_zlib(data: bytes, zlib_magic: re.Pattern[bytes]) -> bool:
    """Whether something unpacks behind zlib's magic within the data: text, or what is packed again."""
    for match in zlib_magic.finditer(data):
        try:
            head = zlib.decompressobj().decompress(data[match.start() : match.start() + LOOKED_AT], LOOK)
        except zlib.error:
            continue
        if head and (is_text(head) or _begins_packed(head, zlib_magic)):
            return True
    return False
