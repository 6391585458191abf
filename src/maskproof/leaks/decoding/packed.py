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
from maskproof.leaks.decoding import lz
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.text_heuristics import has_wide, is_text

DEFAULT_UNPACK_LIMIT = 64 << 20
GZIP = re.compile(rb"\x1f\x8b\x08")
# For each size of window four levels; those whose bytes are letters only count where no text follows.
ZLIB_FIRST = (
    rb"\x78[\x01\x5e\x9c\xda]|\x68[\x05\x81\xde]|\x58[\x85\xc3]|\x48[\x89\xc7]|\x38[\x11\x8d\xcb]|\x28[\x15\x91\xcf]"
    rb"|\x18[\x19\x95\xd3]|\x08[\x1d\x99\xd7]"
)
ZLIB = re.compile(
    ZLIB_FIRST + rb"|(?:hC|XG|X\t|HK|H\r|8O|\(S|\x18W|\x08\[)(?=.{0,2}[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff])",
    re.DOTALL,
)
ZSTD = re.compile(rb"\x28\xb5\x2f\xfd")
GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
# Fields of text: strings, between tags, as it stands in XML, and between the signs that tables have between columns.
WIDE_FIELDS = (
    re.compile(rb"\"([^\x00-\x1f\"]{6,65536})(?=\")"),
    re.compile(rb"'([^\x00-\x1f']{6,65536})(?=')"),
    re.compile(rb">([^\x00-\x1f<>]{6,65536})(?=<)"),
    re.compile(rb"CDATA\[([^\x00-\x1f]{6,65536}?)(?=\]\]>)"),
    re.compile(rb"<!-- ?([^\x00-\x1f]{6,65536}?)(?= ?-->)"),
    re.compile(rb"(?:^|[,;|\t\n])([^\x00-\x1f,;|]{6,65536})(?=[,;|\t\r\n])", re.MULTILINE),
)
# Three characters: of fewer, no value unpacks.
HEAD_OF_UTF8 = re.compile(rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){3}")
# Five letters by themselves take more in any of these.
SHORTEST_BODY = 7
GZIP_WINDOW, ZLIB_WINDOW, RAW_WINDOW = 31, 15, -15
MEGABYTE = 1 << 20
LONGEST_LZ = 1 << 18
BYTE_ORDER_MARK = "\ufeff"
WIDE_SHARE = 0.5
PIECE, SMALLER = 1 << 16, 16
# Kinds of blocks of raw deflate.
STORED, RESERVED = 0, 3
# So much shows whether text unpacks, and so much has to be read for it at most: a block's codes, and their letters.
LOOK, LOOKED_AT = 64, 1 << 10


class UnpackedTooLarge(Inconclusive):
    """Compressed data unpacks to more than the limit; nothing can be said of the rest."""


class Unpacker:
    """
    Unpacks compressed data of one scan, to no more than the limit in all.

    Args:
        limit: Bytes that may be unpacked of one text.
        is_trial: The limit only ends a trial; reaching it is no error.

    """

    def __init__(self, limit: int, *, is_trial: bool = False) -> None:
        self._limit = limit
        self._is_trial = is_trial
        self._used: dict[int, int] = {}

    def find_packed(self, buffer: Buffer, roots: list[int]) -> Iterator[Candidate]:
        """
        Gzip, zlib and zstd by their magic, anywhere.

        Args:
            buffer: The texts.
            roots: For each, the text of depth 0 that it came from.

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
        A whole body as raw deflate, as brotli, and as LZ-string in each of its flavours that is no token.

        Args:
            data: The body.
            root: The text of depth 0 that it came from.

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
        if len(data) <= LONGEST_LZ:
            for text in _lz_strings(data):
                self._count(root, len(text))
                yield lz.LZ_STRING, text.encode("utf-8", "replace")

    @property
    def _by_magic(self) -> tuple[tuple[str, re.Pattern[bytes], Callable[[memoryview], bytes]], ...]:
        return (
            ("gzip", GZIP, lambda data: self._zlib(data, GZIP_WINDOW)),
            ("zlib", ZLIB, lambda data: self._zlib(data, ZLIB_WINDOW)),
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
        """What unpacks; a stream that breaks off, or has a wrong checksum, gives what comes before."""
        unpacker = zlib.decompressobj(window)
        out = b""
        start, size = 0, PIECE
        while start < len(data) and len(out) <= self._limit and not unpacker.eof:
            before = unpacker.copy()
            try:
                out += unpacker.decompress(data[start : start + size], self._limit + 1 - len(out))
                start += size
            except zlib.error:  # the whole piece gives nothing: what comes before the fault does by smaller ones
                if size == 1:
                    break
                unpacker, size = before, max(1, size // SMALLER)
        return out

    def _zstd(self, data: memoryview) -> bytes:
        """The first frame; what lies behind it is its own."""
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
        """What a body gave without a magic: all of it, text, or so much that it is counted as too much."""
        return out if is_all or is_text(out) or len(out) > self._limit else b""


def _may_be_deflate(data: bytes) -> bool:
    """Whether the head of a first block is one (RFC 1951, 3.2.3): what is stored has its length twice."""
    kind = data[0] >> 1 & 3
    if kind == STORED:
        return data[1] ^ data[3] == 0xFF and data[2] ^ data[4] == 0xFF  # noqa: PLR2004 - every bit
    return kind != RESERVED


def looks_packed(data: bytes) -> bool:
    """Whether bytes show the magic of compressed data."""
    return _begins_packed(data) or GZIP_MAGIC in data or ZSTD_MAGIC in data or _has_zlib(data)


def _begins_packed(data: bytes) -> bool:
    """Two bytes stand anywhere by chance: zlib's only say something at the beginning, or if text unpacks."""
    return ZLIB.match(data) is not None or data.startswith((GZIP_MAGIC, ZSTD_MAGIC))


def _has_zlib(data: bytes) -> bool:
    """Whether something unpacks behind zlib's magic within the data: text, or what is packed again."""
    for match in ZLIB.finditer(data):
        try:
            head = zlib.decompressobj().decompress(data[match.start() : match.start() + LOOKED_AT], LOOK)
        except zlib.error:
            continue
        if head and (is_text(head) or _begins_packed(head)):
            return True
    return False


def _lz_strings(data: bytes) -> Iterator[str]:
    if text := lz.from_bytes(data):
        yield text
    if HEAD_OF_UTF8.match(data) is None:
        return
    try:
        written = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return
    written = written.removeprefix(BYTE_ORDER_MARK)
    if sum(one > "\x7f" for one in written) > len(written) * WIDE_SHARE:
        yield from filter(None, (lz.from_utf16(written), lz.from_utf16(f"{written} "), lz.from_units(written)))


def lz_strings_within(data: bytes) -> Iterator[tuple[int, str]]:
    """Place and text of each field that is LZ-string's UTF-16 text."""
    for pattern in WIDE_FIELDS:
        for match in pattern.finditer(data):
            if has_wide(match[1]) and (text := lz.from_utf16(match[1].decode("utf-8", "replace"))):
                yield match.start(1), text


def wide_lz_strings(data: bytes) -> Iterator[str]:
    """The byte orders of UTF-16 in which a body is LZ-string's UTF-16 text, or that as a string in quotation marks."""
    if len(data) % 2 or len(data) > LONGEST_LZ:
        return
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if lz.from_utf16(text.removeprefix(BYTE_ORDER_MARK).strip('"')):
            yield name
