"""
Texts that no single message holds: typed key by key, in pieces, or spread over neighbouring fields and text nodes.

Every node, field and key of a payload has a history of values. Characters that come one a message are put
together, and so are the short pieces that one history or a row of fields holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from maskproof.leaks.search.text_index import SINGLE, History, Row
from maskproof.leaks.texts import AnyText, Text, node_of
from maskproof.openreplay.session import SessionView

KEYS_AT_LEAST = 5
# A piece of a value, as it comes in one of several messages.
PIECE = 24
PIECES = range(2, 200)
SPREAD = "composed"


class Composed(NamedTuple):
    """What several texts say together, and those texts."""

    text: Text
    parts: Sequence[AnyText]


def composed(rows: Iterable[Row]) -> Iterator[Composed]:
    """What several texts say together."""
    for row in rows:
        for history in row.histories.values():
            yield from _of_history(history)
        if len(row.last) > 1:
            yield from _joined(row.characters, KEYS_AT_LEAST)
            if len(row.pieces) in PIECES:
                yield from _joined(list(row.pieces.values()), len(row.pieces))


def _of_history(history: History) -> Iterator[Composed]:
    """What was typed into one field, and what came there in pieces."""
    yield from _joined([one for one in history if len(one.text) <= SINGLE], KEYS_AT_LEAST)
    pieces = [one for one in history if len(one.text) <= PIECE]
    if len(pieces) in PIECES and any(len(one.text) > SINGLE for one in pieces):
        yield from _joined(pieces, len(pieces))


def spread_texts(view: SessionView) -> Iterator[Text]:
    """What neighbouring text nodes of a session say together."""
    for one in view.spread_texts():
        yield Text(SPREAD, "SetNodeData", "Data", one.text, one)


def _joined(texts: Sequence[AnyText], at_least: int) -> Iterator[Composed]:
    if texts and len(texts) >= at_least:
        first = texts[0]
        joined = "".join([str(one.text) for one in texts])
        text = Text(first.source, first.message, first.field, joined, node_of(first), first.offset)
        yield Composed(text, texts)
