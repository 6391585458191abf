"""
The document at any moment, rebuilt from messages: nodes, attributes, text, inputs, frames, shadow roots.

A finding can so name the node that it is in, and a text that is spread over several nodes can be read whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

ROOT = 0
SHOWN_CLASSES = 1
LABELLING = ("aria-label", "placeholder", "name", "title")


@dataclass(slots=True)
class Node:
    """One node; text nodes have no tag. `value` is what an input shows, `mask` how it was masked."""

    id: int
    parent: int | None
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    value: str = ""
    mask: int = 0
    children: list[int] = field(default_factory=list)


class Document:
    """
    One page's document; a page load starts a new one.

    Messages that do not change the document pass it by.
    """

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {ROOT: Node(ROOT, None, "html")}

    def apply(self, name: str, values: dict[str, object]) -> None:
        """Change the document by one message, given as name and fields with dictionaries resolved."""
        change = getattr(self, f"_{name}", None)
        if change is not None:
            change(values)

    def _CreateElementNode(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        self._insert(Node(_id(fields), _id(fields, "ParentID"), str(fields["Tag"]).lower()), _id(fields, "index"))

    def _CreateTextNode(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        self._insert(Node(_id(fields), _id(fields, "ParentID")), _id(fields, "Index"))

    def _CreateIFrameDocument(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        self._insert(Node(_id(fields), _id(fields, "FrameID"), "#document"), 0)

    def _MoveNode(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        node = self.nodes.get(_id(fields))
        if node is not None:
            self._detach(node)
            node.parent = _id(fields, "ParentID")
            self._insert(node, _id(fields, "Index"))

    def _RemoveNode(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        node = self.nodes.get(_id(fields))
        if node is not None:
            self._detach(node)

    def _SetNodeAttribute(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        node = self.nodes.get(_id(fields))
        if node is not None:
            node.attributes[str(fields["Name"])] = str(fields["Value"])

    _SetNodeAttributeURLBased = _SetNodeAttribute
    _SetNodeAttributeDictGlobal = _SetNodeAttribute
    _SetNodeAttributeDict = _SetNodeAttribute

    def _RemoveNodeAttribute(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        node = self.nodes.get(_id(fields))
        if node is not None:
            node.attributes.pop(str(fields["Name"]), None)

    def _SetNodeData(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        node = self.nodes.get(_id(fields))
        if node is not None:
            node.text = str(fields["Data"])

    def _SetInputValue(self, fields: dict[str, object]) -> None:  # noqa: N802 - the message's name
        node = self.nodes.get(_id(fields))
        if node is not None:
            node.value = str(fields["Value"])
            node.mask = _id(fields, "Mask")

    def _insert(self, node: Node, index: int) -> None:
        self.nodes[node.id] = node
        parent = self.nodes.get(node.parent) if node.parent is not None else None
        if parent is not None:
            parent.children.insert(index, node.id)

    def _detach(self, node: Node) -> None:
        parent = self.nodes.get(node.parent) if node.parent is not None else None
        if parent is not None and node.id in parent.children:
            parent.children.remove(node.id)

    def path(self, node_id: int) -> str:
        """A CSS path to a node, from the nearest ancestor with an id on; empty for an unknown node."""
        steps: list[str] = []
        node = self.nodes.get(node_id)
        while node is not None:
            if node.tag:
                steps.append(_step(node))
                if "id" in node.attributes:
                    break
            node = self.nodes.get(node.parent) if node.parent is not None else None
        return " > ".join(reversed(steps))

    def label(self, node_id: int) -> str:
        """What a user would call a node: its own naming attribute, or the text of a label for it."""
        node = self.nodes.get(node_id)
        if node is None:
            return ""
        own = node.attributes.get("id")
        for other in self.nodes.values():
            if own and other.tag == "label" and other.attributes.get("for") == own:
                return self.text_of(other.id)
        return next((node.attributes[name] for name in LABELLING if node.attributes.get(name)), "")

    def text_of(self, node_id: int) -> str:
        """The text of a node and all below it, as it stands on the page."""
        return "".join(self._texts(node_id))

    def _texts(self, node_id: int) -> Iterator[str]:
        node = self.nodes.get(node_id)
        if node is None:
            return
        if not node.tag:
            yield node.text
        for child in node.children:
            yield from self._texts(child)

    def text_parents(self) -> Iterator[int]:
        """Ids of the elements that have two or more text nodes next to each other or among their children."""
        for node in self.nodes.values():
            texts = sum(1 for child in node.children if child in self.nodes and not self.nodes[child].tag)
            if len(node.children) > 1 and (texts > 1 or (texts and len(node.children) > texts)):
                yield node.id

    def find(self, selector: str) -> list[int]:
        """
        Ids of the nodes that a simple selector names: `#id`, `tag`, `[name=value]`, or `tag[name=value]`.

        Any other selector finds nothing.
        """
        tag, wanted = _parsed(selector)
        if tag is None:
            return []
        return [
            node.id
            for node in self.nodes.values()
            if node.tag
            and (not tag or node.tag == tag)
            and all(node.attributes.get(name) == value for name, value in wanted.items())
        ]


def _id(fields: dict[str, object], name: str = "ID") -> int:
    value = fields[name]
    return value if isinstance(value, int) else 0


def _step(node: Node) -> str:
    if "id" in node.attributes:
        return f"{node.tag}#{node.attributes['id']}"
    if "name" in node.attributes:
        return f'{node.tag}[name="{node.attributes["name"]}"]'
    classes = node.attributes.get("class", "").split()[:SHOWN_CLASSES]
    return ".".join([node.tag, *classes])


def _parsed(selector: str) -> tuple[str | None, dict[str, str]]:
    match = re.fullmatch(r"([a-z][a-z0-9]*)?(?:#([\w-]+))?((?:\[[\w-]+=[\"']?[^\"'\]]*[\"']?\])*)", selector.strip())
    if match is None:
        return None, {}
    wanted = dict(re.findall(r"\[([\w-]+)=[\"']?([^\"'\]]*)[\"']?\]", match[3]))
    if match[2]:
        wanted["id"] = match[2]
    return match[1] or "", wanted
