"""
Texts that no single message holds: typed key by key, sent in pieces, or spread over neighbouring fields or text nodes.

Every node, field and payload key has a history of values. Single characters of a history are joined, and so are the
short pieces of one history or of a row of fields.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from maskproof.leaks.search.text_index import SINGLE, History, Row
from maskproof.leaks.texts import AnyText, Text, node_of
from maskproof.openreplay.session import SessionView

# Fewer single characters are not joined.
KEYS_AT_LEAST = 5
# Most characters of a piece that one of several messages holds.
PIECE = 24
# How many pieces are joined: more of them are a log or a list.
PIECES = range(2, 200)
SPREAD = "composed"


class Composed(NamedTuple):
    """A text joined from several texts, and those texts."""

    text: Text
    parts: Sequence[AnyText]


def composed(rows: Iterable[Row]) -> Iterator[Composed]:
    """Join the texts of each row and of each history."""
    for row in rows:
        for history in row.histories.values():
            yield from _of_history(history)
        if len(row.last) > 1:
            yield from _joined(row.characters, KEYS_AT_LEAST)
            if len(row.pieces) in PIECES:
                yield from _joined(list(row.pieces.values()), len(row.pieces))


def _of_history(history: History) -> Iterator[Composed]:
    """Join what was typed into one field key by key, and what was sent from it in pieces."""
    yield from _joined([text for text in history if len(text.text) <= SINGLE], KEYS_AT_LEAST)
    pieces = [text for text in history if len(text.text) <= PIECE]
    if len(pieces) in PIECES and any(len(piece.text) > SINGLE for piece in pieces):
        yield from _joined(pieces, len(pieces))


def spread_texts(view: SessionView) -> Iterator[Text]:
    """The joined texts of neighbouring text nodes of a session."""
    for spread in view.spread_texts():
        yield Text(SPREAD, "SetNodeData", "Data", spread.text, spread)


def _joined(texts: Sequence[AnyText], at_least: int) -> Iterator[Composed]:
    if texts and len(texts) >= at_least:
        first = texts[0]
        joined = "".join([str(text.text) for text in texts])
        whole = Text(first.source, first.message, first.field, joined, node_of(first), first.offset)
        yield Composed(whole, texts)
