"""
How a stored file is laid out, told by its first bytes (reference 4.2, 4.4).

File version 1 is `[u64 index][id][fields]` records without sizes, version 2 is wire batches one after the
other. Old files have no header, and some have no indexes.
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
# How many records the two readings are tried on, and how many with indexes are proof.
PROBED = 64
PROOF = 3
# Page numbers stand above 32 bits; two neighbours are of one page or of the next.
HIGHEST_INDEX = 1 << 48
FAR_INDEX = 1 << 34


class Layout(NamedTuple):
    """Version (0 without a header), where the first message begins, and whether records have indexes."""

    version: int
    start: int
    has_indexes: bool = False

    @property
    def reader(self) -> Reader:
        """What reads its records."""
        return read_indexed if self.has_indexes else read_bare


def layout_of(data: bytes, source: str) -> Layout:
    """
    Tell the layout by the beginning of a file: by its header, or by what decodes.

    Raises:
        DecodeError: The header is of no known version.

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

    A few records in a row that do are proof, for the numbers have to rise and to be of one page. Without them
    the reading that gets further wins; zeros within an index may pass for messages for a while.
    """
    count, end = probe_records(data, position, PROBED, has_indexes=True)
    _, end_without = probe_records(data, position, PROBED, has_indexes=False)
    return count >= PROOF or end >= end_without


def probe_records(data: bytes, position: int, most: int, *, has_indexes: bool) -> tuple[int, int]:
    """
    Try to read records.

    Args:
        data: The file.
        position: Where the first one would begin.
        most: How many are enough.
        has_indexes: Whether each begins with an index, which never falls and never jumps far.

    Returns:
        How many there are, and where they end.

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
    Where the fields of a message end.

    Raises:
        KeyError: There is no such message.
        IndexError: The data end within it.
        ValueError: A number is too long, or a boolean none.

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
