"""Bodies of forms: the decoded parts of multipart, and URL-encoded parameters, each with its name."""

import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from urllib.parse import parse_qsl

from maskproof.leaks.files.formats.contents import Contents, Location, ReadBody
from maskproof.openreplay.primitives import DecodeError

BOUNDARY_LINE = re.compile(rb"(?:\r?\n)?--([^\s\"\x00-\x1f\x7f-\xff][^\r\n\x00-\x08\x7f-\xff]{0,69})\r?\n")
PART_HEAD = re.compile(rb"^content-disposition:", re.IGNORECASE | re.MULTILINE)
HEAD = 4096
# The parameters of a longer header are not read: that takes the square of its length.
LONGEST_HEADER = 4096
PARAMETER = rb"[\w.\-~%+*\[\]$:!'(),;/@]+"
URLENCODED = re.compile(PARAMETER + rb"=[^\s<>\"{}&=]*={0,2}(?:&" + PARAMETER + rb"(?:=[^\s<>\"{}&]*)?)*&?\s*")


def multipart_boundary(data: bytes, content_type: str) -> bytes:
    """
    The boundary of a multipart body.

    Args:
        data: The body.
        content_type: Its declared type; empty without one.

    Returns:
        The boundary of the type, or else of the first line; empty if the body is not multipart.

    """
    if content_type.lower().startswith("multipart/") and len(content_type) <= LONGEST_HEADER:
        header = Message()
        header["Content-Type"] = content_type
        boundary = header.get_boundary("")
        if boundary:
            return boundary.encode("latin-1", "replace")
    match = BOUNDARY_LINE.match(data)
    return match[1] if match and PART_HEAD.search(data[:HEAD]) else b""


def ends_with_boundary(data: bytes, boundary: bytes) -> bool:
    """
    Whether a multipart body has its last boundary.

    Args:
        data: The body.
        boundary: Its boundary, without hyphens before it.

    """
    return b"--" + boundary + b"--" in data


def read_multipart(data: bytes, boundary: bytes, location: Location, contents: Contents, read_body: ReadBody) -> None:
    """
    Add the headers and the decoded body of each part, below the name of the part.

    Args:
        data: The multipart body.
        boundary: Its boundary, without hyphens before it.
        location: Its file, part and path.
        contents: Collects what is read.
        read_body: Reads the body of a part.

    Raises:
        DecodeError: It has no part or no last boundary, and salvage is off.

    """
    parts = list(_parts_of(data, boundary))
    if not parts or not ends_with_boundary(data, boundary):
        what = "multipart body does not come to its last boundary" if parts else "multipart body without a part"
        contents.add_fault(DecodeError(what, source=location.source))
    for number, part in enumerate(parts):
        message = BytesParser(policy=policy.compat32).parsebytes(part, headersonly=True)
        _read_part(message, number, location, contents, read_body)


def _parts_of(data: bytes, boundary: bytes) -> Iterator[bytes]:
    """The parts between boundaries; what stands before the first and behind the last is none (RFC 2046, 5.1.1)."""
    marks = list(re.finditer(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|$)", data))
    for place, mark in enumerate(marks):
        if mark[1]:
            return
        part = data[mark.end() : marks[place + 1].start() if place + 1 < len(marks) else None]
        yield part.removeprefix(b"\r").removeprefix(b"\n")


def _read_part(message: Message, number: int, location: Location, contents: Contents, read_body: ReadBody) -> None:
    """Add the headers and the body of a part; parts within it are read as a body."""
    disposition = str(message.get("Content-Disposition", ""))
    name = message.get_param("name", header="content-disposition") if len(disposition) <= LONGEST_HEADER else None
    at = location.at(name if isinstance(name, str) and name else number)
    for header, value in message.items():
        contents.add_text(at.at(header), str(value))
    body = message.get_payload(decode=True)
    if isinstance(body, bytes):
        contents.add_text(at, body)
        read_body(body, str(message.get("Content-Type", "")), at, contents)


def looks_urlencoded(data: bytes, content_type: str) -> bool:
    """
    Whether a body is URL-encoded parameters, by its type or by its form.

    Args:
        data: The body.
        content_type: Its declared type; empty without one.

    """
    if "x-www-form-urlencoded" in content_type.lower():
        return True
    return URLENCODED.fullmatch(data) is not None


def read_urlencoded(data: bytes, location: Location, contents: Contents) -> None:
    """
    Add each parameter below its name.

    Args:
        data: The URL-encoded parameters.
        location: Its file, part and path.
        contents: Collects what is read.

    """
    for name, value in parse_qsl(data.decode("utf-8", "replace").strip(), keep_blank_values=True):
        contents.add_text(location.at(name), value)
        contents.add_text(location.at("(name)"), name)
