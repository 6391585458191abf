"""
What only the server's database keeps of a session: no stored file holds it.

User id, metadata, custom events, issues, errors, labels of inputs and referrers reach the database alone. Source:
the answers of a real server (`replay`, `events` and the public events of version 1.27), recorded in `tests/data/`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from maskproof.json_fields import Json
from maskproof.openreplay.client.model import Replay, SessionEvents

PAGE_EVENT = "LOCATION"
SESSION, METADATA = "database session", "database metadata"
CUSTOM, ISSUE, INCIDENT, ERROR = (
    "database custom event",
    "database issue",
    "database incident",
    "database error",
)
PUBLIC = "database row"
# Of a session's record: what is no text of the session, and the pre-signed URLs of its files.
NO_TEXTS = frozenset(
    {"canvasFrames", "canvasURL", "devtoolsURL", "domURL", "fileKey", "live", "mobileFrames", "mobsUrl", "videoURL"}
)


class DatabaseText(NamedTuple):
    """One text: what of the database it is, the path to it, and what it says. Keys are texts too, at `(key)`."""

    message: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class SessionInDatabase:
    """
    What the database keeps of one session, or of several, as far as it could be asked.

    Attributes:
        replays: The own record of each session; empty if it was not there.
        events: Their events; None if they could not be read.
        public: Their rows of the public API; empty without an API key.
        gap: What could not be read, as a sentence without its full stop; empty if all of it was.

    """

    replays: tuple[Replay, ...] = ()
    events: SessionEvents | None = None
    public: tuple[Json, ...] = ()
    gap: str = ""

    @classmethod
    def of_all(cls, parts: Sequence["SessionInDatabase"]) -> "SessionInDatabase":
        """What the database keeps of several sessions, as one."""
        events = [part.events for part in parts if part.events is not None]
        return cls(
            replays=tuple(replay for part in parts for replay in part.replays),
            events=SessionEvents.of_all(events) if events else None,
            public=tuple(row for part in parts for row in part.public),
            gap=next((part.gap for part in parts if part.gap), ""),
        )

    def texts(self) -> Iterator[DatabaseText]:
        """Every text that the database gives back, keys and numbers included."""
        for replay in self.replays:
            record = {name: value for name, value in replay.session.extra.items() if name not in NO_TEXTS}
            yield from _texts(METADATA, "", record.pop("metadata", None))
            yield from _texts(SESSION, "", record)
        if self.events is not None:
            for event in self.events.events:
                yield from _texts(f"database {event.get('type', 'event')}", "", event)
            for message, group in self.grouped():
                for row in group:
                    yield from _texts(message, "", row)
        for row in self.public:
            yield from _texts(PUBLIC, "", row)

    def grouped(self) -> tuple[tuple[str, tuple[Json, ...]], ...]:
        """The rows that are in no stored file, by what they are."""
        if self.events is None:
            return ()
        return (
            (CUSTOM, self.events.user_events),
            (ISSUE, self.events.issues),
            (INCIDENT, self.events.incidents),
            (ERROR, self.events.errors),
        )


def gap_of(events: SessionEvents) -> str:
    """What is missing of a session's events: each session has a page, and its event arrives with the others."""
    if any(event.get("type") == PAGE_EVENT for event in events.events):
        return ""
    return "its events are not in the database yet: there is none of a page"


def _texts(message: str, path: str, value: Any) -> Iterator[DatabaseText]:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield DatabaseText(message, f"{path}(key)", str(key))
            yield from _texts(message, f"{path}{key}.", inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(message, path, inner)
    elif value is not None and not isinstance(value, bool) and value != "":
        yield DatabaseText(message, path.rstrip("."), value if isinstance(value, str) else json.dumps(value))
