"""Reads the frames of recorded canvases, as the server's canvas service does (1.7)."""

import re
from email.parser import BytesParser
from email.policy import HTTP

FRAMES = "frames"
# `<ms of the canvas>_<its node>.webp.frames`: the name of a file, so nothing else is taken.
NAME = re.compile(r"\d+_\d+\.webp\.frames")
MULTIPART = "multipart/form-data"


def frames_of(content_type: str, body: bytes) -> dict[str, bytes]:
    """
    The frames of an upload, by the name of the file that they are kept in.

    Args:
        content_type: Content type of the upload, with its boundary.
        body: The upload.

    """
    if not content_type.startswith(MULTIPART):
        return {}
    form = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    found: dict[str, bytes] = {}
    for part in form.iter_parts() if form.is_multipart() else ():
        name = part.get_filename() or ""
        if part.get_param("name", header="content-disposition") == FRAMES and NAME.fullmatch(name):
            content = part.get_payload(decode=True)
            found[name] = found.get(name, b"") + (content if isinstance(content, bytes) else b"")
    return found
