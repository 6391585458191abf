"""
What the server's database keeps of a session: counts, user, metadata and events from its messages (4.1, 5.2).

Its times are cut to seconds. Unlike the real one, it keeps two events of one name and second apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from maskproof.openreplay.batches import Batch, Message
from maskproof.openreplay.collector.event_rows import payload_of, row_of

Event = dict[str, Any]
SECOND_MS = 1000
# Columns of a page's event that nothing fills.
NO_TIMINGS = dict.fromkeys(("pageLoad", "speedIndex", "visuallyComplete", "timeToInteractive"))
TIMINGS = ("fcpTime", "loadTime", "domContentLoadedTime", "domBuildingTime", "firstContentfulPaintTime")


@dataclass(slots=True)
class DatabaseRecord:
    """
    The database's record of one session; grows with each batch. Times are in ms since 1970.

    `rows` are the same events as the public API gives them.
    """

    last_ms: int = 0
    pages: int = 0
    referrer: str = ""
    user_id: str | None = None
    user_anonymous_id: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    custom: list[Event] = field(default_factory=list)
    issues: list[Event] = field(default_factory=list)
    incidents: list[Event] = field(default_factory=list)
    errors: list[Event] = field(default_factory=list)
    rows: list[Event] = field(default_factory=list)

    @property
    def event_count(self) -> int:
        """The number of clicks, inputs, locations and custom events."""
        return len(self.events) + len(self.custom)

    def add(self, batch: Batch) -> None:
        """Add the events of one batch."""
        now = batch.timestamp
        for message in batch.messages:
            if message.name == "Timestamp":
                now = int(message.values[0])
                self.last_ms = max(self.last_ms, now)
            elif read := _READERS.get(message.name):
                read(self, message, now)
            if row := row_of(message, batch.location):
                self.rows.append(row | {"created_at": seconds(now)})


def seconds(time_ms: int) -> int:
    """A time in ms, cut to its second."""
    return time_ms // SECOND_MS * SECOND_MS


def _click(database: DatabaseRecord, message: Message, now: int) -> None:
    get = message.get
    database.events.append(
        {
            "type": "CLICK",
            "label": get("Label"),
            "hesitation": get("HesitationTime") or None,
            "selector": get("Selector"),
            **_at(now),
        }
    )


def _input(database: DatabaseRecord, message: Message, now: int) -> None:
    get = message.get
    # The real server never stores the value of an InputChange (4.2).
    event = {"type": "INPUT", "label": get("Label"), "duration": None, "hesitation": get("HesitationTime")}
    database.events.append(event | {"value": None} | _at(now))


def _location(database: DatabaseRecord, message: Message, now: int) -> None:
    url, referrer = str(message.get("URL")), str(message.get("Referrer"))
    database.pages += 1
    database.referrer = database.referrer or referrer
    event = {"type": "LOCATION", "label": None, "url": url, "referrer": referrer, "host": urlsplit(url).netloc}
    database.events.append(event | NO_TIMINGS | dict.fromkeys((*TIMINGS, "firstPaintTime")) | _at(now))


def _timing(database: DatabaseRecord, message: Message, _now: int) -> None:
    """The timings of the page before it."""
    get = {name: int(value) for name, value in message.fields().items()}
    page = next((event for event in reversed(database.events) if event["type"] == "LOCATION"), None)
    if page is None:
        return
    content = get["DomContentLoadedEventStart"]
    page |= {
        "fcpTime": get["FirstContentfulPaint"],
        "loadTime": get["LoadEventEnd"] - get["LoadEventStart"],
        "domContentLoadedTime": get["DomContentLoadedEventEnd"] - content,
        "domBuildingTime": content - get["ResponseEnd"],
        "firstContentfulPaintTime": get["FirstContentfulPaint"],
        "firstPaintTime": get["FirstPaint"],
    }


def _custom(database: DatabaseRecord, message: Message, now: int) -> None:
    event = {"name": message.get("Name"), "type": "CUSTOM", "properties": payload_of(message.get("Payload"))}
    database.custom.append(event | {"userDeviceType": "desktop"} | _at(now))


def _issue(database: DatabaseRecord, message: Message, now: int) -> None:
    fields = message.fields()
    database.issues.append(
        {
            "issueId": f"{message.index:x}",
            "issueType": fields.get("Type", "custom"),
            "contextString": fields.get("ContextString", fields.get("Name", "")),
            **_at(now),
        }
    )


def _incident(database: DatabaseRecord, message: Message, now: int) -> None:
    get = message.get
    database.incidents.append(
        {"label": get("Label"), "startTime": get("StartTime"), "endTime": get("EndTime"), **_at(now)}
    )


def _error(database: DatabaseRecord, message: Message, now: int) -> None:
    event = {"errorId": f"{message.index:x}", "source": "js_exception", "name": "ERROR"}
    database.errors.append(event | {"message": message.get("Message")} | _at(now))


def _user_id(database: DatabaseRecord, message: Message, _now: int) -> None:
    database.user_id = str(message.values[0])


def _user_anonymous_id(database: DatabaseRecord, message: Message, _now: int) -> None:
    database.user_anonymous_id = str(message.values[0])


def _metadata(database: DatabaseRecord, message: Message, _now: int) -> None:
    database.metadata[str(message.values[0])] = str(message.values[1])


_READERS: Mapping[str, Callable[[DatabaseRecord, Message, int], None]] = {
    "MouseClick": _click,
    "MouseClickDeprecated": _click,
    "InputChange": _input,
    "SetPageLocation": _location,
    "SetPageLocationDeprecated": _location,
    "PageLoadTiming": _timing,
    "CustomEvent": _custom,
    "CustomIssue": _issue,
    "IssueEvent": _issue,
    "Incident": _incident,
    "JSException": _error,
    "UserID": _user_id,
    "UserAnonymousID": _user_anonymous_id,
    "Metadata": _metadata,
}


def _at(now: int) -> Event:
    text = datetime.fromtimestamp(now // SECOND_MS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"createdAt": text, "timestamp": seconds(now)}
