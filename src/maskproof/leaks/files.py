"""Files and folders as texts to scan: what each is, is told by its content."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maskproof.errors import ConfigurationError
from maskproof.leaks.texts import Text
from maskproof.openreplay.batches import Batch
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recordings import HEADER_FD, HEADER_V1, HEADER_V2, Recording, decode_recording, unpack

BATCH_START = b"\x51"
# A batch header ends with the address of its page.
ADDRESS = b"://"
HEAD = 200
RECORDING_HEADERS = (HEADER_V1, HEADER_V2, HEADER_FD)
FIRST, LATER = ".mobs", ".mobe"
MANIFESTS = frozenset({"manifest.jsonl", "manifest.json"})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to scan: decoded parts of a session, or texts; `size` is bytes as stored."""

    source: str
    parts: tuple[Batch | Recording, ...] = ()
    texts: tuple[Text, ...] = ()
    size: int = 0
    unscanned: tuple[str, ...] = ()


def files_under(paths: Sequence[Path]) -> list[Path]:
    """
    Every file of the given files and folders, sorted; none twice.

    Raises:
        ConfigurationError: A path is not there.

    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update((one, None) for one in sorted(path.rglob("*")) if one.is_file())
        elif path.is_file():
            found[path] = None
        else:
            raise ConfigurationError(f"{path}: there is no such file or folder.")
    return list(found)


def read_items(files: Sequence[Path], *, salvage: bool, limit: int) -> Iterator[Item]:
    """
    Read each file as what it is; the late part of a recording goes with its first.

    Args:
        files: What to read.
        salvage: Keep what decodes of a broken recording, and name the rest.
        limit: The most bytes that one may unpack to.

    Raises:
        ConfigurationError: A file cannot be read, or is empty.
        DecodeError: A recording or batch is broken, and `salvage` is off.

    """
    known = set(files)
    for path in files:
        if path.suffix == LATER and path.with_suffix(FIRST) in known:
            continue
        later = path.with_suffix(LATER)
        parts = [path, later] if path.suffix == FIRST and later in known else [path]
        yield _item(parts, salvage=salvage, limit=limit)


def _item(paths: Sequence[Path], *, salvage: bool, limit: int) -> Item:
    stored = [_read(path) for path in paths]
    size = sum(map(len, stored))
    source = str(paths[0])
    try:
        data = [unpack(one, source=source, limit=limit) for one in stored]
    except DecodeError as error:
        if not salvage:
            raise
        return Item(source, texts=(_bytes(source, stored[0]),), size=size, unscanned=(str(error).splitlines()[0],))
    if data[0].startswith(RECORDING_HEADERS) or paths[0].suffix in {FIRST, ".mob"}:
        recording = decode_recording(data, source=source, salvage=salvage)
        return Item(
            source, (recording,), tuple(_bytes(source, one) for one in data) if recording.unscanned else (), size
        )
    if data[0].startswith(BATCH_START):
        return _batches(source, data[0], size, salvage=salvage)
    return Item(source, texts=tuple(_texts(source, data[0])), size=size)


def _batches(source: str, data: bytes, size: int, *, salvage: bool) -> Item:
    """One wire batch, or several one behind the other; what only begins like one is scanned as bytes."""
    raw = (_bytes(source, data),)
    try:
        return Item(source, (decode_recording([HEADER_V2 + data], source=source),), raw, size)
    except DecodeError as error:
        if ADDRESS not in data[:HEAD]:
            return Item(source, (), raw, size)
        if not salvage:
            raise
        reason = str(error).splitlines()[0]
    try:
        return Item(source, (decode_recording([HEADER_V2 + data], source=source, salvage=True),), raw, size)
    except DecodeError:
        return Item(source, (), raw, size, (reason,))


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}.") from error
    if not data:
        raise ConfigurationError(f"{path}: the file is empty.", hint="Take it out: nothing can be said of it.")
    return data


def _texts(source: str, data: bytes) -> Iterator[Text]:
    """The bytes as they are, and every string of what is JSON or JSON lines (a HAR is JSON)."""
    yield _bytes(source, data)
    for number, document in enumerate(_documents(data)):
        yield from _strings(source, document, f"{number}")


def _documents(data: bytes) -> list[Any]:
    if data.lstrip()[:1] not in {b"{", b"["}:
        return []
    try:
        return [json.loads(data)]
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    except ValueError:
        return []


def _strings(source: str, value: Any, way: str) -> Iterator[Text]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        yield Text(source, "json", way, value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _strings(source, one, f"{way}.{key}")
            yield Text(source, "json", f"{way} (key)", str(key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _strings(source, one, f"{way}.{number}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield Text(source, "json", way, str(value))


def _bytes(source: str, data: bytes) -> Text:
    return Text(source, "", "", data)
