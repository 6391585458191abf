"""Every tab has a document of its own, and every page load starts one."""

from maskproof.openreplay.changes import CHANGES
from maskproof.openreplay.dom import Document
from maskproof.openreplay.encode import message
from maskproof.openreplay.fields import MaskedInput
from maskproof.openreplay.pages import Pages


def _pages() -> tuple[Pages, list[Document], list[MaskedInput]]:
    documents: list[Document] = []
    masked: list[MaskedInput] = []
    return Pages(documents, masked), documents, masked


def _fill(document: Document) -> None:
    kind, values = message("CreateElementNode", 1, 0, 0, "input", False)
    CHANGES[kind](document, values)


def test_a_page_load_starts_a_document() -> None:
    """One that nothing was put into yet is taken, but for what came before the first page."""
    pages, documents, _ = _pages()
    pages.turn(*message("CreateDocument"))
    pages.turn(*message("CreateDocument"))
    assert len(documents) == 2
    _fill(pages.current)
    pages.turn(*message("CreateDocument"))
    assert len(documents) == 3
    assert pages.current is documents[2]


def test_a_tab_that_is_named_again_has_its_document_still() -> None:
    """The first one takes over what came before it had a name."""
    pages, documents, _ = _pages()
    pages.turn(*message("TabData", "one"))
    assert pages.current is documents[0]
    pages.turn(*message("TabData", "two"))
    assert pages.current is documents[1]
    pages.turn(*message("TabData", "one"))
    assert pages.current is documents[0]
    assert set(pages.tabs) == {"one", "two"}


def test_only_masks_that_tell_a_length_are_noted() -> None:
    """With the document of the moment, and the place of the message."""
    pages, documents, masked = _pages()
    _fill(pages.current)
    for offset, mask in enumerate((7, 0, -1)):
        pages.note_mask(message("SetInputValue", 1, "", mask)[1], "file", offset)
    assert masked == [MaskedInput(1, documents[0], "file", 0)]
