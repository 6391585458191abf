"""Texts know where they stand."""

import pytest

from maskproof.leaks.texts import Text, node_of, path_of
from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.fields import StringField
from maskproof.openreplay.session import SessionView

MESSAGES = (
    message("CreateDocument"),
    message("CreateElementNode", 1, 0, 0, "INPUT", False),
    message("SetNodeAttribute", 1, "id", "who"),
    message("SetNodeAttribute", 1, "placeholder", "Your name"),
    message("CreateElementNode", 2, 0, 0, "UL", False),
    message("SetNodeAttribute", 2, "data-x", "plain"),
    message("ConsoleLog", "log", "ready"),
)
VIEW = SessionView([decode_batch(encode_batch(MESSAGES), source="batch")])


def _string(text: str) -> StringField:
    return next(one for one in VIEW.strings if one.text == text)


@pytest.mark.parametrize(
    ("text", "expected"), [("Your name", 'input#who "Your name"'), ("plain", "html > ul"), ("ready", "")]
)
def test_a_place_is_a_path_and_a_label(text: str, expected: str) -> None:
    """The label in quotation marks if there is one, whether it is wrapped in a text or not."""
    string = _string(text)
    assert path_of(string) == expected
    assert path_of(Text("batch", "SetNodeAttribute", "Value", text, string)) == expected


def test_a_path_that_is_known_stays() -> None:
    """A text may be given its path in words."""
    text = Text("event 1", "event", "urlQuery", "q=1", "form#signup")
    assert (text.path, path_of(text), node_of(text)) == ("form#signup",) * 3


def test_what_knows_its_place_is_asked_late() -> None:
    """A session's own text is its place; another's is what it was given."""
    string = _string("plain")
    assert node_of(string) is string
    assert node_of(Text("batch", "SetNodeAttribute", "Value", "plain", string)) is string
