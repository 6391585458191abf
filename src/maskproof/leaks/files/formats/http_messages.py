"""HTTP requests and responses, as on the wire or in a log: a head, and a body of a declared type."""

import re
from dataclasses import replace
from email import policy
from email.message import Message
from email.parser import BytesParser

from maskproof.leaks.files.formats.contents import Contents, Location, ReadBody
from maskproof.leaks.files.formats.forms import ends_with_boundary, multipart_boundary
from maskproof.openreplay.unpack import is_packed

FIRST_LINE = re.compile(rb"(?:[A-Z]{3,16} \S+ HTTP/\d(?:\.\d)?|(HTTP/\d(?:\.\d)? \d{3}[^\r\n]*))\r?\n")
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]*\r\n")


def looks_like_http(data: bytes) -> bool:
    """Whether data begin like a request or a response."""
    return FIRST_LINE.match(data) is not None


def read_http(data: bytes, location: Location, contents: Contents, read_body: ReadBody) -> None:
    """
    Add the body of a message; of a packed, cut or continued body only the bytes.

    A log does not say where a body ends. So packed bodies are left to the search, which unpacks by magic bytes.

    Args:
        data: The message.
        location: Its file, part and path.
        contents: Collects what is read.
        read_body: Reads the body.

    Raises:
        DecodeError: The body is broken, and salvage is off.

    """
    first, end = FIRST_LINE.match(data), END_OF_HEAD.search(data)
    if first is None or end is None:
        return
    head: Message = BytesParser(policy=policy.compat32).parsebytes(data[first.end() : end.end()], headersonly=True)
    body = data[end.end() :]
    if "chunked" in str(head.get("Transfer-Encoding", "")).lower():
        body = _joined_chunks(body)
    kind = str(head.get("Content-Type", ""))
    at = replace(location.at("body"), is_received=location.is_received or first[1] is not None)
    contents.add_text(at, body)
    boundary = multipart_boundary(body, kind)
    if not is_packed(body) and (not boundary or ends_with_boundary(body, boundary)):
        read_body(body, kind, at, contents)


def _joined_chunks(body: bytes) -> bytes:
    """The data of a chunked body; the body itself if it is not chunked."""
    pieces, at = [], 0
    while (match := CHUNK.match(body, at)) is not None and (size := int(match[1], 16)):
        pieces.append(body[match.end() : match.end() + size])
        at = match.end() + size + 2
    return b"".join(pieces) or body
