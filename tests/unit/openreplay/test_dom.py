"""Documents are rebuilt from messages, with frames, shadow trees and style sheets, and nodes have names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay.changes import CHANGES
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.encode import message
from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.primitives import Values

FORM = [
    message("CreateElementNode", 1, 0, 0, "FORM", False),
    message("SetNodeAttribute", 1, "id", "order"),
    message("CreateElementNode", 2, 1, 0, "label", False),
    message("SetNodeAttribute", 2, "for", "mail"),
    message("CreateTextNode", 3, 2, 0),
    message("SetNodeData", 3, "Your\n  e-mail"),
    message("CreateElementNode", 4, 1, 1, "input", False),
    message("SetNodeAttribute", 4, "id", "mail"),
    message("CreateElementNode", 5, 1, 2, "div", False),
    message("SetNodeAttribute", 5, "class", "hint wide"),
    message("CreateElementNode", 6, 5, 0, "input", False),
    message("SetNodeAttribute", 6, "name", "note"),
]


def built(*messages: tuple[int, Values]) -> DomDocument:
    """The form after changes by messages."""
    document = DomDocument()
    for kind, values in (*FORM, *messages):
        CHANGES[kind](document, values)
    return document


@pytest.mark.parametrize(
    ("node", "path"),
    [
        (0, "html"),
        (3, "form#order > label"),
        (4, "input#mail"),
        (6, 'form#order > div.hint > input[name="note"]'),
        (99, ""),
    ],
)
def test_a_path_begins_at_the_nearest_id(node: int, path: str) -> None:
    """Elements are named by id, name or class; a text node has the path of its element."""
    assert built().path(node) == path


def test_the_path_into_a_frame_or_shadow_tree_begins_with_its_host() -> None:
    """The host also decides whether the root is a frame or a shadow root (2.3)."""
    document = built(
        message("CreateElementNode", 10, 0, 1, "iframe", False),
        message("SetNodeAttribute", 10, "id", "pay"),
        message("CreateIFrameDocument", 10, 11),
        message("CreateElementNode", 12, 11, 0, "html", False),
        message("CreateElementNode", 13, 12, 0, "pay-card", False),
        message("CreateIFrameDocument", 13, 14),
        message("CreateElementNode", 15, 14, 0, "input", False),
        message("SetNodeAttribute", 15, "id", "number"),
    )
    assert document.path(15) == "iframe#pay >>> html > pay-card >>> input#number"
    assert (document.nodes[11].tag, document.nodes[14].tag) == ("#document", "#shadow-root")


def test_text_in_frames_and_shadow_trees_belongs_to_the_page() -> None:
    """Such text is shown on the page, and was recorded."""
    document = built(
        message("CreateIFrameDocument", 5, 20),
        message("CreateTextNode", 21, 20, 0),
        message("SetNodeData", 21, "inside"),
    )
    assert document.text_of(1).endswith("inside")


def test_a_label_is_found_by_for() -> None:
    """The label is what a user sees: white space is collapsed."""
    assert built().label(4) == "Your e-mail"


def test_a_label_may_stand_around_its_field() -> None:
    """The nearest label above names a field without an id."""
    document = built(message("CreateElementNode", 7, 2, 1, "input", False))
    assert document.label(7) == "Your e-mail"


def test_a_label_may_be_named_by_the_field() -> None:
    """`aria-labelledby` lists ids."""
    document = built(
        message("SetNodeAttribute", 2, "id", "caption"), message("SetNodeAttribute", 6, "aria-labelledby", "caption")
    )
    assert document.label(6) == "Your e-mail"


@pytest.mark.parametrize("name", ["aria-label", "placeholder", "name", "title"])
def test_without_a_label_an_attribute_names_the_field(name: str) -> None:
    """The attribute names the field; without one, the label is empty."""
    document = built(message("RemoveNodeAttribute", 6, "name"), message("SetNodeAttribute", 6, name, "Note"))
    assert document.label(6) == "Note"
    assert document.label(5) == ""


def test_a_removed_node_leaves_the_page_and_keeps_its_path() -> None:
    """A finding in a removed node still has a place."""
    document = built(message("RemoveNode", 5))
    assert document.nodes[1].children == [2, 4]
    assert document.path(6) == 'form#order > div.hint > input[name="note"]'


def test_a_moved_node_takes_its_children_along() -> None:
    """The node is only at its new place."""
    document = built(message("MoveNode", 2, 5, 0))
    assert (document.nodes[1].children, document.nodes[5].children) == ([4, 5], [2, 6])
    assert document.text_of(5) == "Your\n  e-mail"


def test_a_node_that_is_created_again_exists_once() -> None:
    """An id belongs to one node."""
    document = built(message("CreateElementNode", 4, 5, 0, "input", False))
    assert (document.nodes[1].children, document.nodes[5].children) == ([2, 5], [4, 6])


def test_a_child_that_arrives_before_its_parent_is_kept() -> None:
    """The child is inserted when the parent arrives."""
    document = built(
        message("CreateTextNode", 31, 30, 0),
        message("SetNodeData", 31, "early"),
        message("CreateElementNode", 30, 1, 0, "p", False),
    )
    assert document.text_of(30) == "early"


def test_inputs_know_value_mask_and_state() -> None:
    """An element holds what the recording shows of an input."""
    document = built(
        message("SetInputValue", 4, "text", 0), message("SetInputValue", 6, "", 7), message("SetInputChecked", 6, True)
    )
    text, box = document.element(4), document.element(6)
    assert text is not None
    assert box is not None
    assert (text.value, box.mask, box.checked) == ("text", 7, True)


def test_a_text_is_not_an_element() -> None:
    """Broken messages cannot give a text attributes or children."""
    document = built(
        message("SetInputValue", 3, "text", 0),
        message("SetNodeAttribute", 3, "id", "who"),
        message("CreateElementNode", 7, 3, 0, "b", False),
    )
    assert document.element(3) is None
    assert (document.nodes[3].children, dict(document.nodes[3].attributes), document.path(7)) == (
        (),
        {},
        document.path(3) + " > b",
    )


def test_style_sheets_are_those_that_a_root_adopted() -> None:
    """Replaced sheets and inserted and deleted rules count; a sheet that the root does not own does not."""
    document = built(
        message("AdoptedSSReplace", 1, "a{}"),
        message("AdoptedSSInsertRule", 1, "b{}", 0),
        message("AdoptedSSInsertRule", 1, "c{}", 0),
        message("AdoptedSSDeleteRule", 1, 1),
        message("AdoptedSSAddOwner", 1, 0),
        message("AdoptedSSReplaceURLBased", 2, "d{}", "http://127.0.0.1/"),
        message("AdoptedSSAddOwner", 2, 0),
        message("AdoptedSSRemoveOwner", 2, 0),
    )
    assert document.styles_of(0) == "a{}\nc{}"


def test_css_of_a_style_element_is_not_text_of_the_page() -> None:
    """CSS is kept apart from text."""
    document = built(message("CreateTextNode", 40, 5, 0), message("SetCSSData", 40, "p{}"))
    assert (document.nodes[40].css, document.text_of(5)) == ("p{}", "")


def test_focus_url_and_title_are_the_latest() -> None:
    """The focus can also be nowhere."""
    document = built(message("SetNodeFocus", 4), message("SetPageLocation", "/a", "", 0, "A"))
    assert (document.focus, document.url, document.title) == (4, "/a", "A")
    CHANGES[58](document, (-1,))
    assert document.focus is None


@pytest.mark.parametrize(
    ("selector", "nodes"),
    [("#mail", [4]), ("input", [4, 6]), ("input[name=note]", [6]), ("[name='note']", [6]), ("a > b", []), ("p", [])],
)
def test_nodes_are_found_by_simple_selectors(selector: str, nodes: list[int]) -> None:
    """Selectors with more than id, tag and attributes match nothing."""
    assert built().find(selector) == nodes


IDS = st.integers(0, 6)
CHANGE = st.sampled_from(
    ["CreateElementNode", "CreateTextNode", "MoveNode", "RemoveNode", "CreateIFrameDocument", "SetNodeData"]
)


@given(st.lists(st.tuples(CHANGE, IDS, IDS, IDS), max_size=30))
def test_fuzz_any_order_of_changes_leaves_a_document_that_can_be_read(changes: list[tuple[str, int, int, int]]) -> None:
    """With cycles and unknown parents, every path, label and text can still be computed."""
    document = DomDocument()
    for name, node, parent, index in changes:
        kind = next(message_type for message_type in MESSAGES.values() if message_type.name == name)
        values = {"ID": node, "ParentID": parent, "FrameID": parent, "index": index, "Index": index}
        filled = tuple(values.get(field.name, "x" if field.type == "string" else False) for field in kind.fields)
        CHANGES[kind.id](document, filled)
    for node in document.nodes:
        assert isinstance(document.path(node) + document.label(node) + document.text_of(node), str)
