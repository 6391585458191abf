"""What Umami stored: the same records for 2.10 and v3, read from its responses."""

from dataclasses import dataclass
from typing import Literal

from maskproof.http import ApiError
from maskproof.json_fields import JsonAnswer

Kind = Literal["pageview", "event", "other"]
KINDS: dict[int, Kind] = {1: "pageview", 2: "event"}


class UmamiResponse(JsonAnswer):
    """One JSON object of a response of Umami."""

    system = "Umami"

    def count(self, name: str) -> int:
        """
        A count, which Umami gives as a number or as a text (reference 3.4).

        Raises:
            ApiError: It is missing or is no count.

        """
        value = self.data.get(name)
        if isinstance(value, bool) or not str(value).isdigit():
            raise ApiError(f"{self.system}: {self.source}: expected {name} as a count, got {type(value).__name__}.")
        return int(str(value))


@dataclass(frozen=True, slots=True)
class UmamiWebsite:
    """A website that Umami counts for."""

    id: str
    name: str
    domain: str

    @classmethod
    def read(cls, answer: UmamiResponse) -> "UmamiWebsite":
        """From JSON."""
        return cls(answer.need("id", str), answer.text("name"), answer.text("domain"))


@dataclass(frozen=True, slots=True)
class UmamiEvent:
    """
    One stored page view or custom event; texts are as Umami gives them (2.10: percent-encoded once more).

    `has_data` is false only where the server says that there is no event data; 2.10 never says.
    """

    id: str
    session_id: str
    kind: Kind
    name: str
    path: str
    query: str
    referrer: str
    title: str
    created_at: str
    has_data: bool = True
    distinct_id: str = ""

    @classmethod
    def read(cls, answer: UmamiResponse) -> "UmamiEvent":
        """From JSON; a row of `/api/realtime/:id` and one of `/api/websites/:id/events` are alike."""
        query = answer.text("referrerQuery")
        return cls(
            id=answer.need("id", str),
            session_id=answer.need("sessionId", str),
            kind=KINDS.get(answer.need("eventType", int), "other"),
            name=answer.text("eventName"),
            path=answer.text("urlPath"),
            query=answer.text("urlQuery"),
            referrer=answer.text("referrerDomain") + answer.text("referrerPath") + (f"?{query}" if query else ""),
            title=answer.text("pageTitle"),
            created_at=answer.need("createdAt", str),
            has_data=answer.data.get("hasData") is not False,
            distinct_id=answer.text("distinctId"),
        )

    def texts(self) -> dict[str, str]:
        """Every field that can hold what a page sent, by Umami's name."""
        return {
            "eventName": self.name,
            "urlPath": self.path,
            "urlQuery": self.query,
            "referrer": self.referrer,
            "pageTitle": self.title,
            "distinctId": self.distinct_id,
        }


@dataclass(frozen=True, slots=True)
class UmamiDatum:
    """
    One stored value that a page gave with an event or by `identify`.

    `event_id` is empty on 2.10, whose API does not give it; `event_name` is empty if the value belongs to no named
    event. A value from `identify` has a `session_id` only.
    """

    event_name: str
    key: str
    value: str
    event_id: str
    session_id: str = ""

    @classmethod
    def read(
        cls, answer: UmamiResponse, *, event_name: str = "", event_id: str = "", session_id: str = ""
    ) -> "UmamiDatum":
        """
        From a row of v3, where numbers and dates are texts too.

        Args:
            answer: The row.
            event_name: Name of the event that it belongs to.
            event_id: Id of that event.
            session_id: Id of the session, for a value from `identify`.

        Raises:
            ApiError: The row has no key.

        """
        value = answer.text("stringValue") or answer.text("dateValue") or answer.text("numberValue")
        return cls(event_name, answer.need("dataKey", str), value, event_id, session_id)


@dataclass(frozen=True, slots=True)
class UmamiSession:
    """One stored session: when it began, and what Umami derived from the browser."""

    id: str
    created_at: str
    browser: str
    os: str
    device: str
    screen: str
    language: str

    @classmethod
    def read(cls, answer: UmamiResponse) -> "UmamiSession":
        """From JSON."""
        texts = {name: answer.text(name) for name in ("browser", "os", "device", "screen", "language")}
        return cls(id=answer.need("id", str), created_at=answer.need("createdAt", str), **texts)
