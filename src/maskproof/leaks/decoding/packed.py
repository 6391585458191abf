"""
Compressed data: by its magic anywhere, or as a whole body without one.

What is unpacked and what is read are spent from a budget: a decompression bomb is no hang, and never a pass.
"""

import re
import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.lz import LZ_STRING
from maskproof.leaks.text_heuristics import is_text

# The magic of gzip (RFC 1952) with its only method, of zlib (RFC 1950) with the window that all browsers and servers
# write, at each of four levels, and of zstd (RFC 8878).
GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
GZIP, ZSTD = re.compile(re.escape(GZIP_MAGIC)), re.compile(re.escape(ZSTD_MAGIC))
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
# The names in findings of what an unpacker makes.
UNPACKED = frozenset({"gzip", "zlib", "zstd", "deflate", "brotli"})
# Five different letters (`PART_LETTERS`) take seven bytes in deflate: 3 + 5 * 8 + 7 bits, with fixed codes.
SHORTEST_BODY = 7
# What `zlib.decompressobj` takes for gzip, zlib and raw deflate, each with the largest window.
GZIP_WINDOW, ZLIB_WINDOW, RAW_WINDOW = 31, 15, -15
# Streams are unpacked piece by piece, the first one small, since most are none. A piece with a fault is tried again in
# sixteenths, down to a byte: at most 4 * 16 tries.
FIRST_PIECE, PIECE, SMALLER = 1 << 8, 1 << 16, 16
# The two bytes before a zlib stream, and what shows whether its first block can be one.
ZLIB_HEADER, HEAD_OF_BLOCK = 2, 5
# A gzip header (RFC 1952, 2.3.1): flags of optional parts, ten bytes, then those parts. The names in it end with a NUL;
# no file system has names of 4 kB, so that a longer one is none.
FLAGS_AT, HEADER_BYTES, HAS_CHECKSUM, HAS_MORE, HAS_NAME, HAS_COMMENT, RESERVED_FLAGS = 3, 10, 2, 4, 8, 16, 0xE0
LONGEST_NAME = 1 << 12
# Kinds of blocks of raw deflate (RFC 1951, 3.2.3).
STORED, RESERVED = 0, 3
# Whether something unpacks is decided by its first 64 bytes: of 400,000 random pieces of that size none is text
# (`is_text`), of 32 bytes 24 are. To get these, deflate reads some 300 bytes of codes at most (316 lengths of 7 bits,
# and repetitions), and two bytes a letter at most.
LOOK, LOOKED_AT = 64, 1 << 10


def no_texts(_data: bytes) -> Iterator[str]:
    """No text at all: a body of LZ-string is not read."""
    return iter(())


