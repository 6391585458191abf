"""Reads any OpenReplay file: a stored recording or a wire batch, compressed or not."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from maskproof.errors import UsageError
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.records import Message
from maskproof.openreplay.streams import stream_messages
from maskproof.openreplay.unpack import DEFAULT_LIMIT, unpacked

CHUNK = 1 << 16


def file_messages(paths: Sequence[Path], *, limit: int = DEFAULT_LIMIT) -> Iterator[Message]:
    """
    Yield the messages of a recording, batch headers included.

    Args:
        paths: One file, or the two files of one recording in order.
        limit: Maximum size of one file after decompression, in bytes.

    Raises:
        UsageError: A file cannot be read or is empty.
        DecodeError: The data does not decode to the last byte. Messages before the error are yielded.

    """
    source = str(paths[0])
    pieces = (piece for path in paths for piece in unpacked(_chunks(path), source=str(path), limit=limit))
    count = 0
    for message in stream_messages(pieces, source=source):
        count += 1
        yield message
    if not count:
        raise DecodeError("holds no message", source=source)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            chunk = file.read(CHUNK)
            if not chunk:
                raise UsageError(f"{path}: the file is empty.", hint="A recording holds at least one message.")
            while chunk:
                yield chunk
                chunk = file.read(CHUNK)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}.") from error


def decode_files(paths: Sequence[Path], out: TextIO) -> None:
    """
    Print messages as JSON lines: `{"id", "name", "index", "offset", "fields"}`.

    Args:
        paths: One file, or the two files of one recording in order.
        out: Stream that the lines are written to.

    Raises:
        UsageError: A file cannot be read or is empty.
        DecodeError: The data does not decode. Messages before the error are printed.

    """
    for message in file_messages(paths):
        record = {
            "id": message.id,
            "name": message.name,
            "index": message.index,
            "offset": message.offset,
            "fields": message.fields(),
        }
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
