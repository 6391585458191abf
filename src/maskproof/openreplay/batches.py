"""
Batches as the tracker uploads them: a header (BatchMetadata), then sized messages (reference 2.2).

Every byte is accounted for: an unknown id or version, or a length that does not fit, is an error that
names the place. With `salvage` what can be decoded is kept and the rest is reported as unscanned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from maskproof.openreplay.messages import BATCH_METADATA, HEADER_VERSIONS, MESSAGES
from maskproof.openreplay.primitives import DECODERS, SIZE_PREFIX_BYTES, DecodeError, Value, Values, read_uint


class Message(NamedTuple):
    """One message: its id, field values in the table's order, position in its source, and index."""

    id: int
    values: Values
    offset: int
    index: int  # type: ignore[assignment]  # shadows tuple.index, which nobody asks of a message

    @property
    def name(self) -> str:
        """The message's name in the table."""
        return MESSAGES[self.id].name

    def fields(self) -> dict[str, Value]:
        """Field names and values."""
        kinds = MESSAGES[self.id].fields
        return {field.name: value for field, value in zip(kinds, self.values, strict=True)}

    def get(self, name: str) -> Value:
        """
        The value of one field.

        Raises:
            KeyError: The message has no such field.

        """
        return self.fields()[name]


@dataclass(frozen=True, slots=True)
class Unscanned:
    """A stretch of bytes that could not be decoded; a run that has one is never a pass."""

    source: str
    offset: int
    length: int
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One decoded batch; `timestamp` in ms since the epoch, `location` the page's address."""

    version: int
    page_no: int
    first_index: int
    timestamp: int
    location: str
    messages: tuple[Message, ...]
    source: str
    unscanned: tuple[Unscanned, ...] = ()

    @property
    def header_message(self) -> Message:
        """The header as a message, for scanning."""
        values = (self.version, self.page_no, self.first_index, self.timestamp, self.location)
        return Message(BATCH_METADATA, values, 0, (self.page_no << 32) + self.first_index)

    @property
    def stream(self) -> str:
        """What the header's version stands for: full, player, assets, devtools or analytics."""
        return HEADER_VERSIONS[self.version]


def split_visual(body: bytes, split: int) -> tuple[bytes, bytes]:
    """
    Cut a `visual` upload into its player and assets batches.

    Raises:
        DecodeError: The split lies outside the body.

    """
    if not 0 < split < len(body):
        raise DecodeError(f"split {split} lies outside the upload of {len(body)} bytes", offset=split)
    return body[:split], body[split:]


def decode_batch(data: bytes, *, source: str, salvage: bool = False) -> Batch:
    """
    Decode one whole batch.

    Args:
        data: The batch, not compressed.
        source: What to call it in errors.
        salvage: Keep what decodes and list the rest instead of raising (the header must decode).

    Raises:
        DecodeError: It is not a batch of a known version, down to the last byte.

    """
    header, position = read_header(data, 0, source)
    messages: list[Message] = []
    unscanned: tuple[Unscanned, ...] = ()
    try:
        for message in iter_sized(data, position, source=source, first_index=header[1] << 32 | header[2]):
            messages.append(message)  # noqa: PERF402 - what came before an error is kept
    except DecodeError as error:
        if not salvage:
            raise
        unscanned = (Unscanned(source, error.offset, len(data) - error.offset, error.what),)
    return Batch(*header, tuple(messages), source, unscanned)


def read_header(data: bytes, position: int, source: str) -> tuple[tuple[int, int, int, int, str], int]:
    """
    Read the unsized BatchMetadata at a position.

    Returns:
        Version, page number, first index, timestamp, location; and the position behind.

    Raises:
        DecodeError: It is something else, or of an unknown version.

    """
    decode = DECODERS[BATCH_METADATA]
    if decode is None:
        raise AssertionError
    try:
        kind, behind = read_uint(data, position)
        if kind != BATCH_METADATA:
            raise DecodeError(
                f"expected a batch header (message {BATCH_METADATA}), got id {kind}", source=source, offset=position
            )
        values, end = decode(data, behind)
    except (IndexError, ValueError) as error:
        raise DecodeError(f"batch header: {_reason(error)}", source=source, offset=position) from error
    if end > len(data):
        raise DecodeError("batch header: the data ends within it", source=source, offset=position)
    if values[0] not in HEADER_VERSIONS:
        raise DecodeError(
            f"batch header version {values[0]} is not known (known: 1 to 5)", source=source, offset=position
        )
    return values, end  # type: ignore[return-value]


def iter_sized(data: bytes, position: int, *, source: str, first_index: int) -> Iterator[Message]:
    """
    Yield the sized messages from a position to the end, or up to the next batch header.

    Raises:
        DecodeError: Unknown id, or a length that does not fit.

    """
    total = len(data)
    decoders = DECODERS
    index = first_index
    while position < total:
        start = position
        kind = data[position]
        if kind == BATCH_METADATA:
            raise DecodeError("a second batch header within a batch", source=source, offset=start)
        body = position + 1 + SIZE_PREFIX_BYTES
        end = body + int.from_bytes(data[position + 1 : body], "little")
        decode = decoders[kind]
        if decode is None:
            raise DecodeError(f"unknown message id {kind}", source=source, offset=start)
        if end > total:
            raise DecodeError(
                f"message {kind} says {end - body} bytes, {max(total - body, 0)} are left",
                source=source,
                offset=start,
            )
        try:
            values, position = decode(data, body)
        except (IndexError, ValueError) as error:
            raise DecodeError(f"message {kind}: {_reason(error)}", source=source, offset=start) from error
        if position != end:
            raise DecodeError(
                f"message {kind} says {end - body} bytes, its fields take {position - body}",
                source=source,
                offset=start,
            )
        yield Message(kind, values, start, index)
        index += 1


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "text is not UTF-8"
    return "the data ends within it" if isinstance(error, IndexError) else str(error)
