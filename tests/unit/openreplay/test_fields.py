"""Texts and masks of a session know their place."""

from maskproof.openreplay.changes import CHANGES
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.encode import message
from maskproof.openreplay.fields import MaskedInput, SpreadText, StringField


def _document() -> DomDocument:
    document = DomDocument()
    for kind, values in (
        message("CreateElementNode", 1, 0, 0, "input", False),
        message("SetNodeAttribute", 1, "id", "who"),
        message("SetNodeAttribute", 1, "placeholder", "Your name"),
    ):
        CHANGES[kind](document, values)
    return document


def test_a_place_is_looked_up_in_its_document() -> None:
    """Path and label come from the document; both are empty for a message without a node."""
    document = _document()
    text = StringField("SetInputValue", "Value", "text", 1, document, 0, "file", 0)
    assert (text.path, text.label) == ("input#who", "Your name")
    assert (text._replace(node=None).path, text._replace(node=None).label) == ("", "")
    spread = SpreadText("text", 1, document)
    assert (spread.path, spread.label) == ("input#who", "Your name")
    assert MaskedInput(1, document, "file", 0).path == "input#who"
