"""Reads any file of OpenReplay's: a stored recording or a wire batch, compressed or not."""

import json
from pathlib import Path
from typing import TextIO

from maskproof.errors import UsageError
from maskproof.openreplay.batches import Message
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recordings import DEFAULT_LIMIT, Recording, decode_recording, unpack


def read_recording(path: Path, *, limit: int = DEFAULT_LIMIT, salvage: bool = False) -> Recording:
    """
    Decode a file of OpenReplay's.

    Raises:
        UsageError: The file cannot be read or is empty.
        DecodeError: It does not decode to the last byte.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}.") from error
    if not data:
        raise UsageError(f"{path}: the file is empty.", hint="A recording holds at least one message.")
    recording = decode_recording([unpack(data, source=str(path), limit=limit)], source=str(path), salvage=salvage)
    if not recording.messages and not recording.batches and not recording.unscanned:
        raise DecodeError("holds no message", source=str(path))
    return recording


def decode_file(path: Path, out: TextIO) -> None:
    """
    Print a file's messages as JSON lines: `{"id", "name", "index", "offset", "fields"}`.

    Raises:
        UsageError: The file cannot be read or is empty.
        DecodeError: It does not decode; what came before the place is printed.

    """
    recording = read_recording(path, salvage=True)
    batches = recording.batches
    for batch in batches:
        _print(batch.header_message, out)
        for message in batch.messages:
            _print(message, out)
    if not batches:
        for message in recording.messages:
            _print(message, out)
    for rest in recording.unscanned:
        raise DecodeError(rest.reason, source=rest.source, offset=rest.offset)


def _print(message: Message, out: TextIO) -> None:
    record = {
        "id": message.id,
        "name": message.name,
        "index": message.index,
        "offset": message.offset,
        "fields": message.fields(),
    }
    out.write(json.dumps(record, ensure_ascii=False) + "\n")
