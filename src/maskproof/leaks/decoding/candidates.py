"""Bytes that may be a decoded text."""

from typing import NamedTuple


class Candidate(NamedTuple):
    """
    Bytes that may be a decoded text.

    Attributes:
        encoding: Its encoding.
        chunk: Index of the text that it came from.
        offset: Where it begins there.
        data: The decoded bytes.
        is_whole: All of a field, token or run was decoded, so it may be a digest or a body of its own.
        is_likely: Plain text hardly looks like this, so it is looked up among hashes of hashes.
        is_digest: It can be nothing but a digest, so nothing is packed in it.
        plain: What was decoded, where a decoder keeps plain text: what already stands there is nothing new.

    """

    encoding: str
    chunk: int
    offset: int
    data: bytes
    is_whole: bool = True
    is_likely: bool = True
    is_digest: bool = False
    plain: bytes = b""
