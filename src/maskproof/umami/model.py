"""What Umami stored, as one record type for 2.10 and v3."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pageview", "event"]


@dataclass(frozen=True, slots=True)
class UmamiEvent:
    """One stored page view or custom event; texts are as Umami gives them (2.10: percent-encoded once more)."""

    id: str
    session_id: str
    kind: Kind
    name: str
    path: str
    query: str
    referrer: str
    title: str
    created_at: str

    def texts(self) -> dict[str, str]:
        """Every field that can hold what a page sent, by Umami's name."""
        return {
            "eventName": self.name,
            "urlPath": self.path,
            "urlQuery": self.query,
            "referrer": self.referrer,
            "pageTitle": self.title,
        }


@dataclass(frozen=True, slots=True)
class UmamiDatum:
    """One stored value of event data; `event_id` is empty where the API does not tell (2.10)."""

    event_name: str
    key: str
    value: str
    event_id: str
