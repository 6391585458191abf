"""Messages with the path of their node."""

import pytest

from maskproof.leaks.twin.located import located_messages
from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.primitives import Value
from maskproof.openreplay.session import SessionView

Sent = tuple[int, tuple[Value, ...]]


def _page(name: str) -> list[Sent]:
    return [
        message("CreateDocument"),
        message("CreateElementNode", 1, 0, 0, "INPUT", False),
        message("SetNodeAttribute", 1, "id", name),
    ]


def _view(*messages: Sent) -> SessionView:
    return SessionView([decode_batch(encode_batch(messages), source="batch")])


def _located(view: SessionView, *names: str) -> list[tuple[str, str]]:
    return [(found.name, path) for found, _, path in located_messages(view, *names)]


def test_a_message_has_its_fields_and_the_path_of_its_node() -> None:
    """Fields have the names of the message table."""
    view = _view(*_page("who"), message("SetInputValue", 1, "blue", 3))
    (found,) = located_messages(view, "SetInputValue")
    assert found[0].values == (1, "blue", 3)
    assert found[1:] == ({"ID": 1, "Value": "blue", "Mask": 3}, "input#who")


def test_messages_without_a_node_have_no_path() -> None:
    """A message without a node, or of a node that was never created, has an empty path."""
    view = _view(*_page("who"), message("ConsoleLog", "log", "ready"), message("SetInputChecked", 9, True))
    assert _located(view, "ConsoleLog", "SetInputChecked") == [("ConsoleLog", ""), ("SetInputChecked", "")]


def test_without_names_all_messages_come_in_order() -> None:
    """The header of the batch is one of them."""
    view = _view(*_page("who"), message("CustomEvent", "sent", "{}"))
    assert [name for name, _ in _located(view)] == [
        "BatchMetadata",
        "CreateDocument",
        "CreateElementNode",
        "SetNodeAttribute",
        "CustomEvent",
    ]


def test_each_page_has_its_own_nodes() -> None:
    """A number is another node after the next page was loaded."""
    view = _view(
        *_page("first"), message("SetInputChecked", 1, True), *_page("second"), message("SetInputChecked", 1, True)
    )
    assert [path for _, path in _located(view, "SetInputChecked")] == ["input#first", "input#second"]


def test_a_node_of_another_tab_is_found_there() -> None:
    """The page's own document comes first, then any document with such a node."""
    view = _view(
        message("TabData", "one"),
        *_page("who"),
        message("CreateElementNode", 2, 0, 1, "BUTTON", False),
        message("TabData", "two"),
        *_page("other"),
        message("TabData", "one"),
        message("SetInputChecked", 2, True),
    )
    assert _located(view, "SetInputChecked") == [("SetInputChecked", "html > button")]


def test_an_unknown_name_is_an_error() -> None:
    """A typing error would match nothing."""
    with pytest.raises(KeyError):
        list(located_messages(_view(), "SetInputValues"))
