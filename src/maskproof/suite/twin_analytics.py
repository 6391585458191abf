"""What two journeys sent to Umami and left there, as texts for the differential test."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from maskproof.journey import Send
from maskproof.journey.sends import event_of
from maskproof.recording.journey_record import JourneyRecord
from maskproof.umami.model import UmamiEvent

# Keys that differ between any two sessions: ids that the trackers draw, clocks, free memory.
OWN_TO_A_SESSION = frozenset({"userUUID", "timestamp", "token", "bufferDiff", "jsHeapSizeLimit", "cache"})
TRACKERS_KEYS = frozenset(
    {
        "assistOnly", "condition", "data", "deviceMemory", "doNotRecord", "height", "hostname", "id", "isSnippet",
        "language", "name", "payload", "projectKey", "referrer", "revID", "screen", "tag", "timezone", "title",
        "trackerVersion", "type", "url", "userID", "website", "width",
    }
)  # fmt: skip

# Message, field and text.
Row = tuple[str, str, str]
# What one event was: kind, name, and path of its page.
Key = tuple[str, str, str]


def analytics_of(first: JourneyRecord, second: JourneyRecord) -> tuple[list[Row], list[Row]]:
    """
    The texts of both journeys.

    An event that both pages sent, and whose answer was cut off as its page was left, may have arrived of one person and
    not of the other. Where that is so, it is left out of both.

    Args:
        first: The journey with one persona.
        second: The same with another persona.

    """
    cut_off = _keys(first.ledger.sends_unanswered) | _keys(second.ledger.sends_unanswered)
    for one in (first, second):
        cut_off &= _keys((*one.ledger.sends, *one.ledger.sends_unanswered))
    wire = [[json.loads(str(line["body"]) or "{}") for line in one.umami_wire] for one in (first, second)]
    stored = _uneven(cut_off, *([_key_of_event(event) for event in one.umami_events] for one in (first, second)))
    sent = _uneven(cut_off, *([_key_of_body(body) for body in bodies] for bodies in wire))
    mine, others = (
        [
            *_stored(event for event in one.umami_events if _key_of_event(event) not in stored),
            *_sent(body for body in bodies if _key_of_body(body) not in sent),
        ]
        for one, bodies in zip((first, second), wire, strict=True)
    )
    return mine, others


def _keys(sends: Iterable[Send]) -> set[Key]:
    return {(send.kind, send.name, _path(send.url)) for send in sends}


def _uneven(cut_off: set[Key], first: Iterable[Key], second: Iterable[Key]) -> set[Key]:
    """The events that were cut off, and are not as often in the one as in the other."""
    mine, others = Counter(first), Counter(second)
    return {key for key in cut_off if mine[key] != others[key]}


def _key_of_event(event: UmamiEvent) -> Key:
    return event.kind, event.name, _path(unquote(event.path))


def _key_of_body(body: Any) -> Key:  # noqa: ANN401 - JSON
    kind, name, url = event_of(body)
    return kind, name, _path(url)


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)


def _stored(events: Iterable[UmamiEvent]) -> Iterator[Row]:
    for event in events:
        yield from ((event.kind, name, text) for name, text in event.texts().items() if text)


def _sent(bodies: Iterable[Any]) -> Iterator[Row]:
    for body in bodies:
        yield from leaves("send", "", body)


def leaves(message: str, way: str, value: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - JSON
    """
    Every key and leaf of a JSON document, with its path. Keys that an application chose are not shown in it.

    Args:
        message: What the document is.
        way: The path so far.
        value: The document.

    """
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in OWN_TO_A_SESSION:
                yield message, f"{way}(keys)", key
                yield from leaves(message, f"{way}{key if key in TRACKERS_KEYS else '*'}.", inner)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(message, way, item)
    else:
        yield message, way.rstrip("."), json.dumps(value, ensure_ascii=False)
