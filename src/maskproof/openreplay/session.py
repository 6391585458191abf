"""
A session as one stream of texts: every string field of every message, with its node and its time.

Dictionary ids are resolved over the whole session, so that an attribute reads as what it stands for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maskproof.openreplay.batches import Batch, Message
from maskproof.openreplay.dom import Document
from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.recordings import Recording

CREATE_DOCUMENT = 7
TIMESTAMP = 0
DICTIONARIES = {"StringDictGlobal", "StringDict", "StringDictDeprecated"}
DICTIONARY_ATTRIBUTES = {
    "SetNodeAttributeDictGlobal": ("Name", "Value"),
    "SetNodeAttributeDict": ("Name", "Value"),
    "SetNodeAttributeDictDeprecated": ("NameKey", "ValueKey"),
}
NODE_FIELDS = ("ID", "ParentID", "FrameID")


@dataclass(frozen=True, slots=True)
class StringField:
    """
    One text of a session.

    `node` is the id of the node that it belongs to in `document`; `time_ms` is ms since 1970 or 0 before
    the first timestamp; `offset` is the message's place in `source`.
    """

    message: str
    field: str
    text: str
    node: int | None
    document: Document
    time_ms: int
    source: str
    offset: int

    @property
    def path(self) -> str:
        """CSS path of the node; empty without one."""
        return "" if self.node is None else self.document.path(self.node)


class SessionView:
    """
    One session, from the wire or from the store.

    Args:
        parts: Batches or recordings; batches are put in the order of their pages and indexes.

    """

    def __init__(self, parts: Iterable[Batch | Recording]) -> None:
        self._streams = sorted(_streams(parts), key=lambda stream: stream[0])
        self._words = dict(_words(self._streams))
        self.documents: list[Document] = []
        self.strings: tuple[StringField, ...] = tuple(self._read())

    @property
    def messages(self) -> Iterator[Message]:
        """Every message in order, batch headers included."""
        for _, _, messages in self._streams:
            yield from messages

    def fields(self, name: str) -> Iterator[dict[str, object]]:
        """The fields of every message of one name, in order."""
        for message in self.messages:
            if message.name == name:
                yield self._fields(message)

    def _read(self) -> Iterator[StringField]:
        document = Document()
        self.documents.append(document)
        time_ms = 0
        for _, source, messages in self._streams:
            for message in messages:
                if message.id == CREATE_DOCUMENT:
                    document = Document()
                    self.documents.append(document)
                elif message.id == TIMESTAMP:
                    time_ms = int(message.values[0])
                name, fields = message.name, self._fields(message)
                document.apply(name, fields)
                node = next((fields[one] for one in NODE_FIELDS if one in fields), None)
                for field, text in fields.items():
                    if isinstance(text, str) and text:
                        owner = node if isinstance(node, int) else None
                        yield StringField(name, field, text, owner, document, time_ms, source, message.offset)

    def _fields(self, message: Message) -> dict[str, object]:
        fields: dict[str, object] = dict(message.fields())
        keys = DICTIONARY_ATTRIBUTES.get(message.name)
        if keys is None:
            return fields
        name, value = (self._words.get(fields[key], str(fields[key])) for key in keys)
        return {"ID": fields["ID"], "Name": name, "Value": value}


Stream = tuple[tuple[int, int], str, Sequence[Message]]


def _streams(parts: Iterable[Batch | Recording]) -> Iterator[Stream]:
    for number, part in enumerate(parts):
        if isinstance(part, Batch):
            yield (part.page_no, part.first_index), part.source, (part.header_message, *part.messages)
        elif part.batches:
            yield from _streams(part.batches)
        else:
            yield (0, number), part.source, part.messages


def _words(streams: Sequence[Stream]) -> Iterator[tuple[object, str]]:
    for _, _, messages in streams:
        for message in messages:
            if MESSAGES[message.id].name in DICTIONARIES:
                yield message.values[0], str(message.values[1])
