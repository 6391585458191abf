"""Writes messages, batches and records, for the collector's storage and for tests."""

import struct
from collections.abc import Iterable, Sequence

from maskproof.openreplay.messages import BATCH_METADATA, BY_NAME, MESSAGES
from maskproof.openreplay.primitives import SIZE_PREFIX_BYTES, Value, write_uint, write_value


def message(name: str, *values: Value) -> tuple[int, tuple[Value, ...]]:
    """
    A message as id and values, checked against the message table.

    Args:
        name: Name of the message in the table.
        values: Field values in the order of the table.

    Raises:
        KeyError: No message has this name.
        ValueError: The number of fields is wrong.

    """
    kind = BY_NAME[name]
    if len(values) != len(kind.fields):
        raise ValueError(f"{name} has {len(kind.fields)} fields, got {len(values)}")
    return kind.id, values


def encode_fields(kind: int, values: Sequence[Value]) -> bytes:
    """
    The fields of a message as bytes, without id and size.

    Args:
        kind: Message id.
        values: Field values in the order of the message table.

    """
    fields = MESSAGES[kind].fields
    return b"".join(write_value(field.type, value) for field, value in zip(fields, values, strict=True))


def encode_sized(kind: int, values: Sequence[Value]) -> bytes:
    """
    A message as in a batch: id, three bytes of size, fields.

    Args:
        kind: Message id.
        values: Field values in the order of the message table.

    """
    body = encode_fields(kind, values)
    return write_uint(kind) + len(body).to_bytes(SIZE_PREFIX_BYTES, "little") + body


def encode_record(index: int, kind: int, values: Sequence[Value]) -> bytes:
    """
    A record of a file of version 1: index, id, fields.

    Args:
        index: Index of the message in its session: page number above 32 bits.
        kind: Message id.
        values: Field values in the order of the message table.

    """
    return struct.pack("<Q", index) + write_uint(kind) + encode_fields(kind, values)


def encode_batch(
    messages: Iterable[tuple[int, Sequence[Value]]],
    *,
    version: int = 1,
    page_no: int = 0,
    first_index: int = 0,
    timestamp: int = 0,
    location: str = "",
) -> bytes:
    """
    A whole batch: the unsized header, then each message.

    Args:
        messages: Message ids with their field values.
        version: Header version, 1 to 5; says which stream it is.
        page_no: Number of the page load in the session, from 0.
        first_index: Index of the first message in its page.
        timestamp: Milliseconds since 1970.
        location: URL of the page.

    """
    header = (version, page_no, first_index, timestamp, location)
    start = write_uint(BATCH_METADATA) + encode_fields(BATCH_METADATA, header)
    return start + b"".join(encode_sized(kind, values) for kind, values in messages)
