"""
Texts that no single message holds: typed key by key, in pieces, or spread over neighbouring fields and text nodes.

Every node, field and key of a payload has a history of values. Characters that come one a message are put
together, and so are the short pieces that one history or a row of fields holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from maskproof.leaks.texts import Text
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
NUMBER = re.compile(r"\d+")
PAIR = re.compile(r'"([\w.\-]{1,40})"\s*:\s*"([^"\\]{1,64})"|(?:^|[?&;])([\w.\-\[\]]{1,40})=([^&;#\s"]{1,64})')

Key = tuple[str, str, object, str]
History = list[Text]


class Histories(NamedTuple):
    """Short texts in order: of each field of a node or key of a payload, and of each kind of field over all nodes."""

    of_places: Mapping[Key, History]
    of_fields: Mapping[tuple[str, str, str], Mapping[Key, History]]


def histories_of(texts: Sequence[Text]) -> Histories:
    """The histories that texts make, in their order."""
    places: dict[Key, History] = {}
    fields: dict[tuple[str, str, str], dict[Key, History]] = {}
    for text in texts:
        for key, one in _entries(text):
            history = places.get(key)
            if history is None:
                history = places[key] = []
                fields.setdefault((key[0], key[1], key[3]), {})[key] = history
            history.append(one)
    return Histories(places, fields)


def composed(histories: Histories) -> Iterator[Text]:
    """What several texts say together."""
    for history in histories.of_places.values():
        if len(history) < PIECES.start:
            continue
        yield from _joined([one for one in history if len(one.text) <= SINGLE], KEYS_AT_LEAST)
        pieces = [one for one in history if len(one.text) <= PIECE]
        if len(pieces) in PIECES and any(len(one.text) > SINGLE for one in pieces):
            yield from _joined(pieces, len(pieces))
    for row in histories.of_fields.values():
        if len(row) > 1:
            yield from _of_row(list(row.values()))


def spread_texts(view: SessionView) -> Iterator[Text]:
    """What neighbouring text nodes of a session say together."""
    for one in view.spread_texts():
        yield Text(SPREAD, "SetNodeData", "Data", one.text, one)


def _of_row(histories: Sequence[History]) -> Iterator[Text]:
    """A row of fields: what is typed into all of them, and what each holds in the end."""
    singles = [one for history in histories for one in history if len(one.text) <= SINGLE]
    yield from _joined(sorted(singles, key=lambda one: one.offset), KEYS_AT_LEAST)
    last = [history[-1] for history in histories if len(history[-1].text) <= ROW_PIECE]
    if len(last) in PIECES:
        yield from _joined(last, len(last))


def _joined(texts: Sequence[Text], at_least: int) -> Iterator[Text]:
    if texts and len(texts) >= at_least:
        first = texts[0]
        joined = "".join(str(one.text) for one in texts)
        yield Text(first.source, first.message, first.field, joined, first.node, first.offset)


def _entries(text: Text) -> Iterator[tuple[Key, Text]]:
    """A text under the key of its field, and the values in a payload under their own."""
    content = text.text
    if not isinstance(content, str) or len(content) > PAYLOAD:
        return
    node = text.node
    owner: object = (id(node.document), node.node) if isinstance(node, StringField) else node
    field = text.field if text.field.isalpha() else NUMBER.sub("#", text.field)
    if len(content) <= 4 * PIECE:
        yield (text.message, field, owner, ""), text
    if "=" in content or '":' in content:
        for json_name, json_value, name, value in PAIR.findall(content):
            one = Text(text.source, text.message, text.field, json_value or value, node, text.offset)
            yield (text.message, field, owner, json_name or name), one