class Unpacker:
    """
    Unpacks compressed data of one scan.

    Args:
        budget: What may be unpacked.
        is_trial: The budget only ends a trial; reaching its end is no error.
        zlib_magic: The first bytes of zlib streams.
        lz_of_body: Gives the texts that a whole body unpacks to as LZ-string.

    """

    def __init__(
        self,
        budget: Budget,
        *,
        is_trial: bool = False,
        zlib_magic: re.Pattern[bytes] = ZLIB,
        lz_of_body: Callable[[bytes], Iterator[str]] = no_texts,
    ) -> None:
        self._zlib_magic = zlib_magic
        self._lz_of_body = lz_of_body
        self._budget = budget
        self._is_trial = is_trial

    def find_packed(self, buffer: Buffer) -> Iterator[Candidate]:
        """
        Gzip, zlib and zstd by their magic, anywhere.

        Args:
            buffer: The texts.

        Raises:
            OverBudget: The budget is spent; what was unpacked until then is yielded before.

        """
        for name, pattern, unpack in self._by_magic:
            for match in pattern.finditer(buffer.data):
                chunk, offset = buffer.locate(match.start())
                out = unpack(memoryview(buffer.chunks[chunk])[offset:])
                if out:
                    yield Candidate(name, chunk, offset, out)
                self._spend(len(out))

    def whole(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """
        A whole body as raw deflate, as brotli, and as LZ-string: name of the coding, and unpacked bytes.

        Raises:
            OverBudget: The budget is spent; what was unpacked until then is yielded before.

        """
        if len(data) < SHORTEST_BODY:
            return
        for name, unpack in (("deflate", self._deflate), ("brotli", self._brotli)):
            out = unpack(data)
            if out:
                yield name, out
            self._spend(len(out))
        for text in self._lz_of_body(data):
            yield LZ_STRING, text.encode("utf-8", "replace")
            self._spend(len(text))

    def holds_something(self, data: bytes) -> bool:
        """Whether a whole body unpacks to anything, or to more than the budget."""
        try:
            return any(self.whole(data))
        except OverBudget:
            return True

    @property
    def _by_magic(self) -> tuple[tuple[str, re.Pattern[bytes], Callable[[memoryview], bytes]], ...]:
        return (
            ("gzip", GZIP, self._gzip),
            ("zlib", self._zlib_magic, lambda data: self._zlib(data, ZLIB_HEADER, ZLIB_WINDOW)),
            ("zstd", ZSTD, self._zstd),
        )

    @property
    def _limit(self) -> int:
        return self._budget.left

    def _spend(self, size: int) -> None:
        if not self._is_trial:
            self._budget.spend(size)

    def _read(self, size: int) -> None:
        if not self._is_trial:
            self._budget.read(size)

    def _gzip(self, data: memoryview) -> bytes:
        header = _gzip_header(data)
        return self._zlib(data, header, GZIP_WINDOW) if header else b""

    def _zlib(self, data: memoryview, header: int, window: int) -> bytes:
        """What unpacks; a stream that breaks off, or has a wrong checksum, gives what comes before the fault."""
        if not _may_be_deflate(data[header : header + HEAD_OF_BLOCK]):
            return b""
        unpacker = zlib.decompressobj(window)
        out = bytearray()
        limit = self._limit
        start, size, grows = 0, FIRST_PIECE, True
        while start < len(data) and len(out) <= limit and not unpacker.eof:
            before = unpacker.copy()
            piece = data[start : start + size]
            self._read(len(piece))
            try:
                out += unpacker.decompress(piece, limit + 1 - len(out))
                start += size
                size = min(PIECE, size * SMALLER) if grows else size
            except zlib.error:  # the whole piece gives nothing; smaller ones give what comes before the fault
                if size == 1:
                    break
                unpacker, size, grows = before, max(1, size // SMALLER), False
        return bytes(out)

    def _zstd(self, data: memoryview) -> bytes:
        """The first frame; the next one has a magic of its own."""
        out = bytearray()
        limit = self._limit
        try:
            with zstandard.ZstdDecompressor().stream_reader(data, read_size=PIECE) as reader:
                while len(out) <= limit and (piece := reader.read(PIECE)):
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


def _gzip_header(data: memoryview) -> int:
    """Bytes of the header of a gzip stream; 0 if it is none."""
    if len(data) < HEADER_BYTES or data[FLAGS_AT] & RESERVED_FLAGS:
        return 0
    flags, size = data[FLAGS_AT], HEADER_BYTES
    if flags & HAS_MORE:
        size += 2 + int.from_bytes(data[size : size + 2], "little")
    for flag in (HAS_NAME, HAS_COMMENT):
        if flags & flag:
            end = bytes(data[size : size + LONGEST_NAME]).find(b"\x00")
            if end < 0:
                return 0
            size += end + 1
    return size + (2 if flags & HAS_CHECKSUM else 0)


def _may_be_deflate(data: bytes | memoryview) -> bool:
    """Whether the first block can be one (RFC 1951, 3.2.3): a stored one has its length twice, once inverted."""
    if not data:
        return False
    kind = data[0] >> 1 & 3
    if kind == STORED:
        return len(data) >= HEAD_OF_BLOCK and data[1] ^ data[3] == 0xFF and data[2] ^ data[4] == 0xFF  # noqa: PLR2004 - every bit
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
