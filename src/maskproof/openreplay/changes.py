"""
How each message changes a document (reference 2.4).

Words of attribute dictionaries are already resolved here. A text that is spread over several nodes is noted before
it changes: see `split_text_nodes`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from maskproof.openreplay.dom import FRAME_DOCUMENT, FRAMES, SHADOW_ROOT, DomDocument, Element, Node
from maskproof.openreplay.messages import BY_NAME
from maskproof.openreplay.split_text_nodes import note_former

# A message's values in the order of the message table, which gives their types.
Fields = tuple[Any, ...]
Change = Callable[[DomDocument, Fields], None]


def create_element(document: DomDocument, values: Fields) -> None:
    """
    Insert a new element below its parent.

    Args:
        document: The document to change.
        values: Node id, parent id, index among the parent's children, tag, and whether it is SVG.

    """
    node_id, parent, index, tag, _ = values
    document.insert(Element(node_id, parent, tag.lower()), index)


def create_text(document: DomDocument, values: Fields) -> None:
    """
    Insert a new text node below its parent.

    Args:
        document: The document to change.
        values: Node id, parent id, and index among the parent's children.

    """
    node_id, parent, index = values
    document.insert(Node(node_id, parent), index)


def _create_root(document: DomDocument, values: Fields) -> None:
    host_id, node_id = values
    host = document.nodes.get(host_id)
    is_frame = host is not None and host.tag in FRAMES
    document.insert(Element(node_id, host_id, FRAME_DOCUMENT if is_frame else SHADOW_ROOT), 0)


def _move(document: DomDocument, values: Fields) -> None:
    node_id, parent, index = values
    node = document.nodes.get(node_id)
    if node is not None:
        note_former(document, node)
        document.detach(node)
        node.parent = parent
        document.insert(node, index)


def _remove(document: DomDocument, values: Fields) -> None:
    node = document.nodes.get(values[0])
    if node is not None:
        note_former(document, node)
        document.detach(node)


def _set_attribute(document: DomDocument, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.set_attribute(values[1], values[2])


def _remove_attribute(document: DomDocument, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.remove_attribute(values[1])


def set_text(document: DomDocument, values: Fields) -> None:
    """
    Set the text of a text node.

    Args:
        document: The document to change.
        values: Node id and the new text.

    """
    node = document.nodes.get(values[0])
    if node is not None:
        if node.text and node.text != values[1]:
            note_former(document, node)
        node.text = values[1]


def _set_css(document: DomDocument, values: Fields) -> None:
    node = document.nodes.get(values[0])
    if node is not None:
        node.css = values[1]


def _set_value(document: DomDocument, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.value, node.mask = values[1], values[2]


def _set_checked(document: DomDocument, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.checked = values[1]


def _set_slot(document: DomDocument, values: Fields) -> None:
    node = document.element(values[0])
    if node is not None:
        node.slot = values[1]


def _set_focus(document: DomDocument, values: Fields) -> None:
    document.focus = values[0] if values[0] >= 0 else None


def _set_location(document: DomDocument, values: Fields) -> None:
    document.url, document.title = values[0], values[3]


def _replace_sheet(document: DomDocument, values: Fields) -> None:
    sheet = document.sheet(values[0])
    sheet.text, sheet.rules = values[1], []


def _insert_rule(document: DomDocument, values: Fields) -> None:
    document.sheet(values[0]).rules.insert(values[2], values[1])


def _delete_rule(document: DomDocument, values: Fields) -> None:
    del document.sheet(values[0]).rules[values[1] : values[1] + 1]


def _add_owner(document: DomDocument, values: Fields) -> None:
    document.sheet(values[0]).owners.add(values[1])


def _remove_owner(document: DomDocument, values: Fields) -> None:
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
# By message id. Other messages do not change the document.
CHANGES: Mapping[int, Change] = {BY_NAME[name].id: change for name, change in _BY_NAME.items()}
