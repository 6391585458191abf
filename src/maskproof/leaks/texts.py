"""What is scanned: texts that know where they stand."""

from typing import NamedTuple, Protocol

from maskproof.openreplay.fields import StringField


class Placed(Protocol):
    """Something that can say at which node it is, and what a user would call that."""

    @property
    def path(self) -> str:
        """CSS path of the node."""

    @property
    def label(self) -> str:
        """The node's label."""


class Text(NamedTuple):
    """One text of anything: where it stands, and which message and field it is of."""

    source: str
    message: str
    field: str
    text: str | bytes
    node: str | Placed = ""
    offset: int = 0

    @property
    def path(self) -> str:
        """CSS path of the node, and the label in quotation marks if it has one; looked up when asked for."""
        return self.node if isinstance(self.node, str) else _shown(self.node)


# Texts of a session are scanned as they are: there are so many that another object for each would be felt.
AnyText = Text | StringField


def node_of(text: AnyText) -> str | Placed:
    """What can say where a text is."""
    return text if isinstance(text, StringField) else text.node


def path_of(text: AnyText) -> str:
    """Where a text is, see `Text.path`."""
    return _shown(text) if isinstance(text, StringField) else text.path


def _shown(node: Placed) -> str:
    path, label = node.path, node.label
    return f'{path} "{label}"' if path and label else path
