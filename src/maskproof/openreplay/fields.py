"""What a session contains, and where: texts, texts over several nodes, and masks that reveal a length."""

from typing import NamedTuple, Protocol

from maskproof.openreplay.dom import DomDocument


class StringField(NamedTuple):
    """
    One text of a session.

    `node` is the id of its node in `document`, or None. `time_ms` is ms since 1970, or 0 before the first timestamp.
    `offset` is the position of the message in `source`.
    """

    message: str
    field: str
    text: str
    node: int | None
    document: DomDocument
    time_ms: int
    source: str
    offset: int

    @property
    def path(self) -> str:
        """CSS path of the node; empty if there is none."""
        return "" if self.node is None else self.document.path(self.node)

    @property
    def label(self) -> str:
        """The label that a user sees for the node; empty if there is none."""
        return "" if self.node is None else self.document.label(self.node)


class MaskedInput(NamedTuple):
    """An input whose mask reveals the length of its value, at one moment (reference 2.3: `Mask` n > 0)."""

    node: int
    document: DomDocument
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
    document: DomDocument

    @property
    def path(self) -> str:
        """CSS path of the element."""
        return self.document.path(self.node)

    @property
    def label(self) -> str:
        """The label that a user sees for the element."""
        return self.document.label(self.node)


class TextConsumer(Protocol):
    """Receives texts as they are read."""

    def append(self, text: StringField, /) -> None:
        """Receive one text."""
