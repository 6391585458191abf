"""
Decoded messages: plain tuples (`Record`) in bulk, and `Message` for single ones.

Creating a `Message` takes longer than decoding it, so a `Message` is created only on access.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple, overload

from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.primitives import Value, Values

# Id, field values in the order of the message table, position in the source, index.
Record = tuple[int, Values, int, int]


class Message(NamedTuple):
    """One message: id, field values in the order of the message table, position in its source, and index."""

    id: int
    values: Values
    offset: int
    index: int  # type: ignore[assignment]  # shadows tuple.index, which is not used on messages

    @property
    def name(self) -> str:
        """The name of the message in the table."""
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


# Uses a record as it is. The constructor of the named tuple would check and copy it.
as_message = partial(tuple.__new__, Message)


class Messages(Sequence[Message]):
    """
    A sequence of messages, each created on access.

    Args:
        records: The messages as plain tuples.

    """

    __slots__ = ("records",)

    def __init__(self, records: Sequence[Record] = ()) -> None:
        self.records = records

    def __len__(self) -> int:
        """The number of messages."""
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Message: ...
    @overload
    def __getitem__(self, at: slice) -> "Messages": ...
    def __getitem__(self, at: int | slice) -> "Message | Messages":
        """One message, or the messages of a slice."""
        return Messages(self.records[at]) if isinstance(at, slice) else as_message(self.records[at])

    def __iter__(self) -> Iterator[Message]:
        """Every message, in order."""
        return map(as_message, self.records)

    def __eq__(self, other: object) -> bool:
        """Equal if the records are equal."""
        return list(self.records) == list(other.records) if isinstance(other, Messages) else NotImplemented

    def __hash__(self) -> int:
        """The hash of the records."""
        return hash(tuple(self.records))

    def __repr__(self) -> str:
        """The number of messages; never their contents."""
        return f"<{len(self)} messages>"
