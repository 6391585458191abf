"""Umami's tables with the traffic of a run in them, and what its panels have to show."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import psycopg
from psycopg import sql

from maskproof.clock import DAY_MS, HOUR_MS
from maskproof.panels.facts import Facts, Numbers, PerHour, Rows, Within, amount
from maskproof.panels.traffic import EVENT, LATE_MS, VIEW, VITALS, Hit

LIMIT = 20
V2 = 2
OTHER_WEBSITE = str(uuid5(NAMESPACE_URL, "planted/website"))
# Own and minimal: the columns of version 3 that panels may ask for, and some that they must not.
V3_TABLES = """
CREATE TABLE website (website_id uuid PRIMARY KEY, name varchar(100) NOT NULL, domain varchar(500),
  share_id varchar(50), created_at timestamptz DEFAULT now(), deleted_at timestamptz,
  replay_enabled boolean NOT NULL DEFAULT false);
CREATE TABLE session (session_id uuid PRIMARY KEY, website_id uuid NOT NULL, browser varchar(20), os varchar(20),
  device varchar(20), screen varchar(11), language varchar(35), country char(2), region varchar(20), city varchar(50),
  distinct_id varchar(50), created_at timestamptz DEFAULT now());
CREATE TABLE website_event (event_id uuid PRIMARY KEY DEFAULT gen_random_uuid(), website_id uuid NOT NULL,
  session_id uuid NOT NULL, visit_id uuid NOT NULL, created_at timestamptz DEFAULT now(),
  url_path varchar(500) NOT NULL, url_query varchar(500), utm_source varchar(255),
  referrer_path varchar(500), referrer_query varchar(500),
  referrer_domain varchar(500), page_title varchar(500), event_type integer NOT NULL DEFAULT 1, event_name varchar(50),
  tag varchar(50), hostname varchar(100), lcp numeric, inp numeric, cls numeric, fcp numeric, ttfb numeric)
