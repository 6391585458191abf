"""Reads the request bodies of the tracker: checks, inflates and splits them."""

import json
import zlib
from typing import Any

from aiohttp import web

from maskproof.openreplay.collector.answers import error

INFLATED_LIMIT = 64 << 20
# The real service answers so to any body that it cannot read.
TOO_LARGE = 413


class Refused(Exception):  # noqa: N818 - an answer, not an error of the collector
    """
    A request that is answered with an error status.

    Args:
        status: HTTP status of the answer.
        reason: Text of the answer and of the manifest entry.

    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason

    def answer(self) -> web.Response:
        """The answer, in the form of the Go services."""
        return error(self.status, self.reason)


def inflated(request: web.Request, raw: bytes) -> bytes:
    """
    The body with its `Content-Encoding` undone.

    Args:
        request: The request, for its headers.
        raw: The body as received.

    Raises:
        Refused: The body is not encoded as its header says, or too large.

    """
    if request.headers.get("Content-Encoding", "").lower() != "gzip":
        return raw
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        body = inflater.decompress(raw, INFLATED_LIMIT)
    except zlib.error as reason:
        raise Refused(TOO_LARGE, "can't create gzip reader: invalid header") from reason
    if inflater.unconsumed_tail:
        raise Refused(TOO_LARGE, "request body inflates to more than the limit")
    if not inflater.eof:
        raise Refused(TOO_LARGE, "can't create gzip reader: unexpected EOF")
    return body


def split_of(request: web.Request, body: bytes) -> int:
    """
    Length of the player batch of a `visual` upload in bytes; 0 for other uploads.

    Args:
        request: The request, for its header and query.
        body: The inflated body.

    Raises:
        Refused: A visual upload does not give this length, or one beyond its body.

    """
    if request.headers.get("DataType") != "visual":
        return 0
    text = request.query.get("split", "")
    if not text:
        raise Refused(400, "split value is empty")
    if not text.isdecimal():
        raise Refused(400, f'strconv.Atoi: parsing "{text}": invalid syntax')
    if not 0 < int(text) <= len(body):
        raise Refused(400, "split value is out of range")
    return int(text)


async def json_of(request: web.Request) -> Any:  # noqa: ANN401 - JSON
    """The JSON of a request; None if it has none."""
    try:
        return json.loads(await request.read())
    except ValueError:
        return None
