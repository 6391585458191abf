"""
Recordings as OpenReplay stores them: file versions 1 and 2, and the old ones without a header.

File version 1 is `[u64 index][id][fields]` records without sizes; version 2 is wire batches one after
the other (reference 4.2, 4.4). Objects are zstd, gzip or raw, told apart by content.
"""

import gzip
import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import zstandard

from maskproof.openreplay.batches import Batch, Message, Unscanned, read_header
from maskproof.openreplay.messages import BATCH_METADATA, MESSAGES
from maskproof.openreplay.primitives import DECODERS, SIZE_PREFIX_BYTES, DecodeError, read_uint

HEADER_BYTES = 8
HEADER_V1 = b"\xff" * 8
HEADER_V2 = b"\xff" * 7 + b"\xfe"
HEADER_FD = b"\xff" * 7 + b"\xfd"
INDEX_BYTES = 8
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
GZIP_MAGIC = b"\x1f\x8b\x08"
DEFAULT_LIMIT = 1 << 30
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Recording:
    """
    One stored file, or two that belong together.

    `version` is 1, 2 or 0 for old files without a header; `batches` is empty below version 2.
    """

    version: int
    messages: tuple[Message, ...]
    batches: tuple[Batch, ...]
    source: str
    unscanned: tuple[Unscanned, ...] = ()


def unpack(data: bytes, *, source: str = "", limit: int = DEFAULT_LIMIT) -> bytes:
    """
    Decompress by content: zstd, gzip, or already raw.

    Args:
        data: The object as stored.
        source: What to call it in errors.
        limit: The most bytes it may unpack to.

    Raises:
        DecodeError: The compressed data is broken or unpacks to more than the limit.

    """
    if data.startswith(ZSTD_MAGIC):
        reader: io.BufferedIOBase = zstandard.ZstdDecompressor().stream_reader(  # type: ignore[assignment]
            data, read_across_frames=True
        )
    elif data.startswith(GZIP_MAGIC):
        reader = gzip.GzipFile(fileobj=io.BytesIO(data))
    else:
        return data
    out = bytearray()
    try:
        while chunk := reader.read(CHUNK):
            out += chunk
            if len(out) > limit:
                raise DecodeError(f"unpacks to more than {limit} bytes; stopped (a decompression bomb?)", source=source)
    except (zstandard.ZstdError, OSError, EOFError, zlib.error) as error:
        raise DecodeError(f"compressed data is broken ({type(error).__name__})", source=source) from error
    if data.startswith(ZSTD_MAGIC):
        _check_zstd_complete(data, len(out), source)
    return bytes(out)


def _check_zstd_complete(data: bytes, got: int, source: str) -> None:
    """A cut zstd frame ends the reader silently; the decompressor object notices."""
    rest = data
    total = 0
    while rest:
        decompressor = zstandard.ZstdDecompressor().decompressobj()
        total += len(decompressor.decompress(rest))
        if not decompressor.eof:
            raise DecodeError("zstd data ends within a frame", source=source, offset=len(data))
        rest = decompressor.unused_data
    if total != got:
        raise DecodeError("zstd frames disagree on their size", source=source)


def decode_recording(parts: Sequence[bytes], *, source: str, salvage: bool = False) -> Recording:
    """
    Decode a stored recording.

    Args:
        parts: The unpacked files in order (`dom.mobs`, then `dom.mobe`); a record may be split over them.
        source: What to call it in errors.
        salvage: Keep what decodes and list the rest instead of raising.

    Raises:
        DecodeError: Unknown version or id, or a length that does not fit.

    """
    data = b"".join(parts)
    head = data[:HEADER_BYTES]
    if head == HEADER_V1:
        return _collect(1, data, HEADER_BYTES, source, salvage=salvage)
    if head in (HEADER_V2, HEADER_FD):
        return _collect(2, data, HEADER_BYTES, source, salvage=salvage)
    if head[:3] == b"\xff\xff\xff":
        raise DecodeError(f"file header {head.hex()} is of no known version", source=source)
    if data[:1] == bytes([BATCH_METADATA]) and _starts_with_batch(data, source):
        return _collect(2, data, 0, source, salvage=salvage)
    return _collect(0, data, 0, source, salvage=salvage)


def _starts_with_batch(data: bytes, source: str) -> bool:
    try:
        read_header(data, 0, source)
    except DecodeError:
        return False
    return True


