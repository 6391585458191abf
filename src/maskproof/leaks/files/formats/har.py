"""
HAR files: the requests and responses of a browser.

Headers, cookies and parameters keep their names. Bodies are read by their content, also those in base64.
"""

import base64
import binascii
from pathlib import Path
from typing import Any, TypeGuard
from urllib.parse import parse_qsl, urlsplit

from maskproof.leaks.files.formats.contents import Contents, Location, ReadBody
from maskproof.leaks.files.formats.json_texts import add_strings
from maskproof.openreplay.primitives import DecodeError

SIDES = ("request", "response")
BODIES = {"request": "postData", "response": "content"}


def is_har(document: Any) -> TypeGuard[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Whether a parsed document is a HAR."""
    log = document.get("log") if isinstance(document, dict) else None
    return isinstance(log, dict) and isinstance(log.get("entries"), list)


def read_har(document: dict[str, Any], source: str, contents: Contents, read_body: ReadBody) -> None:
    """
    Add everything that a HAR holds.

    Args:
        document: The parsed HAR.
        source: Path of the file.
        contents: Collects what is read.
        read_body: Reads a body.

    Raises:
        DecodeError: A body is broken or missing, and salvage is off.

    """
    log = document["log"]
    add_strings({**document, "log": {**log, "entries": []}}, Location(source, "har"), contents)
    for number, entry in enumerate(log["entries"]):
        if not isinstance(entry, dict):
            add_strings(entry, Location(source, "har", f"entries.{number}"), contents)
            continue
        rest = {name: value for name, value in entry.items() if name not in SIDES}
        add_strings(rest, Location(source, "har", f"entries.{number}"), contents)
        for side in SIDES:
            location = Location(source, side, f"entries.{number}", is_received=side == "response")
            _read_side(side, entry.get(side), location, contents, read_body)


def _read_side(
    side: str,
    value: Any,  # noqa: ANN401 - JSON
    location: Location,
    contents: Contents,
    read_body: ReadBody,
) -> None:
    if not isinstance(value, dict):
        add_strings(value, location, contents)
        return
    body = value.get(BODIES[side])
    add_strings({name: field for name, field in value.items() if name != BODIES[side]}, location, contents)
    url = value.get("url")
    if isinstance(url, str):
        for name, parameter in _query(url):
            contents.add_text(location.at("url").at(name), parameter)
    if isinstance(body, dict):
        _read_content(body, location.at("body"), contents, read_body)
    else:
        add_strings(body, location.at("body"), contents)


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        return []


def _read_content(body: dict[str, Any], location: Location, contents: Contents, read_body: ReadBody) -> None:
    text = body.get("text")
    add_strings({name: value for name, value in body.items() if name != "text"}, location, contents)
    if isinstance(body.get("_file"), str):
        _read_attached(Path(body["_file"]), str(body.get("mimeType", "")), location, contents, read_body)
    if not isinstance(text, str) or not text:
        return
    contents.add_text(location, text)
    data = _decoded(body, text, location, contents)
    read_body(data, str(body.get("mimeType", "")), location, contents)


def _read_attached(file: Path, content_type: str, location: Location, contents: Contents, read_body: ReadBody) -> None:
    """Read a body that has its own file beside the HAR; in an archive that file is read as a member."""
    if contents.depth:
        return
    beside = Path(location.source).parent / file.name
    if len(file.parts) != 1 or not beside.is_file():
        contents.add_fault(
            DecodeError(f"{location.field}: its body is in a file that is not here", source=location.source)
        )
        return
    data = beside.read_bytes()
    contents.add_text(location, data)
    read_body(data, content_type, location, contents)


def _decoded(body: dict[str, Any], text: str, location: Location, contents: Contents) -> bytes:
    if body.get("encoding") != "base64" and body.get("_encoding") != "base64":
        return text.encode("utf-8", "surrogatepass")
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        contents.add_fault(DecodeError(f"{location.field}: not base64 ({error})", source=location.source))
        return b""
    contents.add_text(location, data)
    return data
