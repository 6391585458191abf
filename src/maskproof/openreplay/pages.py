"""Which document messages are about: every tab has one of its own, and every page load starts one."""

from maskproof.openreplay.changes import Fields
from maskproof.openreplay.dom import Document
from maskproof.openreplay.fields import MaskedInput
from maskproof.openreplay.messages import TAB_DATA


class Pages:
    """
    Whose turn it is.

    Args:
        documents: Takes every document there is, in order.
        masked: Takes inputs whose mask tells how long their value is.

    """

    def __init__(self, documents: list[Document], masked: list[MaskedInput]) -> None:
        self._documents = documents
        self._masked = masked
        self._tab = ""
        self.tabs = {"": self._new()}

    @property
    def current(self) -> Document:
        """The document that messages are about."""
        return self.tabs[self._tab]

    def turn(self, kind: int, values: Fields) -> None:
        """Go to the document after a page load, or to that of another tab whose messages begin."""
        if kind == TAB_DATA:
            self._select(str(values[0]))
        elif self.current is self._documents[0] or not self.current.is_empty:
            self.tabs[self._tab] = self._new()

    def note_mask(self, values: Fields, source: str, offset: int) -> None:
        """Note an input, if its mask tells anything."""
        node, _, mask = values
        if mask > 0:
            self._masked.append(MaskedInput(node, self.current, source, offset))

    def _select(self, tab: str) -> None:
        """Go to a tab; the first that is named takes over what was before."""
        if "" in self.tabs:
            self.tabs[tab] = self.tabs.pop("")
        elif tab not in self.tabs:
            self.tabs[tab] = self._new()
        self._tab = tab

    def _new(self) -> Document:
        self._documents.append(Document())
        return self._documents[-1]
