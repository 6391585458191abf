"""
Texts as they come: by what they say, so that each is searched once, and by whose they are.

A session has tens of thousands of texts. Everything that is to be known of one is noted when it comes, for to
look at it again later takes longer than that.
"""

import re
from collections.abc import Iterable, Iterator

from maskproof.leaks.texts import AnyText, Text, node_of
from maskproof.openreplay.fields import StringField

# A character that comes by itself, or a pair that is written as one.
SINGLE = 2
# A piece of a value, as it stands in one of a row of fields.
PIECE = 6
# Payloads that are looked into: what a key logger or a search box sends.
PAYLOAD = 512
# Longer texts are part of no row.
LONGEST = 96
NUMBER = re.compile(r"\d+")
ESCAPED_QUOTE = re.compile(r'\\+"')
PAIR = re.compile(r'"([\w.\-]{1,40})"\s*:\s*"([^"\\]{1,64})"|(?:^|[?&;])([\w.\-\[\]]{1,40})=([^&;#\s"]{1,64})')

# Message, field, and key in a payload.
Kind = tuple[str, str, str]
History = list[AnyText]


class Row:
    """
    The short texts of one kind of field, over all nodes.

    Attributes:
        characters: Texts of a character or two, in order.
        last: What each node holds in the end.
        pieces: The same, where that is a piece of a value at most.
        histories: What a node held one after the other, of those that held several.

    """

    __slots__ = ("characters", "histories", "last", "pieces")

    def __init__(self) -> None:
        self.characters: History = []
        self.last: dict[object, AnyText] = {}
        self.pieces: dict[object, AnyText] = {}
        self.histories: dict[object, History] = {}

    def add(self, owner: object, text: AnyText, size: int) -> None:
        """Add a text; `owner` is whose it is, `size` how long."""
        before = self.last.get(owner)
        self.last[owner] = text
        if size <= PIECE:
            self.pieces[owner] = text
            if size <= SINGLE:
                self.characters.append(text)
        if before is not None:
            self._add_later(owner, before, text, size)

    def _add_later(self, owner: object, before: AnyText, text: AnyText, size: int) -> None:
        """Add to a history what is not the first of its node."""
        if size > PIECE:
            self.pieces.pop(owner, None)
        history = self.histories.get(owner)
        if history is None:
            self.histories[owner] = [before, text]
        else:
            history.append(text)

    def alone(self, texts: Iterable[tuple[object, AnyText]]) -> Iterator[AnyText]:
        """Those of some texts, with whose they are, that are all that their node held."""
        return (text for owner, text in texts if owner not in self.histories)


class _Rows(dict[Kind, Row]):
    """Rows by kind of field; fields that differ in a number only are of one kind."""

    def __missing__(self, kind: Kind) -> Row:
        message, field, name = kind
        plain = NUMBER.sub("#", field)
        self[kind] = found = self[message, plain, name] if plain != field else Row()
        return found


class Gathered:
    """
    Texts that were gathered.

    Args:
        texts: The first of them.

    Attributes:
        places: Texts by what they say.
        made: The same of texts that were put together of others, and that say what no other says.

    """

    def __init__(self, texts: Iterable[AnyText] = ()) -> None:
        self.places: dict[str | bytes, list[AnyText]] = {}
        self.made: dict[str | bytes, list[AnyText]] = {}
        self._rows = _Rows()
        self._pairs: dict[str, list[tuple[str, str]]] = {}
        for text in texts:
            self.append(text)

    @property
    def rows(self) -> list[Row]:
        """Every row, once."""
        return list({id(row): row for row in self._rows.values()}.values())

    def append(self, text: AnyText) -> None:
        """Take in a text."""
        owner: object
        content: str | bytes
        if isinstance(text, StringField):
            message, field, content, node, document, _, _, _ = text
            owner = (id(document), node)
        else:
            _, message, field, content, owner, _ = text
        known = self.places.get(content)
        if known is None:
            self.places[content] = [text]
        else:
            known.append(text)
        if not isinstance(content, bytes):
            self._note(message, field, content, owner, text)

    def append_made(self, texts: Iterable[Text]) -> None:
        """Take in texts that were put together of others."""
        for text in texts:
            known = self.places.get(text.text)
            (self.made.setdefault(text.text, []) if known is None else known).append(text)

    def append_spread(self, texts: Iterable[Text]) -> None:
        """Take in texts over several nodes: put together of others, and in a row with them."""
        for text in texts:
            self.append_made([text])
            self._note(text.message, text.field, str(text.text), text.node, text)

    def _note(self, message: str, field: str, content: str, owner: object, text: AnyText) -> None:
        """Put a text into its row, and the values in a payload into theirs."""
        size = len(content)
        if size <= LONGEST:
            self._rows[message, field, ""].add(owner, text, size)
        if size <= PAYLOAD and ("=" in content or '":' in content):
            for name, value in self._values(content):
                one = Text(text.source, message, field, value, node_of(text), text.offset)
                self._rows[message, field, name].add(owner, one, len(value))

    def _values(self, payload: str) -> list[tuple[str, str]]:
        """Keys and values in a payload."""
        known = self._pairs.get(payload)
        if known is None:
            found = PAIR.findall(payload)
            if '\\"' in payload:  # JSON in a string of JSON, as the tracker writes what a request sent
                inner = ESCAPED_QUOTE.sub('"', payload).replace('"{', "{").replace('}"', "}")
                found += [one for one in PAIR.findall(inner) if one not in found]
            known = self._pairs[payload] = [(key or name, quoted or value) for key, quoted, name, value in found]
        return known
