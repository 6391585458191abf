"""
Groups files that belong together, and reads each by its content.

The two files of a recording are one group, and so are all uploads in a folder: each group is a session.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from maskproof.errors import ConfigurationError
from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.files.formats import Contents, Image, Location, read_body
from maskproof.leaks.files.formats.bodies import (
    add_recording,
    looks_like_batch,
    looks_like_recording,
    read_openreplay,
    unpacked_body,
)
from maskproof.leaks.files.formats.json_texts import check_json, looks_like_json
from maskproof.leaks.texts import Text
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recordings import Recording, Undecoded, decode_recording
from maskproof.openreplay.unpack import is_packed

FIRST, LATER = ".mobs", ".mobe"
STORED = (FIRST, LATER, ".mob")
# File names of the server's sink, before files are stored: session id, and `s` or `e` (reference 4.2).
SINK_FILE = re.compile(r"\d{15,}([se]|devtools)")
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson", ".har")
SESSION_ID = re.compile(r"\d{10,}")
HEAD = 64


@dataclass(frozen=True, slots=True)
class Item:
    """What was read from one group of files: parts of a session, texts, images; `size` is the bytes as stored."""

    source: str
    session_id: str = ""
    parts: tuple[Recording | Undecoded, ...] = ()
    texts: tuple[Text, ...] = ()
    images: tuple[Image, ...] = ()
    files: int = 1
    size: int = 0
    unscanned: tuple[str, ...] = ()


def files_under(paths: Sequence[Path]) -> list[Path]:
    """
    Every file of the given files and folders, each once; the files of a folder are sorted.

    Raises:
        ConfigurationError: A path does not exist, a folder cannot be read, or something in it is not a file.

    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(_walked(path))))
        elif path.exists():
            found[path] = None
        else:
            raise ConfigurationError(f"{path}: there is no such file or folder.")
    return list(found)


def _walked(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise _unreadable(Path(str(error.filename)), error)

    for parent, folders, names in os.walk(folder, onerror=fail):
        for name in [*(name for name in folders if Path(parent, name).is_symlink()), *names]:
            path = Path(parent, name)
            if path.is_symlink() and not path.exists():
                raise ConfigurationError(f"{path}: is a link to nowhere.", hint="Take it out, or mend it.")
            if path.is_dir():
                raise ConfigurationError(
                    f"{path}: is a link to a folder.", hint="Name that folder as well, or take the link out."
                )
            if not path.is_file():
                raise ConfigurationError(f"{path}: is no file: a pipe, a socket or a device.", hint="Take it out.")
            yield path


def grouped(files: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Group the files of one session: the two of a recording, and the uploads in one folder."""
    groups: dict[tuple[Path, str], list[Path]] = {}
    for path in files:
        groups.setdefault((path.parent, _group_of(path)), []).append(path)
    return [tuple(sorted(group, key=_order)) for group in groups.values()]


def _group_of(path: Path) -> str:
    """What the files of a group share, besides their folder."""
    if path.suffix in {FIRST, LATER}:
        return path.stem + FIRST
    if SINK_FILE.fullmatch(path.name) and path.name[-1:] in {"s", "e"}:
        return path.name[:-1] + " s and e" if not path.name.endswith("devtools") else path.name
    return "uploads" if looks_like_batch(_head(path)) else path.name


def _order(path: Path) -> tuple[int, str]:
    return (1 if path.suffix == LATER or (SINK_FILE.fullmatch(path.name) and path.name.endswith("e")) else 0), path.name


def _head(path: Path) -> bytes:
    """The first bytes of a file; empty if it cannot be read, which is reported when the file is scanned."""
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def read_item(
    paths: Sequence[Path],
    *,
    salvage: bool,
    budget: Budget,
    scan: Callable[[Sequence[Text]], None] | None = None,
) -> Item:
    """
    Read the files of one group, each by its content.

    Args:
        paths: The files, see `grouped`.
        salvage: Keep what decodes of broken files, and list the rest.
        budget: What the files may unpack to and take; where it ends, the rest is listed.
        scan: Scans some of the texts before the others are read; they are not in the item.

    Raises:
        ConfigurationError: A file cannot be read, or is empty.
        DecodeError: A file is broken, and `salvage` is off.

    """
    contents = Contents(budget, salvage=salvage, scan=scan)
    stored = [_read(path) for path in paths]
    first = paths[0]
    try:
        if _is_recording(first, stored[0]):
            _read_recording(paths, stored, contents)
        else:
            for path, data in zip(paths, stored, strict=True):
                _read_file(path, data, contents)
    except OverBudget as error:
        contents.unscanned.append(f"{contents.reading or first}: {error.message}")
    return Item(
        str(first),
        first.parent.name if SESSION_ID.fullmatch(first.parent.name) else str(first),
        tuple(contents.parts),
        tuple(contents.texts),
        tuple(contents.images),
        len(paths),
        sum(map(len, stored)),
        tuple(contents.unscanned),
    )


def _is_recording(path: Path, data: bytes) -> bool:
    return looks_like_recording(data) or path.suffix in STORED or SINK_FILE.fullmatch(path.name) is not None


def _read_recording(paths: Sequence[Path], stored: Sequence[bytes], contents: Contents) -> None:
    """Read a recording, of one file or two; bytes that do not decode are read as texts."""
    parts = list(_unpacked(paths, stored, contents))
    if parts and not contents.salvage:
        contents.parts.append(Undecoded(b"".join(parts), str(paths[0])))
    elif parts:
        add_recording(partial(decode_recording, parts), parts, Location(str(paths[0])), contents)


def _unpacked(paths: Sequence[Path], stored: Sequence[bytes], contents: Contents) -> Iterator[bytes]:
    for path, data in zip(paths, stored, strict=True):
        location = Location(str(path))
        contents.reading = location.source
        if not is_packed(data):
            yield data
            continue
        faults = len(contents.unscanned)
        body = unpacked_body(data, location, contents)
        if len(contents.unscanned) > faults:
            contents.add_text(location, data)
        if body:
            yield body


def _read_file(path: Path, stored: bytes, contents: Contents) -> None:
    """Read any other file: its bytes, and what they hold."""
    source = str(path)
    location = Location(source)
    data = next(_unpacked([path], [stored], contents), b"") if is_packed(stored) else stored
    if looks_like_batch(data) or looks_like_recording(data):
        read_openreplay(data, location, contents)
        return
    contents.add_text(location, data)
    if path.suffix in JSON_SUFFIXES:
        try:
            check_json(data, source)
        except DecodeError as error:
            contents.add_fault(error)
    read_body(data, "", Location(source, _kind(data)), contents)


def _kind(data: bytes) -> str:
    return "json" if looks_like_json(data) else "body"


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    if not data:
        raise ConfigurationError(f"{path}: the file is empty.", hint="Take it out: nothing can be said of it.")
    return data


def _unreadable(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(f"{path}: cannot be read: {error.strerror}.")