def _collect(version: int, data: bytes, start: int, source: str, *, salvage: bool) -> Recording:
    messages: list[Message] = []
    batches: list[Batch] = []
    unscanned: tuple[Unscanned, ...] = ()
    try:
        if version == 2:  # noqa: PLR2004 - the file version
            for batch in iter_batches(data, start, source=source):
                batches.append(batch)
                messages.extend(batch.messages)
        else:
            messages.extend(iter_records(data, start, source=source))
    except DecodeError as error:
        if not salvage:
            raise
        if version != 2:  # noqa: PLR2004 - the file version
            messages = list(_until_error(data, start, source))
        unscanned = (Unscanned(source, error.offset, len(data) - error.offset, error.what),)
    return Recording(version, tuple(messages), tuple(batches), source, unscanned)


def _until_error(data: bytes, start: int, source: str) -> Iterator[Message]:
    try:
        yield from iter_records(data, start, source=source)
    except DecodeError:
        return


def iter_batches(data: bytes, position: int, *, source: str) -> Iterator[Batch]:
    """
    Yield the batches of a file of version 2, one after the other.

    Raises:
        DecodeError: See `decode_batch`.

    """
    while position < len(data):
        header, position = read_header(data, position, source)
        messages: list[Message] = []
        index = header[1] << 32 | header[2]
        while position < len(data) and data[position] != BATCH_METADATA:
            message, position = _sized(data, position, index + len(messages), source)
            messages.append(message)
        yield Batch(*header, tuple(messages), source)


def _sized(data: bytes, start: int, index: int, source: str) -> tuple[Message, int]:
    kind = data[start]
    body = start + 1 + SIZE_PREFIX_BYTES
    end = body + int.from_bytes(data[start + 1 : body], "little")
    if end > len(data):
        raise DecodeError(f"message {kind} is longer than what is left", source=source, offset=start)
    message, position = _fields(data, kind, body, start, index, source)
    if position != end:
        raise DecodeError(
            f"message {kind} says {end - body} bytes, its fields take {position - body}",
            source=source,
            offset=start,
        )
    return message, end


def iter_records(data: bytes, position: int, *, source: str) -> Iterator[Message]:
    """
    Yield the records of a file of version 1, or of an old one, with indexes or without.

    Raises:
        DecodeError: Unknown id, or the data ends within a record.

    """
    indexed = _has_indexes(data, position, source)
    index = -1
    while position < len(data):
        start = position
        if indexed:
            if position + INDEX_BYTES >= len(data):
                raise DecodeError("the data ends within a record's index", source=source, offset=start)
            (index,) = struct.unpack_from("<Q", data, position)
            position += INDEX_BYTES
        else:
            index += 1
        try:
            kind, position = read_uint(data, position)
        except (IndexError, ValueError) as error:
            raise DecodeError("the data ends within a record", source=source, offset=start) from error
        message, position = _fields(data, kind, position, start, index, source)
        if position > len(data):
            raise DecodeError(f"message {kind}: the data ends within it", source=source, offset=start)
        yield message


def _fields(data: bytes, kind: int, body: int, start: int, index: int, source: str) -> tuple[Message, int]:
    decode = DECODERS[kind] if kind < len(DECODERS) else None
    if decode is None or kind == BATCH_METADATA:
        raise DecodeError(f"unknown message id {kind}", source=source, offset=start)
    try:
        values, position = decode(data, body)
    except IndexError as error:
        raise DecodeError(f"message {kind}: the data ends within it", source=source, offset=start) from error
    except ValueError as error:
        what = "text is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise DecodeError(f"message {kind}: {what}", source=source, offset=start) from error
    return Message(kind, values, start, index), position


def _has_indexes(data: bytes, position: int, source: str) -> bool:
    """
    Whether records begin with an index: the reading that decodes more of the first records wins.

    An index's high bytes are zero, so that a file with indexes read without them stumbles at once.
    """
    return _readable(data, position, INDEX_BYTES, source) >= _readable(data, position, 0, source)


def _readable(data: bytes, position: int, skip: int, source: str, most: int = 64) -> int:
    count = 0
    last = -1
    while position + skip < len(data) and count < most:
        if skip:
            (index,) = struct.unpack_from("<Q", data, position)
            if index < last:
                break
            last = index
        kind = data[position + skip]
        if kind not in MESSAGES:
            break
        try:
            _, position = _fields(data, kind, position + skip + 1, position, 0, source)
        except DecodeError:
            break
        if position > len(data):
            break
        count += 1
    return count
