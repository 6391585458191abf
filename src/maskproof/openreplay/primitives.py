"""
The primitives of OpenReplay's stream: variable-length integers, booleans and strings (reference 2.1).

Decoders for whole messages are generated from the message table as straight-line code: one function a
message type, without a loop over fields. That is what makes decoding quick enough to forget about.
"""

from collections.abc import Callable, Sequence

from maskproof.errors import Inconclusive
from maskproof.openreplay.messages import MESSAGES, MessageType

Value = int | str | bool
Values = tuple[Value, ...]
Decoder = Callable[[bytes, int], tuple[Values, int]]

MAX_VARINT_BYTES = 10
SIZE_PREFIX_BYTES = 3


class DecodeError(Inconclusive):
    """
    Bytes that are not what the format says.

    Args:
        what: What was expected and what came.
        source: The file or batch.
        offset: Position in it, in bytes.

    """

    def __init__(self, what: str, *, source: str = "", offset: int = 0) -> None:
        super().__init__(f"{source or 'data'}, byte {offset}: {what}")
        self.what = what
        self.source = source
        self.offset = offset


def read_uint(data: bytes, position: int) -> tuple[int, int]:
    """
    Read an unsigned LEB128 integer.

    Returns:
        The number and the position behind it.

    Raises:
        IndexError: The data ends within it.
        ValueError: It is longer than ten bytes.

    """
    result = shift = 0
    for at in range(position, position + MAX_VARINT_BYTES):
        byte = data[at]
        result |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - the continuation bit
            return result, at + 1
        shift += 7
    raise ValueError(f"integer longer than {MAX_VARINT_BYTES} bytes")


def write_uint(value: int) -> bytes:
    """An unsigned integer as LEB128."""
    out = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def write_value(kind: str, value: Value) -> bytes:
    """One field of the given primitive type as bytes."""
    if kind == "string":
        text = str(value).encode()
        return write_uint(len(text)) + text
    number = int(value)
    if kind == "int":
        return write_uint(2 * number if number >= 0 else -2 * number - 1)
    return write_uint(number)


_UINT = """
    {name} = data[p]
    p += 1
    if {name} > 127:
        {name}, p = read_uint(data, p - 1)
"""
_INT = (
    _UINT
    + """
    {name} = -(({name} + 1) >> 1) if {name} & 1 else {name} >> 1
"""
)
_BOOLEAN = """
    {name} = data[p]
    p += 1
    if {name} > 1:
        raise ValueError("boolean is neither 0 nor 1")
    {name} = {name} == 1
"""
_STRING = (
    _UINT
    + """
    end = p + {name}
    {name} = str(data[p:end], "utf-8")
    p = end
"""
)
_TEMPLATES = {"uint": _UINT, "int": _INT, "boolean": _BOOLEAN, "string": _STRING}


def _source_of(kind: MessageType) -> str:
    names = [f"v{at}" for at in range(len(kind.fields))]
    body = "".join(_TEMPLATES[field.type].format(name=name) for name, field in zip(names, kind.fields, strict=True))
    values = "(" + "".join(f"{name}, " for name in names) + ")"
    return f"def decode_{kind.id}(data, p):{body}\n    return {values}, p\n"


def _compile(kinds: Sequence[MessageType]) -> list[Decoder | None]:
    scope: dict[str, object] = {"read_uint": read_uint}
    source = "".join(_source_of(kind) for kind in kinds)
    exec(compile(source, "<message decoders>", "exec"), scope)  # noqa: S102 - source made from our own table
    table: list[Decoder | None] = [None] * 256
    for kind in kinds:
        table[kind.id] = scope[f"decode_{kind.id}"]  # type: ignore[call-overload]
    return table


# By message id: reads the fields at a position, returns them and the position behind.
DECODERS = _compile(list(MESSAGES.values()))
