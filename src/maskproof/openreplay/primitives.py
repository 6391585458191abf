"""The primitives of OpenReplay's wire format: variable-length integers, booleans and strings (reference 2.1)."""

from maskproof.errors import Inconclusive

Value = int | str | bool
Values = tuple[Value, ...]

MAX_VARINT_BYTES = 10
SIZE_PREFIX_BYTES = 3
# The largest size that the prefix can hold. Records without a size may not be longer either.
MAX_MESSAGE_BYTES = (1 << 8 * SIZE_PREFIX_BYTES) - 1


class DecodeError(Inconclusive):
    """
    Bytes that do not follow the format.

    Args:
        what: What was expected and what was found.
        source: Name of the file or batch.
        offset: Position of the error in bytes; for compressed data, in the decompressed data.

    """

    def __init__(self, what: str, *, source: str = "", offset: int = 0) -> None:
        super().__init__(f"{source or 'data'}, byte {offset}: {what}")
        self.what = what
        self.source = source
        self.offset = offset


class TruncatedError(DecodeError):
    """The data ends too early; more data could complete it."""


def read_uint(data: bytes, position: int) -> tuple[int, int]:
    """
    Read an unsigned LEB128 integer.

    Args:
        data: The bytes that hold the integer.
        position: Where it begins.

    Returns:
        The number, and the position after it.

    Raises:
        IndexError: The data ends within the integer.
        ValueError: The integer is longer than ten bytes.

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
    """
    An unsigned integer as LEB128.

    Raises:
        ValueError: The integer is negative.

    """
    if value < 0:
        raise ValueError(f"{value} is negative")
    out = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def write_value(kind: str, value: Value) -> bytes:
    """
    One field as bytes.

    Args:
        kind: Primitive type: `uint`, `int`, `boolean` or `string`.
        value: The value of the field.

    """
    if kind == "string":
        text = str(value).encode()
        return write_uint(len(text)) + text
    number = int(value)
    if kind == "int":
        return write_uint(2 * number if number >= 0 else -2 * number - 1)
    return write_uint(number)