"""
Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Website:
    """The website of a run."""

    id: str
    domain: str


def add_planted(connection: Connection, website: Website, hits: Sequence[Hit], *, version: int) -> None:
    """
    Add planted traffic to tables that hold the journeys' own, and traffic that no panel may count.

    That is the same again for another website, and for this one the day before and the day after.

    Args:
        connection: Within a transaction that is rolled back.
        website: The website of the run.
        hits: What is planted.
        version: The major version of Umami whose tables they are.

    """
    domain = "other.example"
    connection.execute(
        "INSERT INTO website (website_id, name, domain) VALUES (%s, 'Another', %s)", (OTHER_WEBSITE, domain)
    )
    if version != V2:
        connection.execute("UPDATE website SET replay_enabled = true WHERE website_id = %s", (OTHER_WEBSITE,))
    others = _again(hits, "other", 0)
    # Not as many as what is counted: a wrong time would show the same number of others.
    away = (*_again(hits, "before", -DAY_MS), *_again(hits[::2], "after", DAY_MS))
    insert(connection, website.id, [*hits, *away], version=version)
    insert(connection, OTHER_WEBSITE, others, version=version)


def _again(hits: Sequence[Hit], who: str, shift_ms: int) -> tuple[Hit, ...]:
    """The same traffic of other people at another time."""
    return tuple(
        replace(hit, session=str(uuid5(NAMESPACE_URL, f"{who}/{hit.session}")), at_ms=hit.at_ms + shift_ms)
        for hit in hits
    )


def make_v3(connection: Connection, website: Website, hits: Sequence[Hit]) -> None:
    """
    Make the tables of version 3, with the journeys' traffic.

    Args:
        connection: Its search path names an empty schema.
        website: The website of the run.
        hits: What the browsers sent.

    """
    connection.execute(V3_TABLES.encode())
    connection.execute(
        "INSERT INTO website (website_id, name, domain) VALUES (%s, 'Maskproof', %s)", (website.id, website.domain)
    )
    insert(connection, website.id, hits, version=3)


def insert(connection: Connection, website: str, hits: Sequence[Hit], *, version: int) -> None:
    """
    Insert sessions and events.

    Args:
        connection: Within a transaction.
        website: Whose they are.
        hits: The events; version 2 has no measurements.
        version: The major version of Umami.

    """
    rows = [_row(website, hit, version) for hit in hits if hit.kind != VITALS or version != V2]
    languages = _languages(hits)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO session (session_id, website_id, language) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [(session, website, language) for session, language in languages.items()],
        )
        if rows:
            names = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
            values = sql.SQL(", ").join(map(sql.Placeholder, rows[0]))
            cursor.executemany(sql.SQL("INSERT INTO website_event ({}) VALUES ({})").format(names, values), rows)


def _languages(hits: Iterable[Hit]) -> dict[str, str]:
    """The language of each session: that of its first event, as Umami makes a session once."""
    languages: dict[str, str] = {}
    for hit in sorted(hits, key=lambda hit: hit.at_ms):
        languages.setdefault(hit.session, hit.language)
    return languages


def _row(website: str, hit: Hit, version: int) -> dict[str, object]:
    row: dict[str, object] = {
        "event_id": str(uuid5(NAMESPACE_URL, f"{website}/{hit}")),
        "website_id": website,
        "session_id": hit.session,
        "created_at": datetime.fromtimestamp(hit.at_ms / 1000, UTC),
        "url_path": hit.path,
        "url_query": hit.query or None,
        "referrer_domain": hit.referrer or None,
        "event_type": hit.kind,
        "event_name": hit.name or None,
    }
    if version == V2:
        return row
    lcp, inp, cls = hit.vitals or (None, None, None)
    more = {"visit_id": hit.visit, "utm_source": hit.campaign or None, "lcp": lcp, "inp": inp, "cls": cls}
    return row | more


def umami_facts(hits: Sequence[Hit], steps: Sequence[str], website: Website, *, version: int) -> Facts:
    """
    What each panel has to show.

    Args:
        hits: The traffic of the website in the time of the dashboard.
        steps: The paths of the funnel, in order.
        website: Its own domain is no source.
        version: The major version of Umami; 2 has no recorder of its own.

    """
    views = [hit for hit in hits if hit.kind == VIEW]
    events = [hit for hit in hits if hit.kind == EVENT]
    languages = _languages(hits)
    found = [hit for hit in views if hit.referrer not in {"", website.domain}]
    return {
        "visitors": amount(_people(views)),
        "visits": amount(*(len(_visits(views, late)) for late in (0, LATE_MS))),
        "page_views": amount(len(views)),
        "bounce": amount(*(_bounce(views, late) for late in (0, LATE_MS))),
        "page_views_per_hour": PerHour(tuple(hit.at_ms for hit in views), LATE_MS),
        "events_per_hour": PerHour(tuple(hit.at_ms for hit in events), LATE_MS),
        "funnel": Numbers(tuple((float(count),) for count in _funnel(views, steps))),
        "pages": _ranked(views, lambda hit: hit.path, len, _people),
        "sources": _ranked(found, lambda hit: hit.referrer, _people),
        "campaigns": _ranked([hit for hit in views if hit.campaign], lambda hit: hit.campaign, _people),
        "events": _ranked(events, lambda hit: hit.name, len, _people),
        "languages": _ranked(views, lambda hit: languages[hit.session], _people),
        "vitals": Numbers(tuple((_upper_quartile(values),) for values in _vitals(hits))),
        "umami_recorder": Within(0, 0) if version == V2 else amount(1),
    }


def _people(hits: Iterable[Hit]) -> int:
    return len({hit.session for hit in hits})


def _visits(views: Iterable[Hit], late_ms: int) -> Counter[tuple[str, int]]:
    return Counter((view.session, (view.at_ms - late_ms * (not view.is_planted)) // HOUR_MS) for view in views)


def _bounce(views: Sequence[Hit], late_ms: int) -> float:
    visits = _visits(views, late_ms)
    return 100 * sum(count == 1 for count in visits.values()) / len(visits) if visits else 0.0


def _funnel(views: Sequence[Hit], steps: Sequence[str]) -> list[int]:
    """How many sessions reach each step after the one before."""
    reached = [0] * len(steps)
    for _, seen in groupby(sorted(views, key=lambda view: (view.session, view.at_ms)), key=lambda view: view.session):
        step = 0
        for view in seen:
            if step < len(steps) and view.path == steps[step]:
                reached[step] += 1
                step += 1
    return reached


def _ranked(hits: Iterable[Hit], label: Callable[[Hit], str], *counts: Callable[[Sequence[Hit]], int]) -> Rows:
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(label(hit), []).append(hit)
    rows = tuple((name, *(count(group) for count in counts)) for name, group in groups.items())
    return Rows(rows, limit=LIMIT, by=1)


def _vitals(hits: Iterable[Hit]) -> Sequence[Sequence[float]]:
    measured = [hit.vitals for hit in hits if hit.vitals is not None]
    return list(zip(*measured, strict=True)) or [(), (), ()]


def _upper_quartile(values: Sequence[float]) -> float:
    """As `percentile_cont(0.75)`: between two values it is linear."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = 0.75 * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
