"""
A page rebuilt from a stored document: elements, texts, values of inputs, style sheets, frames, shadow roots.

It holds what the recording holds, and nothing that runs or loads: no script, no handler, no address but those of
style sheets whose text is known.
"""

from collections.abc import Callable, Iterator
from html import escape

from maskproof.openreplay.dom import FRAME_DOCUMENT, ROOT, DomDocument, Element, Node

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
LEFT_OUT = frozenset({"script", "noscript", "base", "meta", "object", "embed"})
# Attributes that load or run something, or that are written from what else was recorded.
UNSAFE = frozenset({"src", "srcset", "srcdoc", "href", "xlink:href", "action", "formaction", "poster", "data", "ping"})
OWN = frozenset({"checked", "selected", "autofocus"})
TICKED = frozenset({"checkbox", "radio"})
# Inputs whose value is a label, which is recorded as an attribute.
BUTTONS = frozenset({"submit", "button", "reset"})
MASKED = "*"
# Most stars that a masked input is drawn with.
MOST_STARS = 32

# Gives the text of a linked style sheet; empty where it is not known.
Styles = Callable[[str], str]


def no_styles(_address: str) -> str:
    """No linked style sheet is known."""
    return ""


def rebuilt(document: DomDocument, styles: Styles = no_styles) -> str:
    """
    The page as HTML.

    Args:
        document: The document that was rebuilt from the messages of a session.
        styles: Gives the text of a linked style sheet.

    """
    return "<!doctype html>\n" + "".join(_Writer(document, styles).element(document.nodes[ROOT]))


class _Writer:
    def __init__(self, document: DomDocument, styles: Styles) -> None:
        self._document = document
        self._styles = styles

    def element(self, node: Node) -> Iterator[str]:
        """The markup of a node and everything below it."""
        if not isinstance(node, Element):
            yield escape(node.text, quote=False)
        elif node.tag == "link":
            yield from self._link(node)
        elif node.tag == "style":
            yield _style(self._document.style_text(node.id))
        elif node.tag not in LEFT_OUT and _is_name(node.tag):
            yield f"<{node.tag}{self._attributes(node)}>"
            if node.tag not in VOID:
                yield from self._content(node)
                yield f"</{node.tag}>"

    def _content(self, node: Element) -> Iterator[str]:
        if node.tag == "textarea":
            yield escape(_shown(node), quote=False)
            return
        for child in self._children(node):
            if isinstance(child, Element) and child.is_root:
                yield from self._root(child)
            else:
                yield from self.element(child)
        if node.id == ROOT:
            yield _style(self._document.styles_of(node.id))

    def _root(self, root: Element) -> Iterator[str]:
        """A shadow tree, as its host declares it; what a frame holds is an attribute of the frame."""
        if root.tag != FRAME_DOCUMENT:
            yield '<template shadowrootmode="open">' + _style(self._document.styles_of(root.id))
            yield from (part for child in self._children(root) for part in self.element(child))
            yield "</template>"

    def _children(self, node: Element) -> list[Node]:
        return [self._document.nodes[child] for child in node.children if child in self._document.nodes]

    def _attributes(self, node: Element) -> str:
        given = {
            name: value
            for name, value in node.attributes.items()
            if _is_name(name) and not name.startswith("on") and name not in UNSAFE | OWN
        }
        given.update(self._state(node))
        return "".join(f' {name}="{escape(value)}"' for name, value in given.items())

    def _state(self, node: Element) -> Iterator[tuple[str, str]]:
        """What the recording says of a control, and what a frame holds."""
        if node.tag == "input" and node.attributes.get("type") not in TICKED | BUTTONS:
            yield "value", _shown(node)
        if node.tag == "input" and node.checked:
            yield "checked", ""
        if node.tag == "option" and self._is_chosen(node):
            yield "selected", ""
        for child in self._children(node):
            if child.tag == FRAME_DOCUMENT and isinstance(child, Element):
                inner = "".join(part for node in self._children(child) for part in self.element(node))
                yield "srcdoc", inner + _style(self._document.styles_of(child.id))

    def _is_chosen(self, option: Element) -> bool:
        node = self._document.element(option.parent)
        while node is not None and node.tag != "select":
            node = self._document.element(node.parent)
        own = option.attributes.get("value", self._document.text_of(option.id))
        return node is not None and bool(node.value) and own == node.value

    def _link(self, node: Element) -> Iterator[str]:
        if "stylesheet" in node.attributes.get("rel", "").split():
            yield _style(node.css or self._styles(node.attributes.get("href", "")))


def _shown(node: Element) -> str:
    """What an input shows: its value, stars where it is masked, nothing where it is hidden."""
    return node.value or MASKED * min(max(node.mask, 0), MOST_STARS)


def _style(text: str) -> str:
    """A style element. Its text cannot end it."""
    return f"<style>{text.replace('</', '<' + chr(92) + '/')}</style>" if text else ""


def _is_name(name: str) -> bool:
    """Whether a name is one of an element or an attribute, so that it cannot end the tag that it stands in."""
    return name[:1].isalpha() and not any(sign.isspace() or sign in "\"'<>/=\x00" for sign in name)
