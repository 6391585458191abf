"""
What a file or a body is, told by its content: OpenReplay's, JSON, a form, an image, or just bytes.

The bytes themselves are added by the caller; here comes what is in them.
"""

from collections.abc import Callable, Sequence
from functools import partial

from maskproof.leaks.files.formats.archives import archive_kind, read_archive
from maskproof.leaks.files.formats.contents import Contents, Place
from maskproof.leaks.files.formats.forms import looks_urlencoded, multipart_boundary, read_multipart, read_urlencoded
from maskproof.leaks.files.formats.har import is_har, read_har
from maskproof.leaks.files.formats.http_messages import looks_like_http, read_http
from maskproof.leaks.files.formats.images import image_kind, is_frames, read_frames
from maskproof.leaks.files.formats.json_texts import looks_like_json, parse_json, read_json
from maskproof.openreplay.messages import BATCH_METADATA
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recording_layout import HEADER_V1
from maskproof.openreplay.recordings import Recording, decode_batches, decode_recording
from maskproof.openreplay.unpack import is_packed, salvaged, unpack

MARK = HEADER_V1[:3]
# A batch's version follows its id at once; a text that begins with the same letter goes on with letters or blanks.
VERSIONS = frozenset(range(32)) - set(b"\t\n\r")


def looks_like_batch(data: bytes) -> bool:
    """Whether data begin as an upload of the tracker does, of a known version or of one to come; UTF-16 does not."""
    is_text = data[1:8:2] == bytes(4)
    return data[:1] == bytes([BATCH_METADATA]) and len(data) > 1 and data[1] in VERSIONS and not is_text


def looks_like_recording(data: bytes) -> bool:
    """Whether data begin as a stored recording does."""
    return data.startswith(MARK) and len(data) > len(MARK) and data[3:7] == HEADER_V1[3:7]


def read_body(data: bytes, content_type: str, place: Place, contents: Contents) -> None:
    """
    Add what is in a body.

    Args:
        data: The body, as it came.
        content_type: Its declared type, if any.
        place: Where it stands.
        contents: What grows.

    Raises:
        DecodeError: It is broken, and nothing is to be salvaged.

    """
    if is_packed(data):
        _read_packed(data, content_type, place, contents)
    elif looks_like_recording(data) or looks_like_batch(data):
        read_openreplay(data, place, contents)
    elif kind := image_kind(data):
        contents.add_image(place, kind, data)
    elif is_frames(data):
        read_frames(data, place, contents)
    elif archive := archive_kind(data):
        read_archive(data, archive, place, contents, read_body)
    elif looks_like_http(data):
        read_http(data, place, contents, read_body)
    elif boundary := multipart_boundary(data, content_type):
        read_multipart(data, boundary, place, contents, read_body)
    elif looks_like_json(data):
        _read_json(data, place, contents)
    elif looks_urlencoded(data, content_type):
        read_urlencoded(data, place, contents)


def _read_json(data: bytes, place: Place, contents: Contents) -> None:
    try:
        document = parse_json(data)
    except ValueError:
        document = None
    if is_har(document):
        read_har(document, place.source, contents, read_body)
    else:
        read_json(data, place, contents)


def _read_packed(data: bytes, content_type: str, place: Place, contents: Contents) -> None:
    try:
        unpacked = unpack(data, source=place.source, limit=contents.limit)
    except DecodeError as error:
        contents.add_fault(error)
        unpacked = salvaged(data, limit=contents.limit)
    contents.add_text(place, unpacked)
    if unpacked and not is_packed(unpacked):
        read_body(unpacked, content_type, place, contents)


def read_openreplay(data: bytes, place: Place, contents: Contents) -> None:
    """
    Add a recording or an upload; of broken ones the bytes that do not decode as texts.

    Raises:
        DecodeError: It is broken, and nothing is to be salvaged.

    """
    decode = partial(decode_batches, data) if looks_like_batch(data) else partial(decode_recording, [data])
    add_recording(decode, [data], place, contents)


def add_recording(decode: Callable[..., Recording], pieces: Sequence[bytes], place: Place, contents: Contents) -> None:
    """
    Add what decodes; of what is broken the bytes as texts.

    Args:
        decode: Decodes the pieces, given what to call them (`source`) and whether to `salvage`.
        pieces: The unpacked data, of one file or of two that belong together.
        place: Where they stand.
        contents: What grows.

    Raises:
        DecodeError: It is broken, and nothing is to be salvaged.

    """
    try:
        recording = decode(source=place.source, salvage=contents.salvage)
    except DecodeError as error:
        contents.add_fault(error)
        for piece in pieces:
            contents.add_text(place, piece)
        return
    if not recording.messages and not recording.batches and not recording.unscanned:
        contents.add_fault(DecodeError("holds no message", source=place.source))
    contents.parts.append(recording)
    data = b"".join(pieces) if recording.unscanned else b""
    for one in recording.unscanned:
        contents.add_text(place, data[one.offset : one.offset + one.length], one.offset)
