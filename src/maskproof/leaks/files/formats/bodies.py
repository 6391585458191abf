"""
Recognises a file or a body by its content: data of OpenReplay, JSON, a form, an image, or plain bytes.

The caller adds the bytes themselves; this module adds what they hold.
"""

import io
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from maskproof.leaks.budget import OverBudget
from maskproof.leaks.files.formats.archives import archive_kind, read_archive
from maskproof.leaks.files.formats.contents import DEEPEST, Contents, Location
from maskproof.leaks.files.formats.forms import looks_urlencoded, multipart_boundary, read_multipart, read_urlencoded
from maskproof.leaks.files.formats.har import is_har, read_har
from maskproof.leaks.files.formats.http_messages import looks_like_http, read_http
from maskproof.leaks.files.formats.images import image_kind, is_frames, read_frames
from maskproof.leaks.files.formats.json_texts import looks_like_json, parse_json, read_json
from maskproof.openreplay.messages import BATCH_METADATA
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recording_layout import HEADER_V1
from maskproof.openreplay.recordings import Recording, decode_batches, decode_recording
from maskproof.openreplay.unpack import is_packed, unpacked

MARK = HEADER_V1[:3]
# A batch's version follows its id; a text that begins with the same letter goes on with letters or blanks.
VERSIONS = frozenset(range(32)) - set(b"\t\n\r")


def looks_like_batch(data: bytes) -> bool:
    """Whether data begin like an upload of the tracker, of a known or a future version; UTF-16 text does not."""
    is_text = data[1:8:2] == bytes(4)
    return data[:1] == bytes([BATCH_METADATA]) and len(data) > 1 and data[1] in VERSIONS and not is_text


def looks_like_recording(data: bytes) -> bool:
    """Whether data begin like a stored recording."""
    return data.startswith(MARK) and len(data) > len(MARK) and data[3:7] == HEADER_V1[3:7]


def read_body(data: bytes, content_type: str, location: Location, contents: Contents) -> None:
    """
    Add what a body holds.

    Args:
        data: The body as it was sent.
        content_type: Its declared type; empty without one.
        location: Its file, part and path.
        contents: Collects what is read.

    Raises:
        DecodeError: The data are broken, and salvage is off.
        OverBudget: They unpack to more than the budget, or have taken too long.

    """
    contents.budget.check()
    contents.reading = location.source
    if contents.nesting >= DEEPEST:
        contents.add_fault(DecodeError(f"bodies within bodies, {DEEPEST} deep", source=location.source))
        return
    contents.nesting += 1
    try:
        _read_known(data, content_type, location, contents)
    finally:
        contents.nesting -= 1


def _read_known(data: bytes, content_type: str, location: Location, contents: Contents) -> None:
    """Read a body of a kind that has a reader."""
    if is_packed(data):
        _read_packed(data, content_type, location, contents)
    elif looks_like_recording(data) or looks_like_batch(data):
        read_openreplay(data, location, contents)
    elif kind := image_kind(data):
        contents.add_image(location, kind, data)
    elif is_frames(data):
        read_frames(data, location, contents)
    elif archive := archive_kind(data):
        read_archive(data, archive, location, contents, read_body)
    elif looks_like_http(data):
        read_http(data, location, contents, read_body)
    elif boundary := multipart_boundary(data, content_type):
        read_multipart(data, boundary, location, contents, read_body)
    elif looks_like_json(data):
        _read_json(data, location, contents)
    elif looks_urlencoded(data, content_type):
        read_urlencoded(data, location, contents)


def _read_json(data: bytes, location: Location, contents: Contents) -> None:
    har = _har_of(data)
    if har is None:
        read_json(data, location, contents)
    else:
        read_har(har, location.source, contents, read_body)


def _har_of(data: bytes) -> dict[str, Any] | None:
    """The HAR in data; none of any other JSON, which takes much memory and is parsed again where it is read."""
    try:
        document = parse_json(data)
    except ValueError:
        return None
    return document if is_har(document) else None


def _read_packed(data: bytes, content_type: str, location: Location, contents: Contents) -> None:
    body = unpacked_body(data, location, contents)
    contents.add_text(location, body)
    if body and not is_packed(body):
        read_body(body, content_type, location, contents)


def unpacked_body(data: bytes, location: Location, contents: Contents) -> bytes:
    """
    What zstd or gzip unpack to; of broken data what comes before the fault.

    Args:
        data: The packed data.
        location: Its file, part and path.
        contents: Has the budget, and takes the fault.

    Raises:
        DecodeError: The data are broken, and salvage is off.
        OverBudget: They unpack to more than the budget; what comes before is added as a text.

    """
    made = io.BytesIO()
    try:
        for piece in unpacked([data], source=location.source, limit=sys.maxsize):
            made.write(piece)
            contents.budget.spend(len(piece))
    except OverBudget:
        contents.add_text(location, made.getvalue())
        raise
    except DecodeError as error:
        contents.add_fault(error)
    return made.getvalue()


def read_openreplay(data: bytes, location: Location, contents: Contents) -> None:
    """
    Add a recording or an upload; bytes that do not decode are added as texts.

    Args:
        data: The recording or upload, unpacked.
        location: Its file, part and path.
        contents: Collects what is read.

    Raises:
        DecodeError: The data are broken, and salvage is off.

    """
    decode = partial(decode_batches, data) if looks_like_batch(data) else partial(decode_recording, [data])
    add_recording(decode, [data], location, contents)


def add_recording(
    decode: Callable[..., Recording], pieces: Sequence[bytes], location: Location, contents: Contents
) -> None:
    """
    Add what decodes; bytes that do not decode are added as texts.

    Args:
        decode: Decodes the pieces, given their name (`source`) and whether to `salvage`.
        pieces: The unpacked data, of one file or of two that belong together.
        location: Its file, part and path.
        contents: Collects what is read.

    Raises:
        DecodeError: The data are broken, and salvage is off.

    """
    try:
        recording = decode(source=location.source, salvage=contents.salvage)
    except DecodeError as error:
        contents.add_fault(error)
        for piece in pieces:
            contents.add_text(location, piece)
        return
    if not recording.messages and not recording.batches and not recording.unscanned:
        contents.add_fault(DecodeError("holds no message", source=location.source))
    contents.parts.append(recording)
    data = b"".join(pieces) if recording.unscanned else b""
    for rest in recording.unscanned:
        contents.add_text(location, data[rest.offset : rest.offset + rest.length], rest.offset)
