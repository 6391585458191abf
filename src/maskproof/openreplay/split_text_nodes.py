"""
Texts that are spread over several text nodes: neighbours, and those of neighbouring elements.

Each is read twice at most: below its parent and below the parent of that. Of two neighbours one has to be short:
of a value in pieces one is, and where none is the pieces are long enough to be found by themselves. What is
changed or taken away is noted before, so that a text need not last to be seen whole.
"""

from collections.abc import Iterator, Sequence

from maskproof.openreplay.dom import Document, Node

# How many neighbours on either side of a change are looked at; a value is in far fewer pieces.
NEIGHBOURS = 16
SEVERAL = 2
SHORT = 32
# Of a longer text only its ends can belong to its neighbours.
LONG = 512
END = LONG // 2


def spread_texts(document: Document) -> Iterator[tuple[int, str]]:
    """Every text that is spread over several nodes, now or formerly, with the id of the element it is in."""
    yield from document.former
    for node in list(document.nodes.values()):
        if len(node.children) >= SEVERAL:
            text = _joined(document, node.children)
            if text:
                yield node.id, text


def note_former(document: Document, node: Node) -> None:
    """Note the text around a node that is about to change, if it is spread."""
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


def _joined(document: Document, node_ids: Sequence[int]) -> str:
    """The texts of nodes and of their children in one, if there are several."""
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
    """Neighbours of which one is short, joined; a line for each row of them. White space alone stands for a space."""
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
