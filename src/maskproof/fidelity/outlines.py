"""
Compares the document that the stored session ends with, with the page that the browser showed.

Everything but PII has to be there: the same elements, the texts and attributes outside of what rules cover, the style
sheets, and the words of the address.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import unquote, urlsplit

from maskproof.journey.outline import CONTROLS, LEFT_OUT, OutlineNode, PageOutline
from maskproof.openreplay.dom import ROOT, DomDocument, Element, Node
from maskproof.openreplay.stored_addresses import original_address

SHOWN = 6
SHOWN_CHARACTERS = 40
SKIPPED = frozenset(name.lower() for name in LEFT_OUT)
VALUES = frozenset(name.lower() for name in CONTROLS)
# Where the ledger shows the id of a value in place of the value.
PLACEHOLDER = re.compile(r"\[[\w.\-]+\]")
# A part of an address that a route is made of: letters and hyphens. Others may be ids, which rules may mask.
WORD = re.compile(r"[A-Za-z][A-Za-z_\-]{0,40}")
# Least characters of a text between values that has to be found.
FRAGMENT = 3
# Least share of a style sheet's rules that its recorded text shows: notations of the same rules differ in number.
RULES_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared, as a line, and what differs, one line each; and how much of either there is."""

    seen: str
    problems: tuple[str, ...]
    compared: int = 0
    differing: int = 0

    @property
    def share(self) -> float:
        """The share of the page that the recording holds, in percent."""
        return 100 * max(0, self.compared - self.differing) / self.compared if self.compared else 0.0


def compare_outline(page: PageOutline, document: DomDocument) -> Comparison:
    """
    Compare the page at its end with the document of the stored session at its end.

    Args:
        page: The outline of the page.
        document: The document that was rebuilt from the stored session.

    """
    recorded = list(_recorded(document))
    texts = [node for node in page.nodes if node.text and not node.is_covered]
    structure = list(_of_structure(page.nodes, recorded))
    others = [*_of_styles(page, document), *_of_address(page.address, document.url)]
    attributes = sum(len(node.attributes) for node in page.nodes)
    seen = (
        f"final document: {len(page.nodes)} elements and texts of the page, {len(texts)} texts outside of rules, "
        f"{attributes} attributes, "
        f"{len(page.styles) + len(page.links)} style sheets and the address compared with the stored session"
    )
    compared = len(page.nodes) + attributes + len(page.styles) + len(page.links) + 1
    return Comparison(seen, (*_cut(structure), *others), compared, len(structure) + len(others))


def _recorded(document: DomDocument) -> Iterator[OutlineNode]:
    body = next((node for node in _children(document, document.nodes[ROOT]) if node.tag == "body"), None)
    if body is not None:
        yield from _below(document, body, 0)


def _below(document: DomDocument, node: Node, depth: int) -> Iterator[OutlineNode]:
    if not isinstance(node, Element):
        text = " ".join(node.text.split())
        if text:
            yield OutlineNode(depth, "", text)
        return
    if node.tag in SKIPPED:
        return
    yield OutlineNode(depth, node.tag, attributes=node.attributes)
    if node.tag in VALUES:
        return
    children = list(_children(document, node))
    roots = [child for child in children if isinstance(child, Element) and child.is_root]
    for child in children:
        if child not in roots:
            yield from _below(document, child, depth + 1)
    for root in roots:
        inner = [found for found in document.descendants(root.id) if found.tag == "body"]
        for child in inner[:1] or _children(document, root):
            yield from _below(document, child, depth + 1)


def _children(document: DomDocument, node: Node) -> Iterator[Node]:
    return (document.nodes[child] for child in node.children if child in document.nodes)


