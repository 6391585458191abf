"""What is scanned: texts that know where they stand."""

from typing import NamedTuple, Protocol


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
        if isinstance(self.node, str):
            return self.node
        path, label = self.node.path, self.node.label
        return f'{path} "{label}"' if path and label else path
