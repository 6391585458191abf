"""
A session as one stream of texts: every string field of every message, with its node and time.

Dictionary ids are resolved over the whole session, so that attributes have their real names and values. Blank texts,
which are half of the texts of a page, are left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from maskproof.openreplay.batches import Message
from maskproof.openreplay.changes import CHANGES, Change, Fields, create_element, create_text, set_text
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.fields import MaskedInput, SpreadText, StringField, TextConsumer
from maskproof.openreplay.messages import BATCH_METADATA, BY_NAME, MESSAGES, TAB_DATA, TIMESTAMP, MessageType
from maskproof.openreplay.order import OutOfOrderError, Part, Stream, streams_of
from maskproof.openreplay.pages import Pages
from maskproof.openreplay.recordings import Undecoded
from maskproof.openreplay.records import Record, as_message
from maskproof.openreplay.split_text_nodes import spread_texts

CREATE_DOCUMENT = BY_NAME["CreateDocument"].id
# Attribute messages that refer to a dictionary, each with the message that defines the words of that dictionary.
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
VIEWPORT_SIZE, VIEWPORT_SCROLL = BY_NAME["SetViewportSize"].id, BY_NAME["SetViewportScroll"].id
# Messages that need more handling than others.
SPECIAL = frozenset({CREATE_DOCUMENT, TAB_DATA, SET_INPUT_VALUE}) | DEFINITIONS
# Messages that often repeat a name: every second one holds a name that was seen before.
NAMING = frozenset(BY_NAME[name].id for name in ("CreateElementNode", "TabData", "TabChange"))
ATTRIBUTE_FIELDS = ("ID", "Name", "Value")
NODE_FIELDS = ("ID", "ParentID", "FrameID")


class Window(NamedTuple):
    """A window: its size, and how far its page is scrolled, in CSS pixels."""

    width: int = 0
    height: int = 0
    left: int = 0
    top: int = 0


class _Plan(NamedTuple):
    """How messages of one id are handled."""

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
        make_consumer: Creates the object that receives the texts, in place of `strings`; called again if reading has
            to start again. Names of elements and tabs, of which there are thousands, are passed on once only.

    Raises:
        DecodeError: A part that was not decoded yet is broken.

    """

    def __init__(self, parts: Iterable[Part], make_consumer: Callable[[], TextConsumer] = list) -> None:
        self.parts: tuple[Part, ...] = tuple(parts)
        self._make_consumer = make_consumer
        if len(self.parts) > 1:
            self._decode_all()
        try:
            self._read()
        except OutOfOrderError:
            self._decode_all()
            self._read()

    def _decode_all(self) -> None:
        self.parts = tuple(part.decoded() if isinstance(part, Undecoded) else part for part in self.parts)

    def _read(self) -> None:
        self.message_count = 0
        self._words: dict[int, dict[object, str]] = {kind: {} for kind in DEFINITIONS}
        self._is_read_ahead = False
        self.documents: list[DomDocument] = []
        self.masked: list[MaskedInput] = []
        self.consumer = self._make_consumer()
        tabs: dict[str, DomDocument] = {}
        for _, tabs in self._moments(self._counted(), self.documents, self.consumer, self.masked):  # noqa: B007
            pass
        # What each tab shows at the end, by the tracker's tab id.
        self.tabs = tabs
        self.strings: tuple[StringField, ...] = tuple(self.consumer) if isinstance(self.consumer, list) else ()

    @property
    def messages(self) -> Iterator[Message]:
        """Every message in order, batch headers included."""
        return map(as_message, self.records)

    @property
    def records(self) -> Iterator[Record]:
        """Every message in order, as a plain tuple."""
        return chain.from_iterable(records for _, _, records in streams_of(self.parts))

    def fields(self, name: str) -> Iterator[dict[str, object]]:
        """The fields of every message with a name, in order."""
        kind = BY_NAME[name].id
        for record in self.records:
            if record[0] == kind:
                yield self._fields(as_message(record))

    def spread_texts(self) -> Iterator[SpreadText]:
        """Every text that is spread over several text nodes, in any document at any moment."""
        for document in self.documents:
            for node, text in spread_texts(document):
                yield SpreadText(text, node, document)

    def documents_at(self, time_ms: int) -> dict[str, DomDocument]:
        """The document of each tab, by the tracker's tab id, as it was at a time in ms since 1970."""
        # Streams of one session lie one behind the other, each in the order of its own times.
        streams = ((key, source, _until(records, time_ms)) for key, source, records in streams_of(self.parts))
        last, tabs = 0, dict[str, DomDocument]()
        for last, tabs in self._moments(streams, [], [], []):  # noqa: B007 - what counts is the end
            pass
        return tabs if last else {}

    def window_at(self, time_ms: int) -> Window:
        """The window as it was at a time in ms since 1970; zeros where nothing was recorded of it."""
        window = Window()
        for _, _, records in streams_of(self.parts):
            for kind, values, _, _ in _until(records, time_ms):
                if kind == VIEWPORT_SIZE:
                    window = window._replace(width=int(values[0]), height=int(values[1]))
                elif kind == VIEWPORT_SCROLL:
                    window = window._replace(left=int(values[0]), top=int(values[1]))
        return window

    def _moments(  # noqa: C901, PLR0912 - one loop: a call for each message is too slow
        self,
        streams: Iterable[Stream],
        documents: list[DomDocument],
        consumer: TextConsumer,
        masked: list[MaskedInput],
    ) -> Iterator[tuple[int, dict[str, DomDocument]]]:
        """
        Read the session into lists and a consumer.

        Yields:
            Each timestamp, before the messages after it are read, with the documents of the tabs at that moment. It
            is the same dictionary each time.

        """
        pages = Pages(documents, masked)
        document, time_ms = pages.current, 0
        names: set[str] = set()
        is_once = not isinstance(consumer, list)
        add, new, plans = consumer.append, tuple.__new__, _PLANS
        for _, source, records in streams:
            for kind, values, offset, _ in records:
                # Two of three messages are of these three kinds. They are handled here, without a lookup.
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
                    values = self._resolved(values, dictionary)  # noqa: PLW2901 - the same values, resolved
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

    def _note(self, kind: int, values: Fields, pages: Pages, source: str, offset: int) -> DomDocument:
        """Handle a special message; returns the document that later messages belong to."""
        if kind in DEFINITIONS:
            self._words[kind][values[0]] = values[1]
        elif kind == SET_INPUT_VALUE:
            pages.note_mask(values, source, offset)
        else:
            pages.turn(kind, values)
        return pages.current

    def _counted(self) -> Iterator[Stream]:
        """All streams, with their messages counted; headers do not count."""
        for stream in streams_of(self.parts):
            records = stream[2]
            if records and records[0][0] != BATCH_METADATA:
                self.message_count += len(records)
            yield stream

    def _resolved(self, values: Fields, dictionary: int) -> Fields:
        """The values of an attribute with its words resolved; an unknown word reads as its key."""
        node, name, value = values
        words = self._words[dictionary]
        if name not in words or value not in words:
            self._read_ahead()
        return node, words.get(name, str(name)), words.get(value, str(value))

    def _read_ahead(self) -> None:
        """Read all words of the session, once: some are used before they are defined."""
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


def _until(records: Sequence[Record], time_ms: int) -> Sequence[Record]:
    """The messages of a stream before the first timestamp that is later than a time."""
    later = (at for at, record in enumerate(records) if record[0] == TIMESTAMP and int(record[1][0]) > time_ms)
    return records[: next(later, len(records))]


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
