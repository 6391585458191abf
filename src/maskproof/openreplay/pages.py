"""Tracks which document messages belong to: each tab has its own, and each page load starts a new one."""

from maskproof.openreplay.changes import Fields
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.fields import MaskedInput
from maskproof.openreplay.messages import TAB_DATA


class Pages:
    """
    The current document of each tab.

    Args:
        documents: List that every new document is appended to.
        masked: List that every input whose mask reveals the length of its value is appended to.

    """

    def __init__(self, documents: list[DomDocument], masked: list[MaskedInput]) -> None:
        self._documents = documents
        self._masked = masked
        self._tab = ""
        self.tabs = {"": self._new()}

    @property
    def current(self) -> DomDocument:
        """The document that the messages belong to now."""
        return self.tabs[self._tab]

    def turn(self, kind: int, values: Fields) -> None:
        """
        Switch to the new document of a page load, or to the document of another tab.

        Args:
            kind: Message id of `TabData` or `CreateDocument`.
            values: The field values of that message.

        """
        if kind == TAB_DATA:
            self._select(str(values[0]))
        elif self.current is self._documents[0] or not self.current.is_empty:
            # The tracker sends where a page is before it sends the page.
            before, self.tabs[self._tab] = self.current, self._new()
            self.current.url, self.current.title = before.url, before.title

    def note_mask(self, values: Fields, source: str, offset: int) -> None:
        """
        Note an input, if its mask reveals a length.

        Args:
            values: The field values of a `SetInputValue` message.
            source: File or batch of the message.
            offset: Position of the message in its source, in bytes.

        """
        node, _, mask = values
        if mask > 0:
            self._masked.append(MaskedInput(node, self.current, source, offset))

    def _select(self, tab: str) -> None:
        """Switch to a tab. The first named tab takes over the document from before it was named."""
        if "" in self.tabs:
            self.tabs[tab] = self.tabs.pop("")
        elif tab not in self.tabs:
            self.tabs[tab] = self._new()
        self._tab = tab

    def _new(self) -> DomDocument:
        self._documents.append(DomDocument())
        return self._documents[-1]
