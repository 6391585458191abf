"""Messages of a session with the paths of their nodes, for fields that are not texts."""

from collections.abc import Iterator, Mapping
from functools import cache, partial

from maskproof.openreplay.batches import Message
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.messages import BY_NAME, MESSAGES
from maskproof.openreplay.records import as_message
from maskproof.openreplay.session import CREATE_DOCUMENT, NODE_FIELDS, SessionView


def located_messages(view: SessionView, *names: str) -> Iterator[tuple[Message, Mapping[str, object], str]]:
    """
    Messages in order, each with its fields and the path of its node.

    Args:
        view: The session.
        *names: Names of the messages; none means all.

    Returns:
        Message, values by field, and CSS path of the node; the path is empty without a node.

    Raises:
        KeyError: There is no message of a name.

    """
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


def _path(documents: list[DomDocument], pages: int, node: int) -> str:
    """The path in the page's own document, or else in the first document that has such a node (another tab)."""
    own = documents[min(pages, len(documents) - 1)]
    if node in own.nodes:
        return own.path(node)
    return next((document.path(node) for document in documents if node in document.nodes), "")
