"""
Reads recordings and uploads of any size in a window. The largest message limits the memory that is used.

`recordings` reads the same formats whole into memory, with their batches.
"""

from collections.abc import Iterable, Iterator

from maskproof.openreplay.batches import first_index_of, header_record, read_header
from maskproof.openreplay.primitives import MAX_MESSAGE_BYTES, DecodeError, TruncatedError
from maskproof.openreplay.readers import INDEX_BYTES, Reader, read_sized
from maskproof.openreplay.recording_layout import BATCHES, Layout, layout_of
from maskproof.openreplay.records import Message, Record, as_message

WINDOW = 1 << 16
LONGEST = MAX_MESSAGE_BYTES + INDEX_BYTES + 1


def stream_messages(chunks: Iterable[bytes], *, source: str) -> Iterator[Message]:
    """
    Yield message by message, see `stream_records`.

    Args:
        chunks: The uncompressed data in pieces of any size.
        source: Name of the data in errors.

    Raises:
        DecodeError: See `stream_records`.

    """
    for records in stream_records(chunks, source=source):
        yield from map(as_message, records)


def stream_records(chunks: Iterable[bytes], *, source: str) -> Iterator[list[Record]]:
    """
    Yield the messages of a recording or an upload, batch headers included, a few thousand at a time.

    Args:
        chunks: The uncompressed data in pieces of any size; for a recording in two files, the pieces of both.
        source: Name of the data in errors.

    Raises:
        DecodeError: See `decode_recording`. Messages before the error are yielded.

    """
    window = _Window(chunks)
    window.grow()
    layout = layout_of(window.data, source)
    window.position = layout.start
    if layout.version == BATCHES:
        yield from _batches(window, source)
    else:
        yield from _records(window, layout, source)


class _Window:
    """A stretch of the data: `base` is where it begins, `position` is how much of it is read."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.data = b""
        self.base = 0
        self.position = 0

    def grow(self) -> bool:
        """Drop the bytes that are read and add new ones; returns whether there were any."""
        pieces = [self.data[self.position :]]
        got = 0
        while got < WINDOW and (chunk := next(self._chunks, None)) is not None:
            pieces.append(chunk)
            got += len(chunk)
        self.base += self.position
        self.position = 0
        self.data = b"".join(pieces)
        return got > 0

    def read(self, reader: Reader, index: int, source: str, out: list[Record]) -> DecodeError | None:
        """Read the messages of the window into a list; returns the error that ended the reading, if any."""
        try:
            self.position = reader(self.data, self.position, index, self.base, source, out)
        except DecodeError as error:
            self.position = error.offset - self.base
            return error
        return None

    def can_mend(self, error: DecodeError) -> bool:
        """
        Whether more data may complete the message that the window ended in. Adds that data.

        Raises:
            DecodeError: The message is longer than any message may be.

        """
        if not isinstance(error, TruncatedError):
            return False
        if len(self.data) - self.position > LONGEST:
            what = f"a message of more than {MAX_MESSAGE_BYTES} bytes"
            raise DecodeError(what, source=error.source, offset=error.offset)
        return self.grow()


def _records(window: _Window, layout: Layout, source: str) -> Iterator[list[Record]]:
    count = 0
    while True:
        records: list[Record] = []
        error = window.read(layout.reader, count, source, records)
        yield records
        count += len(records)
        if error is None:
            if not window.grow():
                return
        elif not window.can_mend(error):
            raise error


def _batches(window: _Window, source: str) -> Iterator[list[Record]]:
    while window.position < len(window.data) or window.grow():
        offset = window.base + window.position
        try:
            header, window.position = read_header(window.data, window.position, source, window.base)
        except DecodeError as error:
            if window.can_mend(error):
                continue
            raise
        yield [header_record(header, offset)]
        yield from _sized(window, first_index_of(header), source)


def _sized(window: _Window, index: int, source: str) -> Iterator[list[Record]]:
    """The messages of one batch, up to the next header or the end."""
    while True:
        records: list[Record] = []
        error = window.read(read_sized, index, source, records)
        yield records
        index += len(records)
        if error is None:
            if window.position < len(window.data) or not window.grow():
                return
        elif not window.can_mend(error):
            raise error
