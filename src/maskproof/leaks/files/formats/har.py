"""
HAR: what a browser sent and got, request by request.

Headers, cookies and parameters are named by their name; bodies are read as what they are, also those in base64.
"""

import base64
import binascii
from pathlib import Path
from typing import Any, TypeGuard
from urllib.parse import parse_qsl, urlsplit

from maskproof.leaks.files.formats.contents import Contents, Place, ReadBody
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

    Raises:
        DecodeError: A body is broken, and nothing is to be salvaged.

    """
    log = document["log"]
    add_strings({**document, "log": {**log, "entries": []}}, Place(source, "har"), contents)
    for number, entry in enumerate(log["entries"]):
        if not isinstance(entry, dict):
            add_strings(entry, Place(source, "har", f"entries.{number}"), contents)
            continue
        rest = {name: value for name, value in entry.items() if name not in SIDES}
        add_strings(rest, Place(source, "har", f"entries.{number}"), contents)
        for side in SIDES:
            place = Place(source, side, f"entries.{number}", is_received=side == "response")
            _read_side(side, entry.get(side), place, contents, read_body)


def _read_side(
    side: str,
    value: Any,  # noqa: ANN401 - JSON
    place: Place,
    contents: Contents,
    read_body: ReadBody,
) -> None:
    if not isinstance(value, dict):
        add_strings(value, place, contents)
        return
    body = value.get(BODIES[side])
    add_strings({name: one for name, one in value.items() if name != BODIES[side]}, place, contents)
    url = value.get("url")
    if isinstance(url, str):
        for name, one in _query(url):
            contents.add_text(place.at("url").at(name), one)
    if isinstance(body, dict):
        _read_content(body, place.at("body"), contents, read_body)
    else:
        add_strings(body, place.at("body"), contents)


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        return []


def _read_content(body: dict[str, Any], place: Place, contents: Contents, read_body: ReadBody) -> None:
    text = body.get("text")
    add_strings({name: value for name, value in body.items() if name != "text"}, place, contents)
    if isinstance(body.get("_file"), str):
        _read_attached(Path(body["_file"]), str(body.get("mimeType", "")), place, contents, read_body)
    if not isinstance(text, str) or not text:
        return
    contents.add_text(place, text)
    data = _decoded(body, text, place, contents)
    read_body(data, str(body.get("mimeType", "")), place, contents)


def _read_attached(file: Path, content_type: str, place: Place, contents: Contents, read_body: ReadBody) -> None:
    """A body that is kept in a file of its own, beside the HAR and nowhere else; in an archive it is read by itself."""
    if contents.depth:
        return
    beside = Path(place.source).parent / file.name
    if len(file.parts) != 1 or not beside.is_file():
        contents.add_fault(DecodeError(f"{place.field}: its body is in a file that is not here", source=place.source))
        return
    data = beside.read_bytes()
    contents.add_text(place, data)
    read_body(data, content_type, place, contents)


def _decoded(body: dict[str, Any], text: str, place: Place, contents: Contents) -> bytes:
    if body.get("encoding") != "base64" and body.get("_encoding") != "base64":
        return text.encode("utf-8", "surrogatepass")
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        contents.add_fault(DecodeError(f"{place.field}: not base64 ({error})", source=place.source))
        return b""
    contents.add_text(place, data)
    return data
