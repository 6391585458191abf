"""
Readers of messages, generated from the message table as straight-line code.

Each reader is one loop with every message type written out in it: no call and no loop over fields for a
message, which is what makes decoding quick enough to forget about. They differ in the framing only: a batch
has sized messages, a stored file of version 1 records without sizes, with indexes or without.
"""

import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from maskproof.openreplay.messages import BATCH_METADATA, MESSAGES, MessageType
from maskproof.openreplay.primitives import (
    MAX_VARINT_BYTES,
    SIZE_PREFIX_BYTES,
    DecodeError,
    TruncatedError,
    Value,
    Values,
    read_uint,
)

SIZED_HEAD_BYTES = 1 + SIZE_PREFIX_BYTES

# The most frequent messages of recorded sessions, asked for first; the others are found by bisection.
FREQUENT = (
    "CreateTextNode",
    "SetNodeData",
    "CreateElementNode",
    "SetNodeAttributeDictGlobal",
    "SelectionChange",
    "Timestamp",
    "TabData",
    "MouseMove",
    "StringDictGlobal",
    "SetInputValue",
)
INDEX_BYTES = 8


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
        return dict(zip(MESSAGES[self.id].field_names, self.values, strict=True))

    def get(self, name: str) -> Value:
        """
        The value of one field.

        Raises:
            KeyError: The message has no such field.

        """
        return self.fields()[name]


# Reads up to a batch header or the end of the data, and gives back where it stopped. Arguments: data, position, index
# of the first message, where the data begin in their source, source, and the list that takes the messages; what
# comes before an error is in it.
Reader = Callable[[bytes, int, int, int, str, list[Message]], int]

# `{v}` is the field's variable. A number of one or two bytes is read in place.
_UINT = """
{v} = data[p]
p += 1
if {v} > 127:
    b = data[p]
    p += 1
    {v} += (b << 7) - 128
    if b > 127:
        {v}, p = read_more({v}, data, p)
"""
_INT = f"""{_UINT}
{{v}} = -(({{v}} + 1) >> 1) if {{v}} & 1 else {{v}} >> 1
"""
_BOOLEAN = """
{v} = data[p]
p += 1
if {v} > 1:
    raise ValueError("a boolean is neither 0 nor 1")
{v} = {v} == 1
"""
_STRING = f"""{_UINT}
e = p + {{v}}
if e > total:
    raise IndexError
{{v}} = data[p:e].decode()
p = e
"""
_FIELDS = {"uint": _UINT, "int": _INT, "boolean": _BOOLEAN, "string": _STRING}

# The framings: what stands before the fields, and what is to be done behind them.
_SIZED = (
    f"""
kind = data[p]
if kind == {BATCH_METADATA}:
    return p
head, = read_u32(data, p)
p += {SIZED_HEAD_BYTES}
""",
    f"""
if p - start - {SIZED_HEAD_BYTES} != head >> 8:
    raise ValueError
add(new(Message, (kind, values, start + base, index)))
index += 1
""",
)
_INDEXED = (
    f"""
index, = read_u64(data, p)
kind = data[p + {INDEX_BYTES}]
p += {INDEX_BYTES + 1}
""",
    """
add(new(Message, (kind, values, start + base, index)))
""",
)
_BARE = (
    """
kind = data[p]
p += 1
""",
    """
add(new(Message, (kind, values, start + base, index)))
index += 1
""",
)
_READER = """
def read(data, p, index, base, source, out):
    add = out.append
    total = len(data)
    start = p
    try:
        while p < total:
            start = p
{body}    except (IndexError, KeyError, ValueError, struct_error) as error:
        raise broken(error, data, start, base, source) from error
    return p
"""
_DEPTH = 12


def _indented(code: str, depth: int) -> str:
    return "".join(f"{' ' * depth}{line}\n" for line in code.splitlines() if line)


def _fields_of(kind: MessageType, depth: int) -> str:
    names = [f"v{at}" for at in range(len(kind.fields))]
    code = "".join(_FIELDS[field.type].format(v=name) for name, field in zip(names, kind.fields, strict=True))
    return _indented(f"{code}values = ({''.join(f'{name}, ' for name in names)})", depth)


def _bisected(kinds: Sequence[MessageType], depth: int) -> str:
    if len(kinds) == 1:
        unknown = _indented(f"if kind != {kinds[0].id}:\n    raise KeyError", depth)
        return unknown + _fields_of(kinds[0], depth)
    middle = len(kinds) // 2
    return (
        _indented(f"if kind < {kinds[middle].id}:", depth)
        + _bisected(kinds[:middle], depth + 1)
        + _indented("else:", depth)
        + _bisected(kinds[middle:], depth + 1)
    )


