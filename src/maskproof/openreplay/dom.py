"""
The document at any moment, rebuilt from messages: nodes, attributes, text, inputs, frames, shadow roots, styles.

A finding can so name the node that it is in, and a text that is spread over several nodes can be read whole.
`changes` says which message changes what.
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
# Between a host and what is in its frame or shadow root.
INTO = " >>> "
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Node:
    """
    One node: a text, which most are, or an `Element`.

    `text` is what it says, `css` that of a style sheet. What a text does not have stands here for all of them.
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
    An element, or the root of a frame or of a shadow tree, the tag of which begins with `#`.

    `value` is what an input shows, `mask` how it was masked.
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
        """Whether it is the root of a frame or of a shadow tree."""
        return self.tag.startswith("#")

    def set_attribute(self, name: str, value: str) -> None:
        """Give an attribute a value."""
        if isinstance(self.attributes, dict):
            self.attributes[name] = value
        else:
            self.attributes = {name: value}

    def remove_attribute(self, name: str) -> None:
        """Take an attribute away, if it is there."""
        if isinstance(self.attributes, dict):
            self.attributes.pop(name, None)

    def drop_child(self, node_id: int) -> None:
        """Take a node out of the children, if it is one."""
        if node_id in self.children:
            self.children.remove(node_id)


class Sheet:
    """An adopted style sheet: its text, the rules inserted into it, and the roots that use it."""

    __slots__ = ("owners", "rules", "text")

    def __init__(self) -> None:
        self.text = ""
        self.rules: list[str] = []
        self.owners: set[int] = set()


class Document:
    """One page's document; a page load starts a new one. It knows its frames and shadow trees too."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {ROOT: Element(ROOT, None, "html")}
        self.sheets: dict[int, Sheet] = {}
        self.url = self.title = ""
        self.focus: int | None = None
        # Texts over several nodes that are no longer there, with the node they were at: see `spread`.
        self.former: list[tuple[int, str]] = []
        self._orphans: dict[int, list[tuple[int, int]]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been put into it yet."""
        return len(self.nodes) == 1

    def insert(self, node: Node, index: int) -> None:
        """Put a node below its parent; if that is not there yet, once it comes."""
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
        """Take a node out of its parent; what it was is still known by its id."""
        parent = self.element(node.parent)
        if parent is not None:
            parent.drop_child(node.id)

    def element(self, node_id: int | None) -> Element | None:
        """An element by its id; None if there is none, or it is a text."""
        node = self.nodes.get(node_id) if node_id is not None else None
        return node if isinstance(node, Element) else None

    def sheet(self, sheet_id: int) -> Sheet:
        """An adopted style sheet, new or known."""
        return self.sheets.setdefault(sheet_id, Sheet())

    def styles_of(self, root_id: int) -> str:
        """The text of the style sheets that a root has adopted."""
        sheets = (sheet for sheet in self.sheets.values() if root_id in sheet.owners)
        return "\n".join(part for sheet in sheets for part in (sheet.text, *sheet.rules) if part)

    def path(self, node_id: int) -> str:
        """
        A CSS path to a node, from the nearest ancestor with an id on; empty for an unknown node.

        What is in a frame or a shadow tree stands behind its host and `>>>`.
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
        """What a user would call a node: its label's text, or its own naming attribute."""
        node = self.nodes.get(node_id)
        if node is None or not node.tag:
            return ""
        named = next((node.attributes[name] for name in LABELLING if node.attributes.get(name)), "")
        return " ".join((self._label_text(node) or named).split())[:LONGEST_LABEL]

    def _label_text(self, node: Node) -> str:
        own = node.attributes.get("id")
        by = node.attributes.get("aria-labelledby", "").split()
        labels = [self.text_of(other.id) for other in self._labels(own, by)] if own or by else []
        around = next((one for one in self._upwards(node.id) if one.tag == "label"), None)
        return " ".join(labels) or (self.text_of(around.id) if around is not None and around is not node else "")

    def _labels(self, own: str | None, by: Sequence[str]) -> Iterator[Node]:
        """The labels for an id, and the nodes of some ids."""
        for other in self.nodes.values():
            is_for = own is not None and other.tag == "label" and other.attributes.get("for") == own
            if is_for or (by and other.attributes.get("id") in by):
                yield other

    def _upwards(self, node_id: int) -> Iterator[Node]:
        """A node and its parents, nearest first; what broken data make a circle of ends where it closes."""
        seen: set[int] = set()
        node = self.nodes.get(node_id)
        while node is not None and node.id not in seen:
            seen.add(node.id)
            yield node
            node = self.nodes.get(node.parent) if node.parent is not None else None

    def text_of(self, node_id: int) -> str:
        """The text of a node and all below it, frames and shadow trees included, as it stands on the page."""
        return "".join(node.text for node in self.descendants(node_id) if not node.tag)

    def descendants(self, node_id: int) -> Iterator[Node]:
        """A node and all below it, in the order of the document."""
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
