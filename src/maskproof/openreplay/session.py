"""
A session as one stream of texts: every string field of every message, with its node and its time.

Dictionary ids are resolved over the whole session, so that an attribute reads as what it stands for. Texts of
blanks alone, which are half of those of a page, say nothing and are left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from maskproof.openreplay.batches import Batch, Message
from maskproof.openreplay.changes import CHANGES, Change, Fields, create_element, create_text, set_text
from maskproof.openreplay.dom import Document
from maskproof.openreplay.messages import BATCH_METADATA, BY_NAME, MESSAGES, TAB_DATA, TIMESTAMP, MessageType
from maskproof.openreplay.recordings import Recording, Undecoded
from maskproof.openreplay.records import Record, as_message
from maskproof.openreplay.spread import spread_texts

CREATE_DOCUMENT = BY_NAME["CreateDocument"].id
# Attribute messages that refer to a dictionary, and the message that defines its words.
DICTIONARIES = {
    BY_NAME["SetNodeAttributeDictGlobal"].id: BY_NAME["StringDictGlobal"].id,
    BY_NAME["SetNodeAttributeDict"].id: BY_NAME["StringDict"].id,
    BY_NAME["SetNodeAttributeDictDeprecated"].id: BY_NAME["StringDictDeprecated"].id,
}
DEFINITIONS = frozenset(DICTIONARIES.values())
CREATE_TEXT_NODE = BY_NAME["CreateTextNode"].id
CREATE_ELEMENT_NODE = BY_NAME["CreateElementNode"].id
TAG = BY_NAME["CreateElementNode"].field_names.index("Tag")
SET_NODE_DATA = BY_NAME["SetNodeData"].id
SET_INPUT_VALUE = BY_NAME["SetInputValue"].id
# What more is to be done with than with others.
SPECIAL = frozenset({CREATE_DOCUMENT, TAB_DATA, SET_INPUT_VALUE}) | DEFINITIONS
# Messages of which every other one holds a name that was there before.
NAMING = frozenset(BY_NAME[name].id for name in ("CreateElementNode", "TabData", "TabChange"))
ATTRIBUTE_FIELDS = ("ID", "Name", "Value")
NODE_FIELDS = ("ID", "ParentID", "FrameID")


class StringField(NamedTuple):
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

    @property
    def label(self) -> str:
        """What a user would call the node; empty without one."""
        return "" if self.node is None else self.document.label(self.node)


class MaskedInput(NamedTuple):
    """An input whose mask tells how long its value is, at one moment (reference 2.3: `Mask` n > 0)."""

    node: int
    document: Document
    source: str
    offset: int

    @property
    def path(self) -> str:
        """CSS path of the input."""
        return self.document.path(self.node)


class SpreadText(NamedTuple):
    """A text over several text nodes, below the element `node` of `document`."""

    text: str
    node: int
    document: Document

    @property
    def path(self) -> str:
        """CSS path of the element."""
        return self.document.path(self.node)

    @property
    def label(self) -> str:
        """What a user would call the element."""
        return self.document.label(self.node)


Part = Batch | Recording | Undecoded
# Page and index, source, and messages: records, of which the table says what types the values are of.
Stream = tuple[tuple[int, int], str, Sequence[tuple[int, Fields, int, int]]]


class Sink(Protocol):
    """Takes texts as they are read."""

    def append(self, text: StringField, /) -> None:
        """Take in a text."""


class _OutOfOrderError(Exception):
    """Batches do not come in the order of their pages and indexes."""


class _Plan(NamedTuple):
    """What is to be done with the messages of one id."""

    name: str
    change: Change | None
    node_at: int | None
    texts: tuple[tuple[int, str], ...]
    dictionary: int | None


class SessionView:
    """
    One session, from the wire or from the store.

    Args:
        parts: Batches or recordings; batches are put in the order of their pages and indexes.
        make_sink: Makes what takes the texts as they are read, in place of `strings`; called anew where reading has
            to begin anew. Names of elements and tabs, of which there are thousands, it gets at their first place.

    Raises:
        DecodeError: A part that was not decoded yet is broken.

    """

    def __init__(self, parts: Iterable[Part], make_sink: Callable[[], Sink] = list) -> None:
        self.parts: tuple[Part, ...] = tuple(parts)
        self._make_sink = make_sink
        if len(self.parts) > 1:
            self._decode_all()
        try:
            self._read()
        except _OutOfOrderError:
            self._decode_all()
            self._read()

    def _decode_all(self) -> None:
        self.parts = tuple(part.decoded() if isinstance(part, Undecoded) else part for part in self.parts)

    def _read(self) -> None:
        self.message_count = 0
        self._words: dict[int, dict[object, str]] = {kind: {} for kind in DEFINITIONS}
        self._is_read_ahead = False
        self.documents: list[Document] = []
        self.masked: list[MaskedInput] = []
        self.sink = self._make_sink()
        for _ in self._moments(self._counted(), self.documents, self.sink, self.masked):
            pass
        self.strings: tuple[StringField, ...] = tuple(self.sink) if isinstance(self.sink, list) else ()

    @property
    def messages(self) -> Iterator[Message]:
        """Every message in order, batch headers included."""
        return map(as_message, self.records)

    @property
    def records(self) -> Iterator[Record]:
        """Every message as a plain tuple."""
        return chain.from_iterable(records for _, _, records in self._streams())

    def fields(self, name: str) -> Iterator[dict[str, object]]:
        """The fields of every message of one name, in order."""
        kind = BY_NAME[name].id
        for record in self.records:
            if record[0] == kind:
                yield self._fields(as_message(record))

    def spread_texts(self) -> Iterator[SpreadText]:
        """Every text that is spread over several text nodes, of every document and every moment."""
        for document in self.documents:
            for node, text in spread_texts(document):
                yield SpreadText(text, node, document)

    def documents_at(self, time_ms: int) -> dict[str, Document]:
        """The document of each tab (by the tracker's tab id) as it was at a time, in ms since 1970."""
        now: dict[str, Document] = {}
        for moment, tabs in self._moments(self._streams(), [], [], []):
            if moment > time_ms:
                break
            now = tabs
        return now

    def _moments(  # noqa: C901, PLR0912 - one loop: a call for each message would be felt
        self,
        streams: Iterable[Stream],
        documents: list[Document],
        sink: Sink,
        masked: list[MaskedInput],
    ) -> Iterator[tuple[int, dict[str, Document]]]:
        """
        Read the session into lists and a sink.

        Yields:
            Each timestamp before what happens then, with the tabs' documents as they are; the same dictionary.

        """
        pages = _Pages(documents, masked)
        document, time_ms = pages.current, 0
        names: set[str] = set()
        is_once = not isinstance(sink, list)
        add, new, plans = sink.append, tuple.__new__, _PLANS
        for _, source, records in streams:
            for kind, values, offset, _ in records:
                # Two messages in three are of these three kinds: what little they need is done without looking further.
                if kind == CREATE_TEXT_NODE:
                    create_text(document, values)
                    continue
                if kind == SET_NODE_DATA:
                    set_text(document, values)
                    node, text = values
                    if text and not text.isspace():
                        add(new(StringField, ("SetNodeData", "Data", text, node, document, time_ms, source, offset)))
                    continue
                if kind == CREATE_ELEMENT_NODE and values[TAG] in names:
                    create_element(document, values)
                    continue
                if kind == TIMESTAMP:
                    time_ms = values[0]
                    yield time_ms, pages.tabs
                    continue
                if kind in SPECIAL:
                    document = self._note(kind, values, pages, source, offset)
                name, change, node_at, texts, dictionary = plans[kind]
                if dictionary is not None:
                    values = self._resolved(values, dictionary)  # noqa: PLW2901 - as it reads
                if change is not None:
                    change(document, values)
                for at, field in texts:
                    text = values[at]
                    if not text or text.isspace() or (kind in NAMING and text in names):
                        continue
                    node = None if node_at is None else values[node_at]
                    add(new(StringField, (name, field, text, node, document, time_ms, source, offset)))
                    if is_once and kind in NAMING:
                        names.add(text)
        yield time_ms, pages.tabs

    def _note(self, kind: int, values: Fields, pages: "_Pages", source: str, offset: int) -> Document:
        """Do what more is to be done with a special message than with others; the document that others are about."""
        if kind in DEFINITIONS:
            self._words[kind][values[0]] = values[1]
        elif kind == SET_INPUT_VALUE:
            pages.note_mask(values, source, offset)
        else:
            pages.turn(kind, values)
        return pages.current

    def _streams(self) -> Iterable[Stream]:
        """Messages in the order of pages and indexes."""
        streams = _streams(self.parts)
        is_lazy = any(isinstance(part, Undecoded) for part in self.parts)
        return streams if is_lazy else sorted(streams, key=lambda stream: stream[0])

    def _counted(self) -> Iterator[Stream]:
        """The same, while messages are counted; headers are none."""
        for stream in self._streams():
            records = stream[2]
            if records and records[0][0] != BATCH_METADATA:
                self.message_count += len(records)
            yield stream

    def _resolved(self, values: Fields, dictionary: int) -> Fields:
        """The values of an attribute with its words looked up; an unknown one reads as its key."""
        node, name, value = values
        words = self._words[dictionary]
        if name not in words or value not in words:
            self._read_ahead()
        return node, words.get(name, str(name)), words.get(value, str(value))

    def _read_ahead(self) -> None:
        """Take in all words of the session, once: some are used before they are defined."""
        if not self._is_read_ahead:
            self._is_read_ahead = True
            for kind, values, _, _ in self.records:
                if kind in DEFINITIONS:
                    self._words[kind].setdefault(values[0], str(values[1]))

    def _fields(self, message: Message) -> dict[str, object]:
        dictionary = _PLANS[message.id].dictionary
        if dictionary is None:
            return dict(message.fields())
        return dict(zip(ATTRIBUTE_FIELDS, self._resolved(message.values, dictionary), strict=True))


class _Pages:
    """
    Whose turn it is: every tab has a document of its own, and every page load starts one.

    Args:
        documents: Takes every document there is, in order.
        masked: Takes inputs whose mask tells how long their value is.

    """

    def __init__(self, documents: list[Document], masked: list[MaskedInput]) -> None:
        self._documents = documents
        self._masked = masked
        self._tab = ""
        self.tabs = {"": self._new()}

    @property
    def current(self) -> Document:
        """The document that messages are about."""
        return self.tabs[self._tab]

    def turn(self, kind: int, values: Fields) -> None:
        """Go to the document after a page load, or to that of another tab whose messages begin."""
        if kind == TAB_DATA:
            self._select(str(values[0]))
        elif self.current is self._documents[0] or not self.current.is_empty:
            self.tabs[self._tab] = self._new()

    def note_mask(self, values: Fields, source: str, offset: int) -> None:
        """Note an input, if its mask tells anything."""
        node, _, mask = values
        if mask > 0:
            self._masked.append(MaskedInput(node, self.current, source, offset))

    def _select(self, tab: str) -> None:
        """Go to a tab; the first that is named takes over what was before."""
        if "" in self.tabs:
            self.tabs[tab] = self.tabs.pop("")
        elif tab not in self.tabs:
            self.tabs[tab] = self._new()
        self._tab = tab

    def _new(self) -> Document:
        self._documents.append(Document())
        return self._documents[-1]


def _streams(parts: Iterable[Part]) -> Iterator[Stream]:
    for number, part in enumerate(parts):
        if isinstance(part, Undecoded):
            yield from _as_they_came(part)
        elif isinstance(part, Batch):
            if part.version:
                yield (part.page_no, part.first_index), part.source, (part.header_message,)
            yield (part.page_no, part.first_index), part.source, part.messages.records
        elif part.batches:
            yield from _streams(part.batches)
        else:
            yield (0, number), part.source, part.messages.records


def _as_they_came(part: Undecoded) -> Iterator[Stream]:
    """The batches of a file, as long as those of each of the tracker's streams come in order."""
    last: dict[object, tuple[int, int]] = {}
    key = (0, 0)
    for records in part.records():
        if records and records[0][0] == BATCH_METADATA:
            version, page_no, first_index, _, _ = records[0][1]
            key = (page_no, first_index)  # type: ignore[assignment]  # numbers, as the table says
            if key < last.get(version, key):
                raise _OutOfOrderError
            last[version] = key
        yield key, part.source, records


def _plan(kind: MessageType) -> _Plan:
    dictionary = DICTIONARIES.get(kind.id)
    types = {field.name: field.type for field in kind.fields}
    node = next((name for name in NODE_FIELDS if types.get(name) in {"uint", "int"}), None)
    return _Plan(
        name=kind.name,
        change=CHANGES.get(kind.id),
        node_at=None if node is None else kind.field_names.index(node),
        texts=kind.string_fields if dictionary is None else tuple(enumerate(ATTRIBUTE_FIELDS))[1:],
        dictionary=dictionary,
    )


_PLANS = {kind.id: _plan(kind) for kind in MESSAGES.values()}
