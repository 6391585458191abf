"""What is scanned: texts that know where they come from."""

from typing import NamedTuple, Protocol

from maskproof.openreplay.fields import StringField


class Placed(Protocol):
    """Something that knows its node, and the label that a user sees."""

    @property
    def path(self) -> str:
        """CSS path of the node."""

    @property
    def label(self) -> str:
        """The node's label."""


class Text(NamedTuple):
    """One text of any kind: its source, message and field, its node, and its offset in bytes."""

    source: str
    message: str
    field: str
    text: str | bytes
    node: str | Placed = ""
    offset: int = 0

    @property
    def path(self) -> str:
        """CSS path of the node, with its label in quotation marks if it has one; looked up on demand."""
        return self.node if isinstance(self.node, str) else _shown(self.node)


# Texts of a session are scanned as `StringField`: a session has so many that an object more for each costs time.
AnyText = Text | StringField


def node_of(text: AnyText) -> str | Placed:
    """The node of a text, or what can look it up."""
    return text if isinstance(text, StringField) else text.node


def path_of(text: AnyText) -> str:
    """CSS path and label of the node of a text, see `Text.path`."""
    return _shown(text) if isinstance(text, StringField) else text.path


def _shown(node: Placed) -> str:
    path, label = node.path, node.label
    return f'{path} "{label}"' if path and label else path
