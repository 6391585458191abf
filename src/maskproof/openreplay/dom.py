"""
The document at any moment, rebuilt from messages: nodes, attributes, text, inputs, frames, shadow roots, styles.

It lets a finding name its node, and lets a text that is spread over several nodes be read whole. `changes` defines
how each message changes the document.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

ROOT = 0
SHOWN_CLASSES = 1
LABELLING = ("aria-label", "placeholder", "name", "title")
LONGEST_LABEL = 100
FRAME_DOCUMENT, SHADOW_ROOT = "#document", "#shadow-root"
FRAMES = ("iframe", "frame", "object", "embed")
# Separates a host from the content of its frame or shadow root in a path.
INTO = " >>> "
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Node:
    """
    A text node, or the base of an `Element`. Most nodes are texts.

    `text` is its text, `css` the text of a style sheet. Attributes that only elements have are class attributes here,
    which saves memory.

    Args:
        node_id: The tracker's id, unique in its document.
        parent: Id of the parent node; None for the root.

    """

    __slots__ = ("css", "id", "parent", "text")

    tag = ""
    attributes = NO_ATTRIBUTES
    children: Sequence[int] = ()

    def __init__(self, node_id: int, parent: int | None) -> None:
        self.id = node_id
        self.parent = parent
        self.text = self.css = ""


class Element(Node):
    """
    An element, or the root of a frame or shadow tree, whose tag begins with `#`.

    `value` is what an input shows, `mask` how it was masked.

    Args:
        node_id: The tracker's id, unique in its document.
        parent: Id of the parent node; None for the root.
        tag: Tag name in lower case, `#document` or `#shadow-root`.

    """

    __slots__ = ("attributes", "checked", "children", "mask", "slot", "tag", "value")

    def __init__(self, node_id: int, parent: int | None, tag: str) -> None:
        self.id = node_id
        self.parent = parent
        self.text = self.css = ""
        self.tag = tag
        self.attributes: Mapping[str, str] = NO_ATTRIBUTES
        self.children: list[int] = []
        self.value = ""
        self.mask = 0
        self.checked: bool | None = None
        self.slot: int | None = None

    @property
    def is_root(self) -> bool:
        """Whether it is the root of a frame or shadow tree."""
        return self.tag.startswith("#")

    def set_attribute(self, name: str, value: str) -> None:
        """
        Set an attribute.

        Args:
            name: Attribute name, as recorded.
            value: New value; replaces the old one.

        """
        if isinstance(self.attributes, dict):
            self.attributes[name] = value
        else:
            self.attributes = {name: value}

    def remove_attribute(self, name: str) -> None:
        """Remove an attribute, if present."""
        if isinstance(self.attributes, dict):
            self.attributes.pop(name, None)

    def drop_child(self, node_id: int) -> None:
        """Remove a node from the children, if it is one of them."""
        if node_id in self.children:
            self.children.remove(node_id)


class Sheet:
    """
    A style sheet that code made: its text, the rules inserted into it, and its owners.

    Owners are the roots that adopted it, or the `style` element that it is the sheet of.
    """

    __slots__ = ("owners", "rules", "text")

    def __init__(self) -> None:
        self.text = ""
        self.rules: list[str] = []
        self.owners: set[int] = set()


class DomDocument:
    """The document of one page, with its frames and shadow trees. A page load starts a new document."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {ROOT: Element(ROOT, None, "html")}
        self.sheets: dict[int, Sheet] = {}
        self.url = self.title = ""
        self.focus: int | None = None
        # Former texts over several nodes, each with the id of its element: see `split_text_nodes`.
        self.former: list[tuple[int, str]] = []
        self._orphans: dict[int, list[tuple[int, int]]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing but its root."""
        return len(self.nodes) == 1

    def insert(self, node: Node, index: int) -> None:
        """
        Insert a node below its parent. A node whose parent is missing is inserted when the parent arrives.

        Args:
            node: The node; replaces a node with the same id.
            index: Position among the parent's children.

        """
        nodes, node_id, parent_id = self.nodes, node.id, node.parent
        parent = nodes.get(parent_id)  # type: ignore[arg-type]  # None is no key
        if node_id in nodes and nodes[node_id] is not node:
            self.detach(nodes[node_id])
        nodes[node_id] = node
        if isinstance(parent, Element):
            parent.children.insert(index, node_id)
        elif parent is None and parent_id is not None:
            self._orphans.setdefault(parent_id, []).append((index, node_id))
        if self._orphans and isinstance(node, Element):
            for at, orphan in self._orphans.pop(node_id, ()):
                node.children.insert(at, orphan)

    def detach(self, node: Node) -> None:
        """Remove a node from its parent. The node can still be found by its id."""
        parent = self.element(node.parent)
        if parent is not None:
            parent.drop_child(node.id)

    def element(self, node_id: int | None) -> Element | None:
        """The element with an id; None if there is no such node or it is a text."""
        node = self.nodes.get(node_id) if node_id is not None else None
        return node if isinstance(node, Element) else None

    def sheet(self, sheet_id: int) -> Sheet:
        """The adopted style sheet with an id; created if unknown."""
        return self.sheets.setdefault(sheet_id, Sheet())

    def styles_of(self, owner_id: int) -> str:
        """The text of the style sheets that code made for an owner: a root, or a `style` element."""
        sheets = (sheet for sheet in self.sheets.values() if owner_id in sheet.owners)
        return "\n".join(part for sheet in sheets for part in (sheet.text, *sheet.rules) if part)

    def style_text(self, style_id: int) -> str:
        """
        The rules of a `style` element: what is written in it, and what code inserted.

        The tracker gives the rules of an inline sheet to the text within the element, and makes the element the owner
        of rules that are inserted one by one, as libraries that style components do in production.
        """
        written = "".join(node.css or node.text for node in self.descendants(style_id))
        return "\n".join(part for part in (written, self.styles_of(style_id)) if part)

    def path(self, node_id: int) -> str:
        """
        The CSS path of a node, starting at its nearest ancestor with an id; empty for an unknown node.

        In a frame or shadow tree, the path of the host and `>>>` come first.
        """
        trees: list[str] = []
        steps: list[str] = []
        is_named = False
        for node in self._upwards(node_id):
            if isinstance(node, Element) and node.is_root:
                trees.append(" > ".join(reversed(steps)))
                steps, is_named = [], False
            elif node.tag and not is_named:
                steps.append(_step(node))
                is_named = "id" in node.attributes
        trees.append(" > ".join(reversed(steps)))
        return INTO.join(reversed([tree for tree in trees if tree]))

    def label(self, node_id: int) -> str:
        """The label that a user sees for a node: the text of its label, or else an attribute that names it."""
        node = self.nodes.get(node_id)
        if node is None or not node.tag:
            return ""
        named = next((node.attributes[name] for name in LABELLING if node.attributes.get(name)), "")
        return " ".join((self._label_text(node) or named).split())[:LONGEST_LABEL]

    def _label_text(self, node: Node) -> str:
        own = node.attributes.get("id")
        by = node.attributes.get("aria-labelledby", "").split()
        labels = [self.text_of(other.id) for other in self._labels(own, by)] if own or by else []
        around = next((above for above in self._upwards(node.id) if above.tag == "label"), None)
        return " ".join(labels) or (self.text_of(around.id) if around is not None and around is not node else "")

    def _labels(self, own: str | None, by: Sequence[str]) -> Iterator[Node]:
        """The labels of the element with the id `own`, and the nodes with the ids `by`."""
        for other in self.nodes.values():
            is_for = own is not None and other.tag == "label" and other.attributes.get("for") == own
            if is_for or (by and other.attributes.get("id") in by):
                yield other

    def _upwards(self, node_id: int) -> Iterator[Node]:
        """A node and its ancestors, nearest first. A cycle, which broken data can cause, is followed once."""
        seen: set[int] = set()
        node = self.nodes.get(node_id)
        while node is not None and node.id not in seen:
            seen.add(node.id)
            yield node
            node = self.nodes.get(node.parent) if node.parent is not None else None

    def text_of(self, node_id: int) -> str:
        """The text of a node and its descendants in page order, frames and shadow trees included."""
        return "".join(node.text for node in self.descendants(node_id) if not node.tag)

    def descendants(self, node_id: int) -> Iterator[Node]:
        """A node and its descendants, in document order."""
        waiting = [node_id]
        seen: set[int] = set()
        while waiting:
            node = self.nodes.get(waiting.pop())
            if node is not None and node.id not in seen:
                seen.add(node.id)
                yield node
                waiting.extend(reversed(node.children))

    def find(self, selector: str) -> list[int]:
        """
        The ids of the nodes that match a simple selector: `#id`, `tag`, `[name=value]` or `tag[name=value]`.

        Any other selector matches nothing.
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


def is_simple(selector: str) -> bool:
    """Whether `DomDocument.find` knows the form of a selector."""
    return _parsed(selector)[0] is not None


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
