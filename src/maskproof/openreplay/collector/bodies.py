"""Reads the request bodies of the tracker: checks, inflates and splits them."""

import zlib

from aiohttp import web

INFLATED_LIMIT = 64 << 20


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
        return web.json_response({"error": self.reason}, status=self.status)


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
    except zlib.error as error:
        raise Refused(400, "body is not gzip") from error
    if inflater.unconsumed_tail:
        raise Refused(413, "request body inflates to more than the limit")
    if not inflater.eof:
        raise Refused(400, "gzip body ends early")
    return body


def split_of(request: web.Request) -> int:
    """
    Length of the player batch of a `visual` upload in bytes; 0 for other uploads.

    Raises:
        Refused: A visual upload does not give this length.

    """
    if request.headers.get("DataType") != "visual":
        return 0
    text = request.query.get("split", "")
    if not text.isdecimal() or not int(text):
        raise Refused(400, "visual upload without a split")
    return int(text)
