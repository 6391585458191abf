"""
Reads stored recordings whole into memory: file versions 1 and 2, and old files without a header.

`recording_layout` detects the version. `streams` reads files that need not fit into memory.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from maskproof.openreplay.batches import Batch, Unscanned, iter_batches
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recording_layout import BATCHES, HEADER_V1, HEADER_V2, RECORDS, layout_of
from maskproof.openreplay.records import Messages, Record
from maskproof.openreplay.salvage import salvage_batches, salvage_records
from maskproof.openreplay.streams import stream_records
from maskproof.openreplay.unpack import DEFAULT_LIMIT, unpack

PIECE = 1 << 22
T = TypeVar("T")

__all__ = [
    "DEFAULT_LIMIT",
    "HEADER_V1",
    "HEADER_V2",
    "Recording",
    "Undecoded",
    "decode_batches",
    "decode_recording",
    "unpack",
    "without_repeats",
]


@dataclass(frozen=True, slots=True)
class Recording:
    """
    One decoded file, or two files that belong together.

    `version` is 1, 2, or 0 for old files without a header. `batches` is empty below version 2.
    """

    version: int
    messages: Messages
    batches: tuple[Batch, ...]
    source: str
    unscanned: tuple[Unscanned, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecoded:
    """
    One file that is not decoded yet, or two that belong together, for a reader that keeps no messages.

    Holding all messages of a session takes twenty times the memory of its data, and a sixth of the time of reading it.
    """

    unscanned: ClassVar[tuple[Unscanned, ...]] = ()

    data: bytes
    source: str

    def records(self) -> Iterator[list[Record]]:
        """
        Decode some messages at a time. Each batch header is a list of its own.

        Raises:
            DecodeError: See `decode_recording`, or there is no message. Messages before the error are yielded.

        """
        is_empty = True
        pieces = (self.data[start : start + PIECE] for start in range(0, len(self.data), PIECE))
        for records in stream_records(pieces, source=self.source):
            is_empty = is_empty and not records
            yield records
        if is_empty:
            raise DecodeError("holds no message", source=self.source)

    def decoded(self) -> Recording:
        """Decode the whole file, see `decode_recording`."""
        return decode_recording([self.data], source=self.source)


def decode_recording(parts: Sequence[bytes], *, source: str, salvage: bool = False) -> Recording:
    """
    Decode a stored recording.

    Args:
        parts: The uncompressed files in order (`dom.mobs`, then `dom.mobe`); a record may be split over both.
        source: Name of the recording in errors.
        salvage: Keep what decodes and list the rest, instead of raising; the file version must still be known.

    Raises:
        DecodeError: Unknown version or id, or a length that does not fit.

    """
    data = parts[0] if len(parts) == 1 else b"".join(parts)
    layout = layout_of(data, source)
    if layout.version == BATCHES:
        return _of_batches(data, layout.start, source, salvage=salvage)
    records: list[Record] = []
    try:
        layout.reader(data, layout.start, 0, 0, source, records)
    except DecodeError:
        if not salvage:
            raise
        found, unscanned = salvage_records(data, layout, source)
        return Recording(layout.version, found, (), source, unscanned)
    return Recording(layout.version, Messages(records), (), source)


def without_repeats(recording: Recording) -> Recording:
    """
    A stored recording with each upload once.

    The server stores an upload twice that the tracker repeated after a lost answer. Such a batch, or the records of it
    in a file of version 1, have the same page, index and bytes.
    """
    if recording.batches:
        batches = tuple(_once(recording.batches, _mark_of_batch))
        records = [record for batch in batches for record in batch.messages.records]
        return replace(recording, batches=batches, messages=Messages(records))
    if recording.version == RECORDS:
        return replace(recording, messages=Messages(list(_once(recording.messages.records, _mark_of_record))))
    return recording


def _mark_of_batch(batch: Batch) -> Hashable:
    header = (batch.version, batch.page_no, batch.first_index, batch.timestamp, batch.location)
    return header, tuple((kind, values) for kind, values, _, _ in batch.messages.records)


def _mark_of_record(record: Record) -> Hashable:
    kind, values, _, index = record
    return index, kind, values


def _once(items: Iterable[T], mark_of: Callable[[T], Hashable]) -> Iterator[T]:
    """The items without those whose mark was there before."""
    seen: set[Hashable] = set()
    for item in items:
        mark = mark_of(item)
        if mark not in seen:
            seen.add(mark)
            yield item


def decode_batches(data: bytes, *, source: str, salvage: bool = False) -> Recording:
    """
    Decode consecutive batches without a file header, such as an upload: one batch, or the two of a `visual` upload.

    Args:
        data: The uncompressed batches.
        source: Name of the data in errors.
        salvage: Keep what decodes and list the rest, instead of raising.

    Raises:
        DecodeError: Unknown version or id, or a length that does not fit.

    """
    return _of_batches(data, 0, source, salvage=salvage)


def _of_batches(data: bytes, start: int, source: str, *, salvage: bool) -> Recording:
    unscanned: tuple[Unscanned, ...] = ()
    try:
        batches = tuple(iter_batches(data, start, source=source))
    except DecodeError:
        if not salvage:
            raise
        batches, unscanned = salvage_batches(data, start, source)
    records = [record for batch in batches for record in batch.messages.records]
    return Recording(BATCHES, Messages(records), batches, source, unscanned)
