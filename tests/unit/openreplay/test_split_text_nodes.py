"""Texts over several text nodes are read whole, also short-lived ones."""

from maskproof.openreplay.changes import CHANGES
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.encode import message
from maskproof.openreplay.primitives import Values
from maskproof.openreplay.split_text_nodes import spread_texts

# <section><div>4111<b>1111</b></div></section>, and a section with a paragraph of one text.
PARTS = [
    message("CreateElementNode", 7, 0, 0, "section", False),
    message("CreateElementNode", 8, 0, 1, "section", False),
    message("CreateElementNode", 1, 7, 0, "div", False),
    message("CreateTextNode", 2, 1, 0),
    message("SetNodeData", 2, "4111"),
    message("CreateElementNode", 3, 1, 1, "b", False),
    message("CreateTextNode", 4, 3, 0),
    message("SetNodeData", 4, "1111"),
    message("CreateElementNode", 5, 8, 0, "p", False),
    message("CreateTextNode", 6, 5, 0),
    message("SetNodeData", 6, "alone"),
]


def spread(*messages: tuple[int, Values]) -> list[tuple[int, str]]:
    """The texts over several nodes, after changes."""
    document = DomDocument()
    for kind, values in (*PARTS, *messages):
        CHANGES[kind](document, values)
    return list(spread_texts(document))


def test_neighbours_and_neighbouring_elements_are_one_text() -> None:
    """A text alone in its element is not joined."""
    assert spread() == [(1, "41111111")]


def test_a_text_is_whole_before_a_part_changes() -> None:
    """The text before the change was recorded too."""
    assert (1, "41111111") in spread(message("SetNodeData", 2, "****"))


def test_a_text_is_whole_before_a_part_is_removed() -> None:
    """The whole text is noted, also if all its parts are removed."""
    assert spread(message("RemoveNode", 3), message("RemoveNode", 2)) == [(1, "41111111")]


def test_a_text_is_whole_before_its_element_is_moved() -> None:
    """The text is noted at its old place and at its new place."""
    found = spread(message("MoveNode", 3, 5, 1))
    assert found == [(1, "41111111"), (5, "alone1111")]


def test_typing_gives_every_state_with_its_neighbours() -> None:
    """Each state of a growing text node is joined with its neighbour."""
    found = spread(message("SetNodeData", 4, "1111 1"), message("SetNodeData", 4, "1111 11"))
    assert found == [(1, "41111111"), (1, "41111111 1"), (1, "41111111 11")]


def test_the_same_text_again_is_not_noted() -> None:
    """A message that changes nothing is not noted."""
    assert spread(message("SetNodeData", 2, "4111")) == [(1, "41111111")]


def test_only_the_ends_of_long_texts_are_joined() -> None:
    """The middle of a long text is read by itself."""
    (_, text) = spread(message("SetNodeData", 4, "a" * 300 + "b" * 5000 + "c" * 300))[-1]
    assert text == "4111" + "a" * 256 + "\n" + "c" * 256


def test_long_neighbours_are_not_joined() -> None:
    """Long texts are found by themselves; a short text beside a long one is joined."""
    long = "x" * 40
    found = [text for _, text in spread(message("SetNodeData", 2, long), message("SetNodeData", 4, long))]
    assert found == ["41111111", f"{long}1111"]


def test_white_space_between_texts_is_one_space() -> None:
    """White space in the source of a page does not count as a neighbour."""
    blank = [message("CreateTextNode", 9, 1, 1), message("SetNodeData", 9, "\n    ")]
    assert spread(*blank)[-1] == (1, "4111 1111")
