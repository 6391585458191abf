"""The primitives of OpenReplay's stream: variable-length integers, booleans and strings (reference 2.1)."""

from maskproof.errors import Inconclusive

Value = int | str | bool
Values = tuple[Value, ...]

MAX_VARINT_BYTES = 10
SIZE_PREFIX_BYTES = 3
# The size prefix holds no more; a record of a file without sizes is not believed to be longer either.
MAX_MESSAGE_BYTES = (1 << 8 * SIZE_PREFIX_BYTES) - 1


class DecodeError(Inconclusive):
    """
    Bytes that are not what the format says.

    Args:
        what: What was expected and what came.
        source: The file or batch.
        offset: Position in it, in bytes; in what it unpacks to if it is compressed.

    """

    def __init__(self, what: str, *, source: str = "", offset: int = 0) -> None:
        super().__init__(f"{source or 'data'}, byte {offset}: {what}")
        self.what = what
        self.source = source
        self.offset = offset


class TruncatedError(DecodeError):
    """The data ends within something; more data could make it whole."""


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
    """
    An unsigned integer as LEB128.

    Raises:
        ValueError: It is negative.

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
    """One field of the given primitive type as bytes."""
    if kind == "string":
        text = str(value).encode()
        return write_uint(len(text)) + text
    number = int(value)
    if kind == "int":
        return write_uint(2 * number if number >= 0 else -2 * number - 1)
    return write_uint(number)
