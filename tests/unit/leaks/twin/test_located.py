"""Messages with the node that they are about."""

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
    return [(one.name, path) for one, _, path in located_messages(view, *names)]


def test_a_message_has_its_fields_and_the_path_of_its_node() -> None:
    """As they stand in the table of messages."""
    view = _view(*_page("who"), message("SetInputValue", 1, "blue", 3))
    (found,) = located_messages(view, "SetInputValue")
    assert found[0].values == (1, "blue", 3)
    assert found[1:] == ({"ID": 1, "Value": "blue", "Mask": 3}, "input#who")


def test_messages_without_a_node_have_no_path() -> None:
    """Nor have those of a node that was never made."""
    view = _view(*_page("who"), message("ConsoleLog", "log", "ready"), message("SetInputChecked", 9, True))
    assert _located(view, "ConsoleLog", "SetInputChecked") == [("ConsoleLog", ""), ("SetInputChecked", "")]


def test_without_names_every_message_is_told_in_order() -> None:
    """The header of the batch with them."""
    view = _view(*_page("who"), message("CustomEvent", "sent", "{}"))
    assert [name for name, _ in _located(view)] == [
        "BatchMetadata",
        "CreateDocument",
        "CreateElementNode",
        "SetNodeAttribute",
        "CustomEvent",
    ]


def test_each_page_has_its_own_nodes() -> None:
    """The same number is another node after a page was loaded."""
    view = _view(
        *_page("first"), message("SetInputChecked", 1, True), *_page("second"), message("SetInputChecked", 1, True)
    )
    assert [path for _, path in _located(view, "SetInputChecked")] == ["input#first", "input#second"]


def test_a_node_of_another_tab_is_found_there() -> None:
    """A page's own document comes first, then any that has such a node."""
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


def test_a_name_that_there_is_not_is_an_error() -> None:
    """A typing error would pass over everything."""
    with pytest.raises(KeyError):
        list(located_messages(_view(), "SetInputValues"))
