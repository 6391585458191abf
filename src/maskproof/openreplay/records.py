"""
Decoded messages: as plain tuples while there are many of them, and as `Message` for whoever looks at one.

To make a `Message` takes longer than to read most of them, so that it is done when one is asked for.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple, overload

from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.primitives import Value, Values

# Id, field values in the table's order, position in the source, index.
Record = tuple[int, Values, int, int]


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


# Takes a record as it is; the named tuple's own way checks and copies what is known to be right.
as_message = partial(tuple.__new__, Message)


class Messages(Sequence[Message]):
    """
    Messages that are made when they are asked for.

    Args:
        records: What they are made of.

    """

    __slots__ = ("records",)

    def __init__(self, records: Sequence[Record] = ()) -> None:
        self.records = records

    def __len__(self) -> int:
        """How many there are."""
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Message: ...
    @overload
    def __getitem__(self, at: slice) -> "Messages": ...
    def __getitem__(self, at: int | slice) -> "Message | Messages":
        """One message, or some."""
        return Messages(self.records[at]) if isinstance(at, slice) else as_message(self.records[at])

    def __iter__(self) -> Iterator[Message]:
        """Every message, in order."""
        return map(as_message, self.records)

    def __eq__(self, other: object) -> bool:
        """Equal to other messages with the same contents."""
        return list(self.records) == list(other.records) if isinstance(other, Messages) else NotImplemented

    def __hash__(self) -> int:
        """By contents."""
        return hash(tuple(self.records))

    def __repr__(self) -> str:
        """How many there are; never what they hold."""
        return f"<{len(self)} messages>"
