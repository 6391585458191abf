"""Each tab has its own document, and each page load starts a new one."""

from maskproof.openreplay.changes import CHANGES
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.encode import message
from maskproof.openreplay.fields import MaskedInput
from maskproof.openreplay.pages import Pages


def _pages() -> tuple[Pages, list[DomDocument], list[MaskedInput]]:
    documents: list[DomDocument] = []
    masked: list[MaskedInput] = []
    return Pages(documents, masked), documents, masked


def _fill(document: DomDocument) -> None:
    kind, values = message("CreateElementNode", 1, 0, 0, "input", False)
    CHANGES[kind](document, values)


def test_a_page_load_starts_a_document() -> None:
    """An empty document is used again, except the one from before the first page load."""
    pages, documents, _ = _pages()
    pages.turn(*message("CreateDocument"))
    pages.turn(*message("CreateDocument"))
    assert len(documents) == 2
    _fill(pages.current)
    pages.turn(*message("CreateDocument"))
    assert len(documents) == 3
    assert pages.current is documents[2]


def test_a_tab_that_is_named_again_keeps_its_document() -> None:
    """The first tab takes over the document from before it was named."""
    pages, documents, _ = _pages()
    pages.turn(*message("TabData", "one"))
    assert pages.current is documents[0]
    pages.turn(*message("TabData", "two"))
    assert pages.current is documents[1]
    pages.turn(*message("TabData", "one"))
    assert pages.current is documents[0]
    assert set(pages.tabs) == {"one", "two"}


def test_only_masks_that_reveal_a_length_are_noted() -> None:
    """They are noted with the current document and the position of the message."""
    pages, documents, masked = _pages()
    _fill(pages.current)
    for offset, mask in enumerate((7, 0, -1)):
        pages.note_mask(message("SetInputValue", 1, "", mask)[1], "file", offset)
    assert masked == [MaskedInput(1, documents[0], "file", 0)]
