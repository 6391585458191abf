"""Messages of a session with the document that they speak of: for fields that are no texts."""

from collections.abc import Iterator, Mapping

from maskproof.openreplay.batches import Message
from maskproof.openreplay.dom import Document
from maskproof.openreplay.session import SessionView

NODE_FIELDS = ("ID", "ParentID", "FrameID")


def located_messages(view: SessionView) -> Iterator[tuple[Message, Mapping[str, object], str]]:
    """Every message in order, with its fields and the path of its node; empty without one."""
    pages = 0
    for message in view.messages:
        pages += message.name == "CreateDocument"
        fields = dict(message.fields())
        node = next((fields[name] for name in NODE_FIELDS if name in fields), None)
        yield message, fields, _path(view.documents, pages, node) if isinstance(node, int) else ""


def _path(documents: list[Document], pages: int, node: int) -> str:
    """The path in the page's own document; in another (of another tab) if that has no such node."""
    own = documents[min(pages, len(documents) - 1)]
    if node in own.nodes:
        return own.path(node)
    return next((one.path(node) for one in documents if node in one.nodes), "")
