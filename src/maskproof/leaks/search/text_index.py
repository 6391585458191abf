"""
An index of texts: by content, so that equal texts are searched once, and by the field or node that held them.

A session has tens of thousands of texts. Index each text as it arrives; a second pass is slower.
"""

import re
from collections.abc import Iterable, Iterator

from maskproof.leaks.texts import AnyText, Text, node_of
from maskproof.openreplay.fields import StringField

# Most characters of a single keystroke: one, or a pair that is written as one.
SINGLE = 2
# Most characters of a piece of a value in one of a row of fields.
PIECE = 6
# Most characters of a payload that is parsed: a key logger or a search box sends short ones.
PAYLOAD = 512
# Most characters of a text in a row.
LONGEST = 96
NUMBER = re.compile(r"\d+")
ESCAPED_QUOTE = re.compile(r'\\+"')
PAIR = re.compile(r'"([\w.\-]{1,40})"\s*:\s*"([^"\\]{1,64})"|(?:^|[?&;])([\w.\-\[\]]{1,40})=([^&;#\s"]{1,64})')

# Message, field, and key in a payload; the key is empty for the whole text.
Kind = tuple[str, str, str]
History = list[AnyText]


class Row:
    """
    The short texts of one kind of field, over all nodes.

    Attributes:
        characters: Texts of a character or two, in order.
        last: The last text of each node.
        pieces: The last text of each node, where it is no longer than a piece of a value.
        histories: All texts of each node that held more than one, in order.

    """

    __slots__ = ("characters", "histories", "last", "pieces")

    def __init__(self) -> None:
        self.characters: History = []
        self.last: dict[object, AnyText] = {}
        self.pieces: dict[object, AnyText] = {}
        self.histories: dict[object, History] = {}

    def add(self, owner: object, text: AnyText, size: int) -> None:
        """
        Add a text.

        Args:
            owner: The node that holds it.
            text: The text.
            size: Its length in characters.

        """
        before = self.last.get(owner)
        self.last[owner] = text
        if size <= PIECE:
            self.pieces[owner] = text
            if size <= SINGLE:
                self.characters.append(text)
        if before is not None:
            self._add_later(owner, before, text, size)

    def _add_later(self, owner: object, before: AnyText, text: AnyText, size: int) -> None:
        """Add a text to the history of a node that held another before."""
        if size > PIECE:
            self.pieces.pop(owner, None)
        history = self.histories.get(owner)
        if history is None:
            self.histories[owner] = [before, text]
        else:
            history.append(text)

    def alone(self, texts: Iterable[tuple[object, AnyText]]) -> Iterator[AnyText]:
        """Of texts given with their nodes, those that are the only text of their node."""
        return (text for owner, text in texts if owner not in self.histories)


class _Rows(dict[Kind, Row]):
    """Rows by kind of field; fields whose names differ only in a number are of one kind."""

    def __missing__(self, kind: Kind) -> Row:
        message, field, name = kind
        plain = NUMBER.sub("#", field)
        self[kind] = found = self[message, plain, name] if plain != field else Row()
        return found


class TextIndex:
    """
    Texts by content, and by the field or node that held them.

    Args:
        texts: The first texts.

    Attributes:
        places: Texts by content.
        made: Joined texts by content, where no other text has the same content.

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
        """Add a text."""
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
        """Add texts that were joined from others."""
        for text in texts:
            known = self.places.get(text.text)
            (self.made.setdefault(text.text, []) if known is None else known).append(text)

    def append_spread(self, texts: Iterable[Text]) -> None:
        """Add texts that were joined from several nodes; they belong to rows, too."""
        for text in texts:
            self.append_made([text])
            self._note(text.message, text.field, str(text.text), text.node, text)

    def _note(self, message: str, field: str, content: str, owner: object, text: AnyText) -> None:
        """Add a text to its row, and the values in a payload to theirs."""
        size = len(content)
        if size <= LONGEST:
            self._rows[message, field, ""].add(owner, text, size)
        if size <= PAYLOAD and ("=" in content or '":' in content):
            for name, value in self._values(content):
                part = Text(text.source, message, field, value, node_of(text), text.offset)
                self._rows[message, field, name].add(owner, part, len(value))

    def _values(self, payload: str) -> list[tuple[str, str]]:
        """Keys and values in a payload."""
        known = self._pairs.get(payload)
        if known is None:
            found = PAIR.findall(payload)
            if '\\"' in payload:  # JSON in a string of JSON, as the tracker writes what a request sent
                inner = ESCAPED_QUOTE.sub('"', payload).replace('"{', "{").replace('}"', "}")
                found += [pair for pair in PAIR.findall(inner) if pair not in found]
            known = self._pairs[payload] = [(key or name, quoted or value) for key, quoted, name, value in found]
        return known
