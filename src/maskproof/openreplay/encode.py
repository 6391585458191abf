"""Writes messages, batches and records: for the collector's store and for tests."""

import struct
from collections.abc import Iterable, Sequence

from maskproof.openreplay.messages import BATCH_METADATA, BY_NAME, MESSAGES
from maskproof.openreplay.primitives import SIZE_PREFIX_BYTES, Value, write_uint, write_value


def message(name: str, *values: Value) -> tuple[int, tuple[Value, ...]]:
    """
    A message by name, checked against the table.

    Raises:
        KeyError: There is no such message.
        ValueError: The number of fields is wrong.

    """
    kind = BY_NAME[name]
    if len(values) != len(kind.fields):
        raise ValueError(f"{name} has {len(kind.fields)} fields, got {len(values)}")
    return kind.id, values


def encode_fields(kind: int, values: Sequence[Value]) -> bytes:
    """The fields of a message, without id and size."""
    fields = MESSAGES[kind].fields
    return b"".join(write_value(field.type, value) for field, value in zip(fields, values, strict=True))


def encode_sized(kind: int, values: Sequence[Value]) -> bytes:
    """A message as it stands in a batch: id, three bytes of size, fields."""
    body = encode_fields(kind, values)
    return write_uint(kind) + len(body).to_bytes(SIZE_PREFIX_BYTES, "little") + body


def encode_record(index: int, kind: int, values: Sequence[Value]) -> bytes:
    """A record of a file of version 1: index, id, fields."""
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
    """A whole batch: the unsized header, then each message."""
    header = (version, page_no, first_index, timestamp, location)
    start = write_uint(BATCH_METADATA) + encode_fields(BATCH_METADATA, header)
    return start + b"".join(encode_sized(kind, values) for kind, values in messages)
