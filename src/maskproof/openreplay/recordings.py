"""
Reads stored recordings whole into memory: file versions 1 and 2, and old files without a header.

`recording_layout` detects the version. `streams` reads files that need not fit into memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from maskproof.openreplay.batches import Batch, Unscanned, iter_batches
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recording_layout import BATCHES, HEADER_V1, HEADER_V2, layout_of
from maskproof.openreplay.records import Messages, Record
from maskproof.openreplay.salvage import salvage_batches, salvage_records
from maskproof.openreplay.streams import stream_records
from maskproof.openreplay.unpack import DEFAULT_LIMIT, unpack

PIECE = 1 << 22

__all__ = [
    "DEFAULT_LIMIT",
    "HEADER_V1",
    "HEADER_V2",
    "Recording",
    "Undecoded",
    "decode_batches",
    "decode_recording",
    "unpack",
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
