"""
Texts that are spread over several text nodes: neighbours, and texts of neighbouring elements.

Each text is read at most twice: below its parent and below its grandparent. Two neighbours are joined only if one of
them is short: a value in pieces has a short piece, or else each piece is long enough to be found by itself. A text is
noted before a part of it changes or is removed, so that short-lived texts are seen whole too.
"""

from collections.abc import Iterator, Sequence

from maskproof.openreplay.dom import DomDocument, Node

# How many neighbours on either side of a change are joined; a value has far fewer pieces.
NEIGHBOURS = 16
SEVERAL = 2
SHORT = 32
# Only the ends of a longer text can belong to its neighbours.
LONG = 512
END = LONG // 2


def spread_texts(document: DomDocument) -> Iterator[tuple[int, str]]:
    """Every text that is or was spread over several nodes, with the id of its element."""
    yield from document.former
    for node in list(document.nodes.values()):
        if len(node.children) >= SEVERAL:
            text = _joined(document, node.children)
            if text:
                yield node.id, text


def note_former(document: DomDocument, node: Node) -> None:
    """
    Note the text around a node that is about to change, if it is spread over several nodes.

    Args:
        document: The document to note it in.
        node: The node that is about to change, still in its place.

    """
    parent = document.nodes.get(node.parent) if node.parent is not None else None
    if parent is None:
        return
    owner = parent
    nodes = _around(parent.children, node.id)
    above = document.nodes.get(parent.parent) if parent.parent is not None and not node.tag else None
    if above is not None and len(above.children) >= SEVERAL:
        owner, nodes = above, _around(above.children, parent.id)
    text = _joined(document, nodes)
    if text and (not document.former or document.former[-1] != (owner.id, text)):
        document.former.append((owner.id, text))


def _around(children: Sequence[int], node_id: int) -> Sequence[int]:
    try:
        at = children.index(node_id)
    except ValueError:
        return []
    return children[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS + 1]


def _joined(document: DomDocument, node_ids: Sequence[int]) -> str:
    """The joined texts of nodes and their children; empty if there are fewer than two."""
    known = document.nodes
    texts: list[str] = []
    for node_id in node_ids:
        node = known.get(node_id)
        if node is None:
            continue
        if node.text:
            texts.append(node.text)
        for child_id in node.children:
            child = known.get(child_id)
            if child is not None and child.text:
                texts.append(child.text)
    return _runs(texts) if len(texts) >= SEVERAL else ""


def _runs(texts: Sequence[str]) -> str:
    """Joined runs of neighbours, a line for each run. Text of white space only counts as one space."""
    runs: list[list[str]] = []
    last, gap = "", ""
    for text in texts:
        if text.isspace():
            gap = " "
            continue
        if last and (len(text) <= SHORT or len(last) <= SHORT):
            runs[-1].append(gap + _ends(text))
        else:
            runs.append([_ends(text)])
        last, gap = text, ""
    return "\n".join("".join(run) for run in runs if len(run) >= SEVERAL)


def _ends(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:END]}\n{text[-END:]}"
