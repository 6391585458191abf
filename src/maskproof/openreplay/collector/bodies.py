"""Request bodies of the tracker: refused, inflated, cut."""

import zlib

from aiohttp import web

INFLATED_LIMIT = 64 << 20


class Refused(Exception):  # noqa: N818 - an answer, not a fault of ours
    """A request that is answered with an error status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason

    def answer(self) -> web.Response:
        """The answer as the Go services write it."""
        return web.json_response({"error": self.reason}, status=self.status)


def inflated(request: web.Request, raw: bytes) -> bytes:
    """
    The body without its `Content-Encoding`.

    Raises:
        Refused: It is not what its header says, or too large.

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
    Where a `visual` upload is cut; 0 for all others.

    Raises:
        Refused: A visual upload does not say it.

    """
    if request.headers.get("DataType") != "visual":
        return 0
    text = request.query.get("split", "")
    if not text.isdecimal() or not int(text):
        raise Refused(400, "visual upload without a split")
    return int(text)
