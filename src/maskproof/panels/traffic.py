"""What Umami was sent: page views and events of the journeys, from the tap's wire, and some that are planted beside."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from maskproof.clock import HOUR_MS
from maskproof.errors import Inconclusive
from maskproof.journey.sends import event_of, umami_session_of

VIEW, EVENT, VITALS = 1, 2, 5
CAMPAIGN = re.compile(r"(?:^|&)utm_source=([^&]*)")
# The tap keeps a request when it is answered, a moment after the database has stored it.
LATE_MS = 5_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One page view (1), event (2) or measurement (5), as Umami stores it."""

    session: str
    at_ms: int
    kind: int
    path: str
    query: str = ""
    name: str = ""
    language: str = "en-US"
    referrer: str = ""
    campaign: str = ""
    vitals: tuple[float, float, float] | None = None
    is_planted: bool = False

    @property
    def visit(self) -> str:
        """Umami 3 gives a visit an id; here one an hour, as 2 counts them."""
        return str(uuid5(NAMESPACE_URL, f"{self.session}/{self.at_ms // HOUR_MS}"))


def sent_hits(work_dir: Path, website: str) -> tuple[Hit, ...]:
    """
    Every page view and event that Umami took from the browsers.

    Args:
        work_dir: The work folder of the embedded target.
        website: Those of this website.

    Raises:
        Inconclusive: The tap kept nothing.

    """
    file = work_dir / "umami" / "wire.jsonl"
    if not file.is_file():
        raise Inconclusive(f"{file}: the tap kept no request to Umami.")
    lines = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(_hits(lines, website))


def _hits(lines: Iterable[Mapping[str, Any]], website: str) -> Iterator[Hit]:
    for line in lines:
        session = umami_session_of(line["answer"])
        if line["status"] != HTTPStatus.OK or not session:
            continue
        body = json.loads(line["body"])
        payload = body["payload"]
        kind, name, url = event_of(body)
        if payload.get("website") != website or kind not in {"pageview", "event"}:
            continue
        # As Umami's server takes it apart: what follows a second question mark is dropped.
        path, query, *_ = [*url.split("?"), ""]
        campaign = CAMPAIGN.search(query)
        yield Hit(
            session=session,
            at_ms=line["time_ms"],
            kind=EVENT if name else VIEW,
            path=path or "/",
            query=query,
            name=name,
            language=payload.get("language") or "",
            referrer=_domain(payload.get("referrer") or ""),
            campaign=campaign[1] if campaign else "",
        )


def _domain(referrer: str) -> str:
    """As Umami stores it: the host alone, of an absolute address."""
    if not referrer.startswith("http"):
        return ""
    return (urlsplit(referrer).hostname or "").replace("www.", "", 1)


def planted_hits(start_ms: int, steps: tuple[str, ...], own_domain: str) -> tuple[Hit, ...]:
    """
    Traffic that journeys do not make: other sources, languages and campaigns, steps in the wrong order.

    Args:
        start_ms: The earliest one.
        steps: The paths of the funnel, in order.
        own_domain: The website's own domain, which is no source.

    """
    first, last = steps[0], steps[-1]

    def hit(person: str, minute: int, **more: Any) -> Hit:  # noqa: ANN401 - the fields of a hit
        values: dict[str, Any] = {"kind": VIEW, "path": first, "is_planted": True, **more}
        return Hit(session=session_of(person), at_ms=start_ms + minute * 60_000, **values)

    found = {"referrer": "search.example", "campaign": "spring", "query": "utm_source=spring", "language": "de-DE"}
    news = {"referrer": "news.example", "language": "fr-FR"}
    return (
        # In order, to the end.
        *(hit("orderly", 1 + number, path=path, **found) for number, path in enumerate(steps)),
        hit("orderly", 4, kind=EVENT, name="planted event", **found),
        hit("orderly", 5, kind=EVENT, name="planted event", **found),
        # The last page first: that is no way through the funnel.
        hit("backward", 2, path=last, **news),
        hit("backward", 3, path=first, **news),
        # One page, and gone; and the same a second hour later, from the site itself.
        hit("hasty", 4, **found),
        hit("returning", 5, referrer=own_domain),
        hit("returning", 130, referrer=own_domain),
        hit("returning", 131, kind=EVENT, name="another event"),
        *(
            hit(person, 6, kind=VITALS, vitals=(number * 1000.0, number * 100.0, number / 100))
            for number, person in enumerate(("orderly", "backward", "hasty", "returning"), 1)
        ),
    )


def session_of(person: str) -> str:
    """The id of a planted session."""
    return str(uuid5(NAMESPACE_URL, f"planted/{person}"))
