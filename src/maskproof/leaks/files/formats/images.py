"""Images told by their first bytes, and the frames of a recorded canvas (reference 1.7)."""

import struct

from maskproof.leaks.files.formats.contents import Contents, Place
from maskproof.openreplay.primitives import DecodeError

FRAME_HEAD = struct.Struct("<QI")
RIFF, WEBP = b"RIFF", b"WEBP"
MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif"}


def image_kind(data: bytes) -> str:
    """What kind of image data are; empty for anything else."""
    if data[:4] == RIFF and data[8:12] == WEBP:
        return "webp"
    return next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), "")


def is_frames(data: bytes) -> bool:
    """Whether data are the frames of a canvas: time, size and image, again and again."""
    return image_kind(data[FRAME_HEAD.size : FRAME_HEAD.size + 12]) == "webp"


def read_frames(data: bytes, place: Place, contents: Contents) -> None:
    """
    Add each frame as an image.

    Raises:
        DecodeError: A size does not fit.

    """
    position = number = 0
    while position < len(data):
        head = data[position : position + FRAME_HEAD.size]
        time_ms, size = FRAME_HEAD.unpack(head) if len(head) == FRAME_HEAD.size else (0, len(data))
        start = position + FRAME_HEAD.size
        if start + size > len(data):
            what = f"canvas frame {number} says {size} bytes, {max(len(data) - start, 0)} are left"
            contents.add_fault(DecodeError(what, source=place.source, offset=position))
            return
        frame = data[start : start + size]
        contents.add_image(place.at(f"frame {number}"), image_kind(frame) or "unknown", frame, time_ms)
        position, number = start + size, number + 1
