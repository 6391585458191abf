"""What the server's database keeps of a session: counts, user, metadata and events from its messages (4.1, 5.2)."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from maskproof.openreplay.batches import Batch, Message

Event = dict[str, Any]


@dataclass(slots=True)
class DatabaseRecord:
    """The database's record of one session; grows with each batch. Times are in ms since 1970."""

    last_ms: int = 0
    pages: int = 0
    user_id: str | None = None
    user_anonymous_id: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    custom: list[Event] = field(default_factory=list)
    issues: list[Event] = field(default_factory=list)
    incidents: list[Event] = field(default_factory=list)
    errors: list[Event] = field(default_factory=list)

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


def _click(database: DatabaseRecord, message: Message, now: int) -> None:
    get = message.get
    database.events.append(
        _at(now)
        | {"type": "CLICK", "label": get("Label"), "hesitation": get("HesitationTime"), "selector": get("Selector")}
    )


def _input(database: DatabaseRecord, message: Message, now: int) -> None:
    get = message.get
    # The real server never stores the value of an InputChange (4.2).
    database.events.append(
        _at(now)
        | {
            "type": "INPUT",
            "label": get("Label"),
            "duration": get("InputDuration"),
            "hesitation": get("HesitationTime"),
            "value": "",
        }
    )


def _location(database: DatabaseRecord, message: Message, now: int) -> None:
    url = str(message.get("URL"))
    database.pages += 1
    database.events.append(
        _at(now)
        | {
            "type": "LOCATION",
            "label": message.fields().get("DocumentTitle", ""),
            "url": url,
            "referrer": message.get("Referrer"),
            "host": urlsplit(url).netloc,
        }
    )


def _custom(database: DatabaseRecord, message: Message, now: int) -> None:
    database.custom.append(
        _at(now) | {"name": message.get("Name"), "type": "CUSTOM", "properties": _payload(message.get("Payload"))}
    )


def _issue(database: DatabaseRecord, message: Message, now: int) -> None:
    fields = message.fields()
    database.issues.append(
        _at(now)
        | {
            "issueId": f"{message.index:x}",
            "issueType": fields.get("Type", "custom"),
            "contextString": fields.get("ContextString", fields.get("Name", "")),
        }
    )


def _incident(database: DatabaseRecord, message: Message, now: int) -> None:
    get = message.get
    database.incidents.append(
        _at(now) | {"label": get("Label"), "startTime": get("StartTime"), "endTime": get("EndTime")}
    )


def _error(database: DatabaseRecord, message: Message, now: int) -> None:
    database.errors.append(
        _at(now)
        | {
            "errorId": f"{message.index:x}",
            "source": "js_exception",
            "name": message.get("Name"),
            "message": message.get("Message"),
        }
    )


def _user_id(database: DatabaseRecord, message: Message, _now: int) -> None:
    database.user_id = str(message.values[0])


def _user_anonymous_id(database: DatabaseRecord, message: Message, _now: int) -> None:
    database.user_anonymous_id = str(message.values[0])


def _metadata(database: DatabaseRecord, message: Message, _now: int) -> None:
    database.metadata[str(message.values[0])] = str(message.values[1])


_READERS: dict[str, Callable[[DatabaseRecord, Message, int], None]] = {
    "MouseClick": _click,
    "MouseClickDeprecated": _click,
    "InputChange": _input,
    "SetPageLocation": _location,
    "SetPageLocationDeprecated": _location,
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
    return {"createdAt": now, "timestamp": now}


def _payload(text: object) -> object:
    try:
        return json.loads(str(text))
    except ValueError:
        return text
