"""Every text that was recorded of a session beyond what is the application's own, without a value, for people."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maskproof.leaks.channels import channel_of
from maskproof.leaks.search.safe_texts import REDACTED, SafeTexts
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.fields import StringField
from maskproof.recording.journey_record import JourneyRecord
from maskproof.suite.masking import analytics_texts, database_texts, stored_analytics, wire_texts
from maskproof.suite.static_content import StaticContent

Row = dict[str, object]
# What is shown of one text; how long the rest is is said.
LONGEST = 4000
# How the database's texts call a key.
KEY = "(key)"


@dataclass(frozen=True, slots=True)
class RecordedTexts:
    """
    The texts of one session, by where they are kept; `static` of the session's are the application's own.

    `looked_at` counts all texts that were searched, by channel: of the wire, of the stored session, of the database and
    of the analytics.
    """

    session: tuple[Row, ...]
    database: tuple[Row, ...]
    analytics: tuple[Row, ...]
    static: int
    looked_at: dict[str, int]

    @property
    def shown(self) -> int:
        """How many texts are shown."""
        return len(self.session) + len(self.database) + len(self.analytics)


def recorded_texts(journey: JourneyRecord, static: StaticContent, safe: SafeTexts) -> RecordedTexts:
    """
    The texts of one session for people to read; a place that shows a value shows nothing of itself.

    Args:
        journey: The recording.
        static: What is the application's own.
        safe: Redacts by the values of the case.

    """
    strings = [text for text in journey.stored.strings if not static.holds(text.message, text.field, text.text)]
    hidden = set(_places_with_values(journey, strings, safe))
    texts = [
        (text.message, text.field, _where(text), REDACTED if _place(text) in hidden else safe.text(text.text))
        for text in strings
    ]
    database = [(message, field, "", safe.text(text)) for message, field, text in _without_keys(journey)]
    analytics = [(message, field, "", safe.text(text)) for _, message, field, text in stored_analytics(journey)]
    return RecordedTexts(
        session=tuple(_rows(_joined_safe(texts, safe), safe)),
        database=tuple(_rows(_joined_safe(database, safe), safe)),
        analytics=tuple(_rows(_joined_safe(analytics, safe), safe)),
        static=len({_key(text) for text in journey.stored.strings}) - len({_key(text) for text in strings}),
        looked_at=dict(sorted(_looked_at(journey).items())),
    )


def _looked_at(journey: JourneyRecord) -> Counter[str]:
    counts = Counter(
        channel_of(text.message, text.field) for view in (journey.stored, journey.sent) for text in view.strings
    )
    if journey.batches:
        counts.update(channel_of(text.message, text.field) for text in wire_texts(journey))
    for fields in (database_texts(journey), analytics_texts(journey)):
        counts.update(channel_of(message, field) for _, message, field, _ in fields)
    return counts


def _without_keys(journey: JourneyRecord) -> Iterator[tuple[str, str, str]]:
    """The texts of the database; a key only where no text stands at it, since it is the last part of its field."""
    texts = [(message, field, text) for _, message, field, text in database_texts(journey)]
    fields = {(message, field) for message, field, _ in texts}
    for message, field, text in texts:
        if not field.endswith(KEY) or (message, field.removesuffix(KEY) + text) not in fields:
            yield message, field, text


def _key(text: StringField) -> tuple[str, str, str]:
    return text.message, text.field, text.text


def _place(text: StringField) -> tuple[int, int]:
    """The node of a text; a text without one is a place of its own."""
    return (id(text.document), text.node) if text.node is not None else (id(text), 0)


def _where(text: StringField) -> str:
    return text.label or text.path


def _places_with_values(
    journey: JourneyRecord, strings: Iterable[StringField], safe: SafeTexts
) -> Iterator[tuple[int, int]]:
    """Nodes that show a value at any time: what is typed key by key, or spread over texts, shows none of its parts."""
    for text in strings:
        if safe.text(text.text) != text.text:
            yield _place(text)
    for spread in journey.stored.spread_texts():
        if safe.text(spread.text) != spread.text:
            yield from ((id(spread.document), node) for node in _below(spread.document, spread.node))


def _below(document: DomDocument, node: int) -> Iterator[int]:
    yield node
    yield from (below.id for below in document.descendants(node))


def _joined_safe(texts: list[tuple[str, str, str, str]], safe: SafeTexts) -> Iterator[tuple[str, str, str, str]]:
    """Texts of one kind that hold a value only together, as letters of key presses do, show nothing."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for message, field, _, text in texts:
        kinds.setdefault((message, field), []).append(text)
    together = {
        kind
        for kind, parts in kinds.items()
        for joined in ("".join(part for part in parts if part != REDACTED),)
        if len(parts) > 1 and safe.text(joined) != joined
    }
    for message, field, where, text in texts:
        yield message, field, where, REDACTED if (message, field) in together else text


def _rows(texts: Iterable[tuple[str, str, str, str]], safe: SafeTexts) -> Iterator[Row]:
    """One row for each text in one place, with how often it is there, in the order in which they were recorded."""
    for (message, field, where, text), count in Counter(texts).items():
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} ... and {len(text) - LONGEST} more characters"
        yield {
            "channel": channel_of(message, field),
            "field": safe.text(f"{message}.{field}"),
            "where": safe.text(where),
            "text": shown,
            "count": count,
        }