def _choice(depth: int) -> str:
    kinds = {kind.name: kind for kind in MESSAGES.values() if kind.id != BATCH_METADATA}
    frequent = [kinds.pop(name) for name in FREQUENT]
    code = "".join(
        _indented(f"{'if' if at == 0 else 'elif'} kind == {kind.id}:", depth) + _fields_of(kind, depth + 1)
        for at, kind in enumerate(frequent)
    )
    return code + _indented("else:", depth) + _bisected(sorted(kinds.values(), key=lambda kind: kind.id), depth + 1)


def _compiled(framing: tuple[str, str], broken: Callable[..., DecodeError]) -> Reader:
    head, tail = framing
    body = _indented(head, _DEPTH) + _choice(_DEPTH) + _indented(tail, _DEPTH)
    scope: dict[str, object] = {
        "Message": Message,
        "new": tuple.__new__,
        "read_more": _read_more,
        "read_u32": struct.Struct("<I").unpack_from,
        "read_u64": struct.Struct("<Q").unpack_from,
        "struct_error": struct.error,
        "broken": broken,
    }
    exec(compile(_READER.format(body=body), "<message reader>", "exec"), scope)  # noqa: S102 - made from our own table
    reader: Reader = scope["read"]  # type: ignore[assignment]
    return reader


def _read_more(value: int, data: bytes, position: int) -> tuple[int, int]:
    """A number from its third byte on; `value` is what the first two say, the second's continuation bit included."""
    byte = data[position]
    value += (byte - 1) << 14
    if byte < 0x80:  # noqa: PLR2004 - the continuation bit
        return value, position + 1
    shift = 21
    for at in range(position + 1, position + MAX_VARINT_BYTES - 2):
        byte = data[at]
        value += (byte - 1) << shift
        if byte < 0x80:  # noqa: PLR2004 - the continuation bit
            return value, at + 1
        shift += 7
    raise ValueError(f"integer longer than {MAX_VARINT_BYTES} bytes")


def _broken_sized(error: Exception, data: bytes, start: int, base: int, source: str) -> DecodeError:
    place = {"source": source, "offset": start + base}
    kind = data[start]
    if kind not in MESSAGES:
        return DecodeError(f"unknown message id {kind}", **place)  # type: ignore[arg-type]
    body = start + SIZED_HEAD_BYTES
    size = int.from_bytes(data[start + 1 : body], "little")
    if body + size > len(data):
        left = max(len(data) - body, 0)
        return TruncatedError(f"message {kind} says {size} bytes, {left} are left", **place)  # type: ignore[arg-type]
    if reason := reason_of(error):
        return DecodeError(f"message {kind}: {reason}", **place)  # type: ignore[arg-type]
    what = f"message {kind} says {size} bytes, its fields take {_taken(kind, data, body)}"
    return DecodeError(what, **place)  # type: ignore[arg-type]


def _broken_record(error: Exception, data: bytes, start: int, base: int, source: str, *, skip: int) -> DecodeError:
    place = {"source": source, "offset": start + base}
    if isinstance(error, KeyError):
        return DecodeError(f"unknown message id {data[start + skip]}", **place)  # type: ignore[arg-type]
    if reason := reason_of(error):
        return DecodeError(f"message {data[start + skip]}: {reason}", **place)  # type: ignore[arg-type]
    return TruncatedError("the data ends within a record", **place)  # type: ignore[arg-type]


def _broken_indexed(error: Exception, data: bytes, start: int, base: int, source: str) -> DecodeError:
    return _broken_record(error, data, start, base, source, skip=INDEX_BYTES)


def _broken_bare(error: Exception, data: bytes, start: int, base: int, source: str) -> DecodeError:
    return _broken_record(error, data, start, base, source, skip=0)


def reason_of(error: Exception) -> str:
    """What is wrong with a field; empty if data are missing."""
    if isinstance(error, UnicodeDecodeError):
        return "text is not UTF-8"
    return str(error) if isinstance(error, ValueError) else ""


def _taken(kind: int, data: bytes, body: int) -> str:
    """How many bytes the fields of a message take, as words."""
    position = body
    try:
        for field in MESSAGES[kind].fields:
            length, position = read_uint(data, position)
            position += length if field.type == "string" else 0
    except (IndexError, ValueError):
        return "more"
    return str(position - body)


read_sized = _compiled(_SIZED, _broken_sized)
read_indexed = _compiled(_INDEXED, _broken_indexed)
read_bare = _compiled(_BARE, _broken_bare)
