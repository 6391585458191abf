"""
Batches as the tracker uploads them: a header (BatchMetadata), then sized messages (reference 2.2).

Every byte is accounted for. An unknown id or version, or a length that does not fit, is an error that names
the place. `salvage` reads what still decodes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from maskproof.openreplay.messages import BATCH_METADATA, HEADER_VERSIONS
from maskproof.openreplay.primitives import DecodeError, TruncatedError, read_uint
from maskproof.openreplay.readers import read_sized, reason_of
from maskproof.openreplay.records import Message, Messages, Record, as_message

__all__ = ["Batch", "Header", "Message", "Unscanned", "decode_batch", "iter_batches", "read_header", "split_visual"]

# Version, page number, first index, timestamp, location.
Header = tuple[int, int, int, int, str]
# Stands in for a header that could not be read (salvage).
LOST_HEADER: Header = (0, 0, 0, 0, "")


@dataclass(frozen=True, slots=True)
class Unscanned:
    """A stretch of bytes that could not be decoded. A run with such a stretch never passes."""

    source: str
    offset: int
    length: int
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """
    One decoded batch.

    `timestamp` is in ms since the epoch, `location` is the URL of the page. `version` is 0 if the header was lost
    (salvage).
    """

    version: int
    page_no: int
    first_index: int
    timestamp: int
    location: str
    messages: Messages
    source: str
    unscanned: tuple[Unscanned, ...] = ()
    offset: int = 0

    @property
    def header_message(self) -> Message:
        """The header as a message, for scanning."""
        values = (self.version, self.page_no, self.first_index, self.timestamp, self.location)
        return as_message(header_record(values, self.offset))

    @property
    def stream(self) -> str:
        """The stream that the header's version stands for: full, player, assets, devtools or analytics."""
        return HEADER_VERSIONS.get(self.version, "unknown")


def header_record(header: Header, offset: int) -> Record:
    """
    A header as a record.

    Args:
        header: Version, page number, first index, timestamp and location.
        offset: Where the header begins in its source, in bytes.

    """
    return BATCH_METADATA, header, offset, first_index_of(header)


def first_index_of(header: Header) -> int:
    """The index of a batch's first message: the page number in the upper half, the first index in the lower 32 bits."""
    return (header[1] << 32) + header[2]


def split_visual(body: bytes, split: int) -> tuple[bytes, bytes]:
    """
    Cut a `visual` upload into its player and assets batches.

    Args:
        body: The uncompressed upload.
        split: Length of the player batch in bytes.

    Raises:
        DecodeError: The split lies outside the body.

    """
    if not 0 < split < len(body):
        raise DecodeError(f"split {split} lies outside the upload of {len(body)} bytes", offset=split)
    return body[:split], body[split:]


def decode_batch(data: bytes, *, source: str) -> Batch:
    """
    Decode one whole batch.

    Args:
        data: The uncompressed batch.
        source: Its name in errors.

    Raises:
        DecodeError: The data is not exactly one batch of a known version.

    """
    header, position = read_header(data, 0, source)
    batch, end = _read_batch(data, header, position, source, 0)
    if end < len(data):
        raise DecodeError("a second batch header within a batch", source=source, offset=end)
    return batch


def iter_batches(data: bytes, position: int, *, source: str) -> Iterator[Batch]:
    """
    Yield consecutive batches.

    Args:
        data: The uncompressed batches.
        position: Where the first header begins.
        source: Name of the data in errors.

    Raises:
        DecodeError: See `decode_batch`.

    """
    while position < len(data):
        offset = position
        header, position = read_header(data, position, source)
        batch, position = _read_batch(data, header, position, source, offset)
        yield batch


def _read_batch(data: bytes, header: Header, position: int, source: str, offset: int) -> tuple[Batch, int]:
    records: list[Record] = []
    end = read_sized(data, position, first_index_of(header), 0, source, records)
    return Batch(*header, Messages(records), source, offset=offset), end


def read_header(data: bytes, position: int, source: str, base: int = 0) -> tuple[Header, int]:
    """
    Read the unsized BatchMetadata at a position.

    Args:
        data: The bytes that hold the header.
        position: Where the header begins in `data`.
        source: Name of the data in errors.
        base: Where `data` begins in its source, in bytes.

    Raises:
        DecodeError: There is no header at the position, or its version is unknown.

    """
    place = base + position
    try:
        kind, at = read_uint(data, position)
        version, at = read_uint(data, at)
        if kind != BATCH_METADATA:
            what = f"expected a batch header (message {BATCH_METADATA}), got id {kind}"
        elif version not in HEADER_VERSIONS:
            what = f"batch header version {version} is not known (known: 1 to 5)"
        else:
            rest, at = _header_fields(data, at)
            return (version, *rest), at
    except IndexError as error:
        raise TruncatedError("batch header: the data ends within it", source=source, offset=place) from error
    except ValueError as error:
        raise DecodeError(f"batch header: {reason_of(error)}", source=source, offset=place) from error
    raise DecodeError(what, source=source, offset=place)


def starts_with_header(data: bytes, position: int = 0) -> bool:
    """
    Whether a batch header of a known version begins at a position.

    Args:
        data: The bytes to look at.
        position: Where the header would begin.

    """
    try:
        read_header(data, position, "")
    except DecodeError:
        return False
    return True


def _header_fields(data: bytes, position: int) -> tuple[tuple[int, int, int, str], int]:
    page_no, at = read_uint(data, position)
    first_index, at = read_uint(data, at)
    zigzag, at = read_uint(data, at)
    length, at = read_uint(data, at)
    end = at + length
    if end > len(data):
        raise IndexError(end)
    timestamp = -((zigzag + 1) >> 1) if zigzag & 1 else zigzag >> 1
    return (page_no, first_index, timestamp, data[at:end].decode()), end
