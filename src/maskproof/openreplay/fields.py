"""What a session says, and where: texts, texts over several nodes, and masks that tell a length."""

from typing import NamedTuple, Protocol

from maskproof.openreplay.dom import Document


class StringField(NamedTuple):
    """
    One text of a session.

    `node` is the id of the node that it belongs to in `document`; `time_ms` is ms since 1970 or 0 before
    the first timestamp; `offset` is the message's place in `source`.
    """

    message: str
    field: str
    text: str
    node: int | None
    document: Document
    time_ms: int
    source: str
    offset: int

    @property
    def path(self) -> str:
        """CSS path of the node; empty without one."""
        return "" if self.node is None else self.document.path(self.node)

    @property
    def label(self) -> str:
        """What a user would call the node; empty without one."""
        return "" if self.node is None else self.document.label(self.node)


class MaskedInput(NamedTuple):
    """An input whose mask tells how long its value is, at one moment (reference 2.3: `Mask` n > 0)."""

    node: int
    document: Document
    source: str
    offset: int

    @property
    def path(self) -> str:
        """CSS path of the input."""
        return self.document.path(self.node)


class SpreadText(NamedTuple):
    """A text over several text nodes, below the element `node` of `document`."""

    text: str
    node: int
    document: Document

    @property
    def path(self) -> str:
        """CSS path of the element."""
        return self.document.path(self.node)

    @property
    def label(self) -> str:
        """What a user would call the element."""
        return self.document.label(self.node)


class Sink(Protocol):
    """Takes texts as they are read."""

    def append(self, text: StringField, /) -> None:
        """Take in a text."""
