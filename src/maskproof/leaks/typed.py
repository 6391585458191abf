"""
Texts that no single message holds: typed key by key, in pieces, or spread over neighbouring fields and text nodes.

Every node, field and key of a payload has a history of values. Characters that come one a message are put
together, and so are the short pieces that one history or a row of fields holds.
"""

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from maskproof.leaks.texts import AnyText, Text, node_of
from maskproof.openreplay.session import SessionView, StringField

SINGLE = 2
KEYS_AT_LEAST = 5
# A piece of a value, as it stands in one of a row of fields or comes in one of several messages.
PIECE = 24
ROW_PIECE = 6
PIECES = range(2, 200)
SPREAD = "composed"
# Payloads that are looked into: what a key logger or a search box sends.
PAYLOAD = 512
# Longer texts are looked into, and are no part of a history themselves.
LONGEST = 4 * PIECE
BY_OFFSET = attrgetter("offset")
NUMBER = re.compile(r"\d+")
PAIR = re.compile(r'"([\w.\-]{1,40})"\s*:\s*"([^"\\]{1,64})"|(?:^|[?&;])([\w.\-\[\]]{1,40})=([^&;#\s"]{1,64})')

# Message, field, and key in a payload.
Kind = tuple[str, str, str]
History = list[AnyText]


class Histories(NamedTuple):
    """Short texts in order: of each field of a node or key of a payload, and of each kind of field over all nodes."""

    of_places: Sequence[History]
    of_kinds: Sequence[Sequence[History]]


class _Kinds(dict[Kind, dict[object, History]]):
    """Histories by kind of field, then by whose they are; fields that differ in a number only are of one kind."""

    def __missing__(self, kind: Kind) -> dict[object, History]:
        message, field, name = kind
        plain = NUMBER.sub("#", field)
        self[kind] = found = self[message, plain, name] if plain != field else {}
        return found


def histories_of(texts: Sequence[AnyText]) -> Histories:
    """The histories that texts make, in their order."""
    places: list[History] = []
    kinds = _Kinds()
    for text in texts:
        owner: object
        if isinstance(text, StringField):
            message, field, content, node, document, _, _, _ = text
            owner = (id(document), node)
        else:
            _, message, field, some, owner, _ = text
            if isinstance(some, bytes):
                continue
            content = some
        if len(content) > PAYLOAD:
            continue
        if len(content) <= LONGEST:
            _add(places, kinds[message, field, ""], owner, text)
        if "=" in content or '":' in content:
            for name, one in _values(text, content):
                _add(places, kinds[message, field, name], owner, one)
    of_kinds = {id(of_kind): list(of_kind.values()) for of_kind in kinds.values()}
    return Histories(places, list(of_kinds.values()))


def _add(places: list[History], of_kind: dict[object, History], owner: object, text: AnyText) -> None:
    history = of_kind.get(owner)
    if history is None:
        history = of_kind[owner] = [text]
        places.append(history)
    else:
        history.append(text)


def composed(histories: Histories) -> Iterator[Text]:
    """What several texts say together."""
    for history in histories.of_places:
        if len(history) < PIECES.start:
            continue
        yield from _joined([one for one in history if len(one.text) <= SINGLE], KEYS_AT_LEAST)
        pieces = [one for one in history if len(one.text) <= PIECE]
        if len(pieces) in PIECES and any(len(one.text) > SINGLE for one in pieces):
            yield from _joined(pieces, len(pieces))
    for row in histories.of_kinds:
        if len(row) > 1:
            yield from _of_row(row)


def spread_texts(view: SessionView) -> Iterator[Text]:
    """What neighbouring text nodes of a session say together."""
    for one in view.spread_texts():
        yield Text(SPREAD, "SetNodeData", "Data", one.text, one)


def _of_row(histories: Sequence[History]) -> Iterator[Text]:
    """A row of fields: what is typed into all of them, and what each holds in the end."""
    singles = [one for history in histories for one in history if len(one.text) <= SINGLE]
    yield from _joined(sorted(singles, key=BY_OFFSET), KEYS_AT_LEAST)
    last = [history[-1] for history in histories if len(history[-1].text) <= ROW_PIECE]
    if len(last) in PIECES:
        yield from _joined(last, len(last))


def _joined(texts: Sequence[AnyText], at_least: int) -> Iterator[Text]:
    if texts and len(texts) >= at_least:
        first = texts[0]
        joined = "".join([str(one.text) for one in texts])
        yield Text(first.source, first.message, first.field, joined, node_of(first), first.offset)


def _values(text: AnyText, payload: str) -> Iterator[tuple[str, Text]]:
    """The values in a payload, by their keys."""
    for json_name, json_value, name, value in PAIR.findall(payload):
        one = Text(text.source, text.message, text.field, json_value or value, node_of(text), text.offset)
        yield json_name or name, one
