"""
Which message changes what of a document (reference 2.4).

Attributes by dictionary come with their words already looked up. Before a text that is spread over several
nodes goes away, it is noted: see `spread`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from maskproof.openreplay.dom import FRAME_DOCUMENT, FRAMES, SHADOW_ROOT, Document, Element, Node
from maskproof.openreplay.messages import BY_NAME
from maskproof.openreplay.split_text_nodes import note_former

# A message's values in the table's order; the table says of which type each is.
Fields = tuple[Any, ...]
Change = Callable[[Document, Fields], None]


def create_element(document: Document, values: Fields) -> None:
    """Put a new element below its parent."""
    node_id, parent, index, tag, _ = values
    document.insert(Element(node_id, parent, tag.lower()), index)


def create_text(document: Document, values: Fields) -> None:
    """Put a new text below its parent."""
    node_id, parent, index = values
    document.insert(Node(node_id, parent), index)


def _create_root(document: Document, values: Fields) -> None:
    host_id, node_id = values
    host = document.nodes.get(host_id)
    is_frame = host is not None and host.tag in FRAMES
    document.insert(Element(node_id, host_id, FRAME_DOCUMENT if is_frame else SHADOW_ROOT), 0)


def _move(document: Document, values: Fields) -> None:
    node_id, parent, index = values
    node = document.nodes.get(node_id)
    if node is not None:
        note_former(document, node)
        document.detach(node)
        node.parent = parent
        document.insert(node, index)


def _remove(document: Document, values: Fields) -> None:
    node = document.nodes.get(values[0])
    if node is not None:
        note_former(document, node)
        document.detach(node)


def _set_attribute(document: Document, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.set_attribute(values[1], values[2])


def _remove_attribute(document: Document, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.remove_attribute(values[1])


def set_text(document: Document, values: Fields) -> None:
    """Let a text say something else."""
    node = document.nodes.get(values[0])
    if node is not None:
        if node.text and node.text != values[1]:
            note_former(document, node)
        node.text = values[1]


def _set_css(document: Document, values: Fields) -> None:
    node = document.nodes.get(values[0])
    if node is not None:
        node.css = values[1]


def _set_value(document: Document, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.value, node.mask = values[1], values[2]


def _set_checked(document: Document, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.checked = values[1]


def _set_slot(document: Document, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.slot = values[1]


def _set_focus(document: Document, values: Fields) -> None:
    document.focus = values[0] if values[0] >= 0 else None


def _set_location(document: Document, values: Fields) -> None:
    document.url, document.title = values[0], values[3]


def _replace_sheet(document: Document, values: Fields) -> None:
    sheet = document.sheet(values[0])
    sheet.text, sheet.rules = values[1], []


def _insert_rule(document: Document, values: Fields) -> None:
    document.sheet(values[0]).rules.insert(values[2], values[1])


def _delete_rule(document: Document, values: Fields) -> None:
    del document.sheet(values[0]).rules[values[1] : values[1] + 1]


def _add_owner(document: Document, values: Fields) -> None:
    document.sheet(values[0]).owners.add(values[1])


def _remove_owner(document: Document, values: Fields) -> None:
    document.sheet(values[0]).owners.discard(values[1])


_BY_NAME: Mapping[str, Change] = {
    "CreateElementNode": create_element,
    "CreateTextNode": create_text,
    "CreateIFrameDocument": _create_root,
    "MoveNode": _move,
    "RemoveNode": _remove,
    "SetNodeAttribute": _set_attribute,
    "SetNodeAttributeURLBased": _set_attribute,
    "SetNodeAttributeDict": _set_attribute,
    "SetNodeAttributeDictGlobal": _set_attribute,
    "SetNodeAttributeDictDeprecated": _set_attribute,
    "RemoveNodeAttribute": _remove_attribute,
    "SetNodeData": set_text,
    "SetCSSData": _set_css,
    "SetCSSDataURLBased": _set_css,
    "SetInputValue": _set_value,
    "SetInputChecked": _set_checked,
    "SetNodeSlot": _set_slot,
    "SetNodeFocus": _set_focus,
    "SetPageLocation": _set_location,
    "AdoptedSSReplace": _replace_sheet,
    "AdoptedSSReplaceURLBased": _replace_sheet,
    "AdoptedSSInsertRule": _insert_rule,
    "AdoptedSSInsertRuleURLBased": _insert_rule,
    "AdoptedSSDeleteRule": _delete_rule,
    "AdoptedSSAddOwner": _add_owner,
    "AdoptedSSRemoveOwner": _remove_owner,
}
# By message id; other messages change nothing of the document.
CHANGES: Mapping[int, Change] = {BY_NAME[name].id: change for name, change in _BY_NAME.items()}
