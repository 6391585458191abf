"""
Detects the layout of a stored file from its first bytes (reference 4.2, 4.4).

A file of version 1 holds `[u64 index][id][fields]` records without sizes, a file of version 2 holds consecutive wire
batches. Old files have no header, and some have no indexes.
"""

import struct
from typing import NamedTuple

from maskproof.openreplay.batches import starts_with_header
from maskproof.openreplay.messages import BATCH_METADATA, MESSAGES
from maskproof.openreplay.primitives import DecodeError, read_uint
from maskproof.openreplay.readers import INDEX_BYTES, Reader, read_bare, read_indexed

HEADER_BYTES = 8
HEADER_V1 = b"\xff" * 8
HEADER_V2 = b"\xff" * 7 + b"\xfe"
HEADER_FD = b"\xff" * 7 + b"\xfd"
HEADERLESS, RECORDS, BATCHES = 0, 1, 2
# How many records each of the two readings is tried on, and how many records with indexes prove that reading.
PROBED = 64
PROOF = 3
# Page numbers are above 32 bits. Consecutive records belong to the same page or to the next.
HIGHEST_INDEX = 1 << 48
FAR_INDEX = 1 << 34


class Layout(NamedTuple):
    """File version (0 without a header), position of the first message, and whether records have indexes."""

    version: int
    start: int
    has_indexes: bool = False

    @property
    def reader(self) -> Reader:
        """The reader for its records."""
        return read_indexed if self.has_indexes else read_bare


def layout_of(data: bytes, source: str) -> Layout:
    """
    Detect the layout from the beginning of a file: by its header, or by what decodes.

    Args:
        data: The beginning of the uncompressed file.
        source: Name of the file in errors.

    Raises:
        DecodeError: The version of the header is unknown.

    """
    head = data[:HEADER_BYTES]
    if head in (HEADER_V2, HEADER_FD):
        return Layout(BATCHES, HEADER_BYTES)
    if head == HEADER_V1:
        return Layout(RECORDS, HEADER_BYTES, _has_indexes(data, HEADER_BYTES))
    if head[:3] == b"\xff\xff\xff":
        raise DecodeError(f"file header {head.hex()} is of no known version", source=source)
    if data[:1] == bytes([BATCH_METADATA]) and starts_with_header(data):
        return Layout(BATCHES, 0)
    return Layout(HEADERLESS, 0, _has_indexes(data, 0))


def _has_indexes(data: bytes, position: int) -> bool:
    """
    Whether records begin with an index.

    A few consecutive records with indexes are proof, because the indexes must rise and stay within a page. Otherwise
    the reading that gets further wins: the zeros of an index can look like messages for a while.
    """
    count, end = probe_records(data, position, PROBED, has_indexes=True)
    _, end_without = probe_records(data, position, PROBED, has_indexes=False)
    return count >= PROOF or end >= end_without


def probe_records(data: bytes, position: int, most: int, *, has_indexes: bool) -> tuple[int, int]:
    """
    Try to read records.

    Args:
        data: The uncompressed file.
        position: Where the first record would begin.
        most: The number of records to stop after.
        has_indexes: Whether each record begins with an index; an index that falls or jumps far ends the reading.

    Returns:
        The number of records read, and the position after the last one.

    """
    count, lowest, highest = 0, 0, HIGHEST_INDEX
    try:
        while position < len(data) and count < most:
            body = position
            if has_indexes:
                (index,) = struct.unpack_from("<Q", data, position)
                if not lowest <= index < highest:
                    break
                lowest, highest = index, min(index + FAR_INDEX, HIGHEST_INDEX)
                body += INDEX_BYTES
            position = fields_end(data[body], data, body + 1)
            count += 1
    except (IndexError, KeyError, ValueError, struct.error):
        pass
    return count, position


def fields_end(kind: int, data: bytes, position: int) -> int:
    """
    The position after the fields of a message.

    Args:
        kind: Message id.
        data: The bytes that hold the message.
        position: Where its first field begins.

    Raises:
        KeyError: No message has this id.
        IndexError: The data ends within the message.
        ValueError: A number is too long, or a boolean is neither 0 nor 1.

    """
    for field in MESSAGES[kind].fields:
        number, position = read_uint(data, position)
        if field.type == "string":
            position += number
        elif field.type == "boolean" and number > 1:
            raise ValueError(number)
    if position > len(data):
        raise IndexError(position)
    return position
