"""Images, recognised by their first bytes, and the frames of a recorded canvas (reference 1.7)."""

import struct

from maskproof.leaks.files.formats.contents import Contents, Location
from maskproof.openreplay.primitives import DecodeError

FRAME_HEAD = struct.Struct("<QI")
RIFF, WEBP = b"RIFF", b"WEBP"
MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif"}


def image_kind(data: bytes) -> str:
    """The format of an image, e.g. `png`; empty for anything else."""
    if data[:4] == RIFF and data[8:12] == WEBP:
        return "webp"
    return next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), "")


def is_frames(data: bytes) -> bool:
    """Whether data are the frames of a canvas: time, size and image of each."""
    return image_kind(data[FRAME_HEAD.size : FRAME_HEAD.size + 12]) == "webp"


def read_frames(data: bytes, location: Location, contents: Contents) -> None:
    """
    Add each frame as an image.

    Args:
        data: The frames.
        location: Its file, part and path.
        contents: Collects what is read.

    Raises:
        DecodeError: A frame is longer than the data, and salvage is off.

    """
    position = number = 0
    while position < len(data):
        head = data[position : position + FRAME_HEAD.size]
        time_ms, size = FRAME_HEAD.unpack(head) if len(head) == FRAME_HEAD.size else (0, len(data))
        start = position + FRAME_HEAD.size
        if start + size > len(data):
            what = f"canvas frame {number} says {size} bytes, {max(len(data) - start, 0)} are left"
            contents.add_fault(DecodeError(what, source=location.source, offset=position))
            return
        frame = data[start : start + size]
        contents.add_image(location.at(f"frame {number}"), image_kind(frame) or "unknown", frame, time_ms)
        position, number = start + size, number + 1
