"""
Reads what still decodes in broken files, and lists the rest.

After a fault, the reader searches for the next place where several consecutive messages decode. The bytes between are
listed as unscanned. A broken message with a correct size costs only that message.
"""

import re
from collections.abc import Callable

from maskproof.openreplay.batches import (
    LOST_HEADER,
    Batch,
    Header,
    Unscanned,
    first_index_of,
    read_header,
    starts_with_header,
)
from maskproof.openreplay.messages import BATCH_METADATA, MESSAGES
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.readers import SIZED_HEAD_BYTES, read_sized
from maskproof.openreplay.recording_layout import Layout, fields_end, probe_records
from maskproof.openreplay.records import Messages, Record

# How many consecutive messages are no coincidence: sized, with indexes, and with only ids to check.
SIZED_CHAIN = 3
INDEXED_CHAIN = 4
BARE_CHAIN = 32

_IDS = b"[" + b"".join(re.escape(bytes([kind])) for kind in MESSAGES if kind != BATCH_METADATA) + b"]"
# A message of under 1 MB, or a batch header.
_SIZED_PLACE = re.compile(_IDS + rb"..[\x00-\x0f]|\x51[\x01-\x05]", re.DOTALL)
# An index whose upper half is a page number below 65,536.
_INDEXED_PLACE = re.compile(rb".{6}\x00\x00" + _IDS, re.DOTALL)
_BARE_PLACE = re.compile(_IDS, re.DOTALL)


def salvage_batches(data: bytes, position: int, source: str) -> tuple[tuple[Batch, ...], tuple[Unscanned, ...]]:
    """
    Read the batches of a file of version 2 or of an upload, without the broken stretches.

    Messages after a fault belong to the last header that could be read.

    Args:
        data: The uncompressed file or upload.
        position: Where the first batch begins.
        source: Name of the data in errors.

    Returns:
        The batches, and the stretches that could not be decoded.

    """
    parts: list[tuple[Header, int, list[Record]]] = []
    unscanned: list[Unscanned] = []
    while position < len(data):
        try:
            if not parts or data[position] == BATCH_METADATA:
                header, behind = read_header(data, position, source)
                parts.append((header, position, []))
                position = behind
            header, _, messages = parts[-1]
            position = read_sized(data, position, first_index_of(header) + len(messages), 0, source, messages)
        except DecodeError as error:
            position = _behind_fault(data, error.offset)
            unscanned.append(Unscanned(source, error.offset, position - error.offset, error.what))
            parts = parts or [(LOST_HEADER, 0, [])]
    batches = (Batch(*header, Messages(messages), source, offset=offset) for header, offset, messages in parts)
    return tuple(batches), tuple(unscanned)


def _behind_fault(data: bytes, start: int) -> int:
    """Where decoding can continue after a fault in a batch; the end of the data if nowhere."""
    end = _sized_end(data, start)
    if data[start] in MESSAGES and data[start] != BATCH_METADATA and _holds_messages(data, end):
        return end
    return _next_place(data, start, _SIZED_PLACE, lambda place: _holds_messages(data, place))


def _sized_end(data: bytes, start: int) -> int:
    body = start + SIZED_HEAD_BYTES
    return body + int.from_bytes(data[start + 1 : body], "little")


def _holds_messages(data: bytes, place: int) -> bool:
    """Whether several messages, a header, or messages up to the end of the data begin at a place."""
    for _ in range(SIZED_CHAIN):
        if place == len(data):
            return True
        if place > len(data) or data[place] not in MESSAGES:
            return False
        if data[place] == BATCH_METADATA:
            return starts_with_header(data, place)
        end = _sized_end(data, place)
        try:
            if end > len(data) or fields_end(data[place], data, place + SIZED_HEAD_BYTES) != end:
                return False
        except (IndexError, ValueError):
            return False
        place = end
    return True


def salvage_records(data: bytes, layout: Layout, source: str) -> tuple[Messages, tuple[Unscanned, ...]]:
    """
    Read the records of a file of version 1 or of an old file, without the broken stretches.

    Args:
        data: The uncompressed file.
        layout: Its layout.
        source: Name of the file in errors.

    Returns:
        The messages, and the stretches that could not be decoded.

    """
    messages: list[Record] = []
    unscanned: list[Unscanned] = []
    position = layout.start
    while position < len(data):
        try:
            position = layout.reader(data, position, len(messages), 0, source, messages)
        except DecodeError as error:
            position = _next_record(data, error.offset, has_indexes=layout.has_indexes)
            unscanned.append(Unscanned(source, error.offset, position - error.offset, error.what))
    return Messages(messages), tuple(unscanned)


def _next_record(data: bytes, start: int, *, has_indexes: bool) -> int:
    """The next place with several consecutive records. Indexes before the fault are ignored: they may be broken too."""
    chain = INDEXED_CHAIN if has_indexes else BARE_CHAIN

    def holds(place: int) -> bool:
        count, end = probe_records(data, place, chain, has_indexes=has_indexes)
        return count == chain or (has_indexes and count > 0 and end == len(data))

    return _next_place(data, start, _INDEXED_PLACE if has_indexes else _BARE_PLACE, holds)


def _next_place(data: bytes, start: int, pattern: re.Pattern[bytes], holds: Callable[[int], bool]) -> int:
    while match := pattern.search(data, start + 1):
        start = match.start()
        if holds(start):
            return start
    return len(data)
