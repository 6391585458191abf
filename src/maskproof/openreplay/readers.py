"""
Readers of messages, generated from the message table as straight-line code.

Each reader is one loop with the code for every message type inlined. Without a call or an inner loop for each message,
decoding takes little time. Readers differ only in the framing: a batch holds sized messages, a stored file of version 1
holds records without sizes, with or without indexes.

The head of a message and a few bytes after it are unpacked together. Fields of frequent messages that begin in these
bytes are read from them (`_ahead`), all other fields byte by byte (`_plain`).
"""

import struct
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple

from maskproof.openreplay.messages import BATCH_METADATA, MESSAGES, MessageField, MessageType
from maskproof.openreplay.primitives import (
    MAX_VARINT_BYTES,
    SIZE_PREFIX_BYTES,
    DecodeError,
    TruncatedError,
    read_uint,
)
from maskproof.openreplay.records import Record

# The most frequent messages of recorded sessions are tested first. The others are found by bisection.
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
SIZED_HEAD_BYTES = 1 + SIZE_PREFIX_BYTES

# Reads up to a batch header or the end of the data, and returns the position where it stopped. Arguments: data,
# position, index of the first message, where the data begins in its source, source, and the list that receives the
# messages. After an error the list holds the messages before it.
Reader = Callable[[bytes, int, int, int, str, list[Record]], int]


class _Framing(NamedTuple):
    """
    What surrounds the fields of a message.

    `head` is the `struct` format of the bytes before the fields, `names` are the variables that it is unpacked into,
    and `size` is its length in bytes. `begin` is code that runs before the fields, `check` after them, and `next` after
    the message is appended. `place` is the position of the message in its source: data that begins with its source has
    a separate reader, which saves an addition.
    """

    head: str
    names: str
    size: int
    begin: str
    check: str
    next: str
    place: str = "start"


_SIZED = _Framing(
    head="<I",
    names="head, ",
    size=SIZED_HEAD_BYTES,
    begin=f"kind = head & 255\nif kind == {BATCH_METADATA}:\n    return p",
    check=f"if p - start - {SIZED_HEAD_BYTES} != head >> 8:\n    raise ValueError",
    next="index += 1",
)
_INDEXED = _Framing(head="<QB", names="index, kind, ", size=INDEX_BYTES + 1, begin="", check="", next="")
_BARE = _Framing(head="<B", names="kind, ", size=1, begin="", check="", next="index += 1")

_READER = """
def read(data, p, index, base, source, out):
    add = out.append
    total = len(data)
    ahead = total - {all}
    start = p
    try:
        while p <= ahead:
            start = p
            {names}{ahead} = read_ahead(data, p)
{ahead_body}        while p < total:
            start = p
            {early}
            {names} = read_head(data, p)
{plain_body}    except (IndexError, KeyError, ValueError, struct_error) as error:
        raise broken(error, data, start, base, source) from error
    return p
"""
_DEPTH = 12
_AHEAD = ("a0", "a1", "a2", "a3")

# `{v}` is the variable of the field. A number of one or two bytes is read inline.
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
_SIGNED = "{v} = -(({v} + 1) >> 1) if {v} & 1 else {v} >> 1"
_BOOLEAN = """
if {v} > 1:
    raise ValueError("a boolean is neither 0 nor 1")
{v} = {v} == 1
"""
_TEXT = """
e = p + {v}
if e > total:
    raise IndexError
{v} = data[p:e].decode()
p = e
"""
# How the number that each field begins with becomes its value.
_BEHIND = {"uint": "", "int": _SIGNED, "boolean": _BOOLEAN, "string": _TEXT}


def _indented(code: str, depth: int) -> str:
    return "".join(f"{' ' * depth}{line}\n" for line in code.splitlines() if line)


def _plain(fields: Sequence[tuple[str, MessageField]]) -> str:
    """Code that reads fields from `p` on."""
    return "".join((_UINT + _BEHIND[field.type] + "\n").format(v=name) for name, field in fields)


def _ahead(fields: Sequence[tuple[str, MessageField]], framing: _Framing, used: int, taken: str) -> str:
    """Code that reads fields from the bytes unpacked with the head, `used` of them taken, then from `p` on."""
    here = f"p = start + {framing.size + used}\n"
    if not fields or used >= len(_AHEAD):
        return here + _plain(fields) + taken
    (name, field), *rest = fields
    byte = _AHEAD[used]
    behind = _BEHIND[field.type].format(v=name)
    if field.type == "string":
        behind = f"p = start + {framing.size + used + 1}\n{behind}\n{_plain(rest)}{taken}"
    else:
        behind = f"{behind}\n{_ahead(rest, framing, used + 1, taken)}"
    code = f"if {byte} < 128:\n    {name} = {byte}\n{_indented(behind, 4)}"
    if field.type in {"uint", "int"} and used + 1 < len(_AHEAD):
        second = _AHEAD[used + 1]
        behind = _BEHIND[field.type].format(v=name) + "\n" + _ahead(rest, framing, used + 2, taken)
        code += f"elif {second} < 128:\n    {name} = {byte} + ({second} << 7) - 128\n{_indented(behind, 4)}"
    return code + f"else:\n{_indented(here + _plain(fields) + taken, 4)}"


