"""Every string and number of JSON and of JSON lines, with the path to it."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from maskproof.leaks.files.formats.contents import Contents, Location
from maskproof.openreplay.primitives import DecodeError

OPENING = (b"{", b"[")
BOM = b"\xef\xbb\xbf"


def looks_like_json(data: bytes) -> bool:
    """Whether data begin like a JSON object or list."""
    return data.removeprefix(BOM).lstrip()[:1] in OPENING


def parse_json(data: bytes | str) -> Any:  # noqa: ANN401 - JSON
    """
    Parse JSON; numbers stay texts.

    Raises:
        ValueError: The data are not JSON, or nested too deeply.

    """
    try:
        return json.loads(data, parse_int=str, parse_float=str)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def json_documents(data: bytes) -> Iterator[tuple[int, Any]]:
    """
    The documents of JSON or JSON lines, each with the offset of its line in bytes.

    Lines that are not JSON are skipped: the caller scans the bytes, too.
    """
    data = data.removeprefix(BOM)
    try:
        yield 0, parse_json(data)
    except ValueError:
        yield from _lines(data)


def _lines(data: bytes) -> Iterator[tuple[int, Any]]:
    offset = 0
    for line in data.splitlines(keepends=True):
        if looks_like_json(line):
            with suppress(ValueError):
                yield offset, parse_json(line)
        offset += len(line)


def read_json(data: bytes, location: Location, contents: Contents) -> None:
    """
    Add every string, number and key, each document below its number.

    Args:
        data: JSON or JSON lines.
        location: Its file, part and path.
        contents: Collects what is read.

    """
    for number, (offset, document) in enumerate(json_documents(data)):
        add_strings(document, location.at(number), contents, offset=offset)


def check_json(data: bytes, source: str) -> None:
    """
    Check that data are JSON, or JSON in every line.

    Args:
        data: The data.
        source: Path of the file, for the error.

    Raises:
        DecodeError: A line is not JSON.

    """
    data = data.removeprefix(BOM)
    offset = 0
    try:
        parse_json(data)
    except ValueError as whole:
        for line in data.splitlines(keepends=True):
            try:
                parse_json(line) if line.strip() else None
            except ValueError as error:
                what = f"not JSON ({str(whole if not offset else error).partition(':')[0]})"
                raise DecodeError(what, source=source, offset=offset) from None
            offset += len(line)


def add_strings(value: Any, location: Location, contents: Contents, *, offset: int = 0) -> None:  # noqa: ANN401 - JSON
    """
    Add every string and key of a parsed document; pairs of `name` and `value` go by their name.

    Args:
        value: The document.
        location: Its file, part and path.
        contents: Collects what is read.
        offset: Byte of the document in its file.

    """
    waiting: list[Iterator[tuple[Any, Location]]] = [iter([(value, location)])]
    while waiting:
        node, at = next(waiting[-1], (None, None))
        if at is None:
            waiting.pop()
        elif isinstance(node, str):
            contents.add_text(at, node, offset)
        elif isinstance(node, dict):
            waiting.append(_members(node, at))
        elif isinstance(node, list):
            waiting.append(_entries(node, at))


def _members(node: dict[str, Any], at: Location) -> Iterator[tuple[Any, Location]]:
    """Each key and its value."""
    for key, inner in node.items():
        yield key, at.at("(key)")
        yield inner, at.at(key)


def _entries(node: list[Any], at: Location) -> Iterator[tuple[Any, Location]]:
    """Each entry."""
    for number, inner in enumerate(node):
        yield inner, at.at(_name_of(inner, number))


def _name_of(value: object, number: int) -> object:
    """The name of a list's entry: its `name` if it is a pair of name and value, else its number."""
    if isinstance(value, dict) and isinstance(value.get("name"), str) and "value" in value:
        return value["name"] or number
    return number
