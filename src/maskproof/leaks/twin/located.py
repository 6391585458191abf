"""Messages of a session with the document that they speak of: for fields that are no texts."""

from collections.abc import Iterator, Mapping
from functools import cache, partial

from maskproof.openreplay.batches import Message
from maskproof.openreplay.dom import Document
from maskproof.openreplay.messages import BY_NAME, MESSAGES
from maskproof.openreplay.records import as_message
from maskproof.openreplay.session import CREATE_DOCUMENT, NODE_FIELDS, SessionView


def located_messages(view: SessionView, *names: str) -> Iterator[tuple[Message, Mapping[str, object], str]]:
    """Messages in order, those of some names or all; with fields and the path of the node, empty without one."""
    kinds = {BY_NAME[name].id for name in names} or set(MESSAGES)
    pages = 0
    path = cache(partial(_path, view.documents))
    for record in view.records:
        kind = record[0]
        pages += kind == CREATE_DOCUMENT
        if kind not in kinds:
            continue
        message = as_message(record)
        fields = message.fields()
        node = next((fields[name] for name in NODE_FIELDS if name in fields), None)
        yield message, fields, path(pages, node) if isinstance(node, int) else ""


def _path(documents: list[Document], pages: int, node: int) -> str:
    """The path in the page's own document; in another (of another tab) if that has no such node."""
    own = documents[min(pages, len(documents) - 1)]
    if node in own.nodes:
        return own.path(node)
    return next((one.path(node) for one in documents if node in one.nodes), "")