def _message(kind: MessageType, framing: _Framing, *, ahead: bool) -> str:
    """Code that reads one message and appends it."""
    fields = [(f"v{at}", field) for at, field in enumerate(kind.fields)]
    values = "".join(f"{name}, " for name, _ in fields)
    taken = f"{framing.check}\nadd(({kind.id}, ({values}), {framing.place}, index))\n{framing.next}\n"
    return _ahead(fields, framing, 0, taken) if ahead else f"p += {framing.size}\n{_plain(fields)}{taken}"


def _bisected(kinds: Sequence[MessageType], framing: _Framing) -> str:
    if len(kinds) == 1:
        return f"if kind != {kinds[0].id}:\n    raise KeyError\n" + _message(kinds[0], framing, ahead=False)
    middle = len(kinds) // 2
    lower, upper = _bisected(kinds[:middle], framing), _bisected(kinds[middle:], framing)
    return f"if kind < {kinds[middle].id}:\n{_indented(lower, 1)}else:\n{_indented(upper, 1)}"


def _choice(framing: _Framing, *, ahead: bool) -> str:
    kinds = {kind.name: kind for kind in MESSAGES.values() if kind.id != BATCH_METADATA}
    frequent = [kinds.pop(name) for name in FREQUENT]
    code = "".join(
        f"{'if' if at == 0 else 'elif'} kind == {kind.id}:\n{_indented(_message(kind, framing, ahead=ahead), 1)}"
        for at, kind in enumerate(frequent)
    )
    others = _bisected(sorted(kinds.values(), key=lambda kind: kind.id), framing)
    return f"{framing.begin}\n{code}else:\n{_indented(others, 1)}"


def _compiled(framing: _Framing, broken: Callable[..., DecodeError]) -> Reader:
    code = _READER.format(
        all=framing.size + len(_AHEAD),
        names=framing.names,
        ahead=", ".join(_AHEAD),
        early=f"if data[p] == {BATCH_METADATA}:\n                return p" if framing.begin else "",
        ahead_body=_indented(_choice(framing, ahead=True), _DEPTH),
        plain_body=_indented(_choice(framing, ahead=False), _DEPTH),
    )
    scope: dict[str, object] = {
        "read_more": _read_more,
        "read_head": struct.Struct(framing.head).unpack_from,
        "read_ahead": struct.Struct(f"{framing.head}{len(_AHEAD)}B").unpack_from,
        "struct_error": struct.error,
        "broken": broken,
    }
    exec(compile(code, "<message reader>", "exec"), scope)  # noqa: S102 - generated from our own table
    reader: Reader = scope["read"]  # type: ignore[assignment]
    return reader


def _read_more(value: int, data: bytes, position: int) -> tuple[int, int]:
    """A number from its third byte on. `value` holds the first two bytes, with the continuation bit of the second."""
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
    place = start + base
    kind = data[start]
    if kind not in MESSAGES:
        return DecodeError(f"unknown message id {kind}", source=source, offset=place)
    body = start + SIZED_HEAD_BYTES
    size = int.from_bytes(data[start + 1 : body], "little")
    if body + size > len(data):
        left = max(len(data) - body, 0)
        return TruncatedError(f"message {kind} says {size} bytes, {left} are left", source=source, offset=place)
    reason = reason_of(error) or f"says {size} bytes, its fields take {_taken(kind, data, body)}"
    colon = ":" if reason_of(error) else ""
    return DecodeError(f"message {kind}{colon} {reason}", source=source, offset=place)


def _broken_record(error: Exception, data: bytes, start: int, base: int, source: str, *, skip: int) -> DecodeError:
    place = start + base
    if isinstance(error, KeyError):
        return DecodeError(f"unknown message id {data[start + skip]}", source=source, offset=place)
    if reason := reason_of(error):
        return DecodeError(f"message {data[start + skip]}: {reason}", source=source, offset=place)
    return TruncatedError("the data ends within a record", source=source, offset=place)


def _broken_indexed(error: Exception, data: bytes, start: int, base: int, source: str) -> DecodeError:
    return _broken_record(error, data, start, base, source, skip=INDEX_BYTES)


def _broken_bare(error: Exception, data: bytes, start: int, base: int, source: str) -> DecodeError:
    return _broken_record(error, data, start, base, source, skip=0)


def reason_of(error: Exception) -> str:
    """What is wrong with a field; empty if data is missing."""
    if isinstance(error, UnicodeDecodeError):
        return "text is not UTF-8"
    return str(error) if isinstance(error, ValueError) else ""


def _taken(kind: int, data: bytes, body: int) -> str:
    """How many bytes the fields of a message take, for an error message."""
    position = body
    try:
        for field in MESSAGES[kind].fields:
            length, position = read_uint(data, position)
            position += length if field.type == "string" else 0
    except (IndexError, ValueError):
        return "more"
    return str(position - body)


def _made_later(framing: _Framing, broken: Callable[..., DecodeError]) -> Reader:
    """A reader that is compiled on first use, which takes a tenth of a second."""
    from_start = cache(partial(_compiled, framing, broken))
    from_within = cache(partial(_compiled, framing._replace(place="start + base"), broken))

    def read(data: bytes, position: int, index: int, base: int, source: str, out: list[Record]) -> int:
        reader = from_within() if base else from_start()
        return reader(data, position, index, base, source, out)

    return read


read_sized = _made_later(_SIZED, _broken_sized)
read_indexed = _made_later(_INDEXED, _broken_indexed)
read_bare = _made_later(_BARE, _broken_bare)