def _of_structure(page: Sequence[OutlineNode], recorded: Sequence[OutlineNode]) -> Iterator[str]:
    """Elements and texts that only one side has; where there are none, texts and attributes that differ."""
    mine, others = ([(node.depth, node.tag) for node in nodes] for nodes in (page, recorded))
    if mine == others:
        for live, stored in zip(page, recorded, strict=True):
            yield from filter(None, [_text_differs(live, stored)])
            yield from _attributes_differ(live, stored)
        return
    changes = SequenceMatcher(None, mine, others, autojunk=False).get_opcodes()
    for kind, first, last, begin, end in changes:
        if kind != "equal":
            yield from (f"{_named(page, at)} of the page is not in the recording" for at in range(first, last))
            yield from (f"{_named(recorded, at)} of the recording is not on the page" for at in range(begin, end))


def _cut(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"final document: {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"final document: {len(lines) - SHOWN} more differences"


def _named(nodes: Sequence[OutlineNode], at: int) -> str:
    """An element or a text by the tags around it."""
    steps: list[str] = []
    depth = nodes[at].depth + 1
    for node in reversed(nodes[: at + 1]):
        if node.depth < depth and (node.tag or not steps):
            steps.append(node.tag or "text")
            depth = node.depth
    return " > ".join(reversed(steps))


def _text_differs(live: OutlineNode, stored: OutlineNode) -> str:
    """What is wrong with a recorded text; empty if nothing is. Of a text with values only the rest has to be there."""
    if not live.text or live.is_covered or live.text == stored.text:
        return ""
    fragments = [part.strip() for part in PLACEHOLDER.split(live.text)]
    if len(fragments) > 1 and all(part in stored.text for part in fragments if len(part) >= FRAGMENT):
        return ""
    how = "as a mask" if not stored.text.strip("* ") else "differently"
    shown = live.text if len(live.text) <= SHOWN_CHARACTERS else f"{live.text[:SHOWN_CHARACTERS]}\u2026"
    return f"the text {shown!r} is recorded {how}"


def _attributes_differ(live: OutlineNode, stored: OutlineNode) -> Iterator[str]:
    """Attributes that are lost or masked. Any other value may have come since the page was read."""
    for name, value in live.attributes.items():
        recorded = stored.attributes.get(name)
        if recorded is None:
            yield f"the attribute {name} of {live.tag} is not in the recording"
        elif recorded.count("*") > value.count("*") and not PLACEHOLDER.search(value):
            yield f"the attribute {name} of {live.tag} is recorded as a mask"


def _of_styles(page: PageOutline, document: DomDocument) -> Iterator[str]:
    """Style sheets that are lost. Their order is that of the page; a store may rewrite the addresses within them."""
    elements = list(_light(document, document.nodes[ROOT]))
    texts = [document.style_text(node.id) for node in elements if node.tag == "style"]
    for at, rules in enumerate(page.styles):
        text = texts[at] if at < len(texts) else ""
        stored = text.count("{")
        if rules and stored < rules * RULES_SHARE:
            yield f"of style sheet {at + 1} of the page {stored} of {rules} rules are in the recording"
    links = [node.attributes.get("href", "") for node in elements if node.tag == "link"]
    addresses = [unquote(unquote(original_address(link))) for link in links]
    for link in page.links:
        name = unquote(urlsplit(link).path).rpartition("/")[2]
        if not any(name in other for other in addresses):
            yield f"the style sheet {link} of the page is not in the recording"


def _light(document: DomDocument, node: Node) -> Iterator[Element]:
    """An element and those below it, without shadow trees and frames, which have style sheets of their own."""
    if isinstance(node, Element) and (node.id == ROOT or not node.is_root):
        yield node
        for child in _children(document, node):
            yield from _light(document, child)


def _of_address(address: str, recorded: str) -> Iterator[str]:
    """Words of the path and of a route in the fragment that the recorded address lacks."""
    live, stored = urlsplit(address), urlsplit(recorded)
    words = [
        part for part in re.split(r"[/#]", f"{live.path}#{live.fragment.partition('?')[0]}") if WORD.fullmatch(part)
    ]
    there = set(re.split(r"[/#?]", f"{stored.path}#{stored.fragment}"))
    lost = [word for word in words if word not in there]
    if lost:
        yield f"the recorded address of the final page lacks {', '.join(map(repr, lost))}"
