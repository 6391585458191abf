"""Texts know their node, and how a finding names it."""

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
    return next(string for string in VIEW.strings if string.text == text)


@pytest.mark.parametrize(
    ("text", "expected"), [("Your name", 'input#who "Your name"'), ("plain", "html > ul"), ("ready", "")]
)
def test_a_place_is_a_path_and_a_label(text: str, expected: str) -> None:
    """A label is added in quotation marks; a `Text` around a string of a session has the same path."""
    string = _string(text)
    assert path_of(string) == expected
    assert path_of(Text("batch", "SetNodeAttribute", "Value", text, string)) == expected


def test_a_given_path_stays() -> None:
    """The path of a text may be given as a string."""
    text = Text("event 1", "event", "urlQuery", "q=1", "form#signup")
    assert (text.path, path_of(text), node_of(text)) == ("form#signup",) * 3


def test_a_node_is_kept_and_not_looked_up() -> None:
    """A string of a session is its own node; other texts keep what they were given."""
    string = _string("plain")
    assert node_of(string) is string
    assert node_of(Text("batch", "SetNodeAttribute", "Value", "plain", string)) is string
