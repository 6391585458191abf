"""
Recordings as OpenReplay stores them, whole in memory: file versions 1 and 2, and the old ones without a header.

`layouts` tells which it is; `streams` reads files that need not fit into memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from maskproof.openreplay.batches import Batch, Unscanned, iter_batches
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recording_layout import (
    BATCHES,
    HEADER_FD,
    HEADER_V1,
    HEADER_V2,
    layout_of,
)
from maskproof.openreplay.records import Messages, Record
from maskproof.openreplay.salvage import salvage_batches, salvage_records
from maskproof.openreplay.streams import stream_records
from maskproof.openreplay.unpack import DEFAULT_LIMIT, ZSTD_MAGIC, unpack

PIECE = 1 << 22

__all__ = [
    "DEFAULT_LIMIT",
    "HEADER_FD",
    "HEADER_V1",
    "HEADER_V2",
    "ZSTD_MAGIC",
    "Recording",
    "Undecoded",
    "decode_batches",
    "decode_recording",
    "unpack",
]


@dataclass(frozen=True, slots=True)
class Recording:
    """
    One stored file, or two that belong together.

    `version` is 1, 2 or 0 for old files without a header; `batches` is empty below version 2.
    """

    version: int
    messages: Messages
    batches: tuple[Batch, ...]
    source: str
    unscanned: tuple[Unscanned, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecoded:
    """
    One stored file, or two that belong together, for whoever reads a session once and keeps no messages.

    To hold all messages of a session takes twenty times the memory of its data, and a sixth of the time of reading it.
    """

    unscanned: ClassVar[tuple[Unscanned, ...]] = ()

    data: bytes
    source: str

    def records(self) -> Iterator[list[Record]]:
        """
        Decode some messages at a time, batch headers by themselves.

        Raises:
            DecodeError: See `decode_recording`, or there is no message; what comes before the place is yielded.

        """
        is_empty = True
        pieces = (self.data[start : start + PIECE] for start in range(0, len(self.data), PIECE))
        for records in stream_records(pieces, source=self.source):
            is_empty = is_empty and not records
            yield records
        if is_empty:
            raise DecodeError("holds no message", source=self.source)

    def decoded(self) -> Recording:
        """Decode all of it, see `decode_recording`."""
        return decode_recording([self.data], source=self.source)


def decode_recording(parts: Sequence[bytes], *, source: str, salvage: bool = False) -> Recording:
    """
    Decode a stored recording.

    Args:
        parts: The unpacked files in order (`dom.mobs`, then `dom.mobe`); a record may be split over them.
        source: What to call it in errors.
        salvage: Keep what decodes and list the rest instead of raising; the file's version must be known.

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
    Decode what is known to be batches, e.g. an upload: one, or the two of a visual one.

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
