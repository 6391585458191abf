"""
OpenReplay's events in ClickHouse, and what the panels of people in trouble have to show of them.

The server here is `chdb`, ClickHouse within the process: it is large, so that no run needs it; `make nightly` runs
these panels. Rows are planted: errors and rage clicks are what journeys are not supposed to have.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from uuid import NAMESPACE_URL, uuid5

from maskproof.clock import DAY_MS
from maskproof.errors import ConfigurationError
from maskproof.panels.facts import Facts, Rows, Shown, amount, too_large
from maskproof.panels.macros import TimeRange, expand_clickhouse
from maskproof.panels.model import Dashboard, Panel
from maskproof.panels.smoke import Asked, judged
from maskproof.panels.templates import filled_in

NAME, PLUGIN = "clickhouse", "grafana-clickhouse-datasource"
OTHER_PROJECT = 999
FIRST_ERROR = 400
RAGE, DEAD = "click_rage", "dead_click"
# Ids of sessions pass 2^53.
SESSION = 4_122_837_836_716_048_640
# Own and minimal: the columns that panels may ask for. Rows are kept twice until ClickHouse merges them.
TABLES = (
    "CREATE DATABASE IF NOT EXISTS product_analytics",
    """CREATE TABLE product_analytics.events (project_id UInt16, event_id UUID, "$event_name" String,
  created_at DateTime64(3, 'UTC'), session_id UInt64, distinct_id String DEFAULT '', "$user_id" String DEFAULT '',
  "$current_url" String DEFAULT '', issue_type Enum8('' = 0, 'click_rage' = 1, 'dead_click' = 2, 'bad_request' = 3,
  'js_exception' = 4) DEFAULT '', "$properties" JSON, _timestamp DateTime DEFAULT now())
  ENGINE = ReplacingMergeTree(_timestamp) ORDER BY (project_id, "$event_name", created_at, session_id)""",
)
Query = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a session: what it is, and its properties."""

    number: int
    session: int
    at_ms: int
    name: str
    issue: str = ""
    message: str = ""
    status: int = 0


def planted_events(start_ms: int) -> tuple[Event, ...]:
    """Three sessions: one with errors, one with rage clicks and failed requests, one without trouble."""
    first, second, third = SESSION + 1, SESSION + 2, SESSION + 3
    minute = 60_000
    return (
        Event(1, first, start_ms + minute, "LOCATION"),
        Event(2, first, start_ms + 2 * minute, "ERROR", message="x is undefined"),
        Event(3, first, start_ms + 3 * minute, "ERROR", message="x is undefined"),
        Event(4, first, start_ms + 4 * minute, "ERROR", message="out of stock"),
        Event(5, second, start_ms + 5 * minute, "ERROR", message="x is undefined"),
        Event(6, second, start_ms + 6 * minute, "ISSUE", issue=RAGE),
        Event(7, second, start_ms + 7 * minute, "ISSUE", issue=DEAD),
        Event(8, second, start_ms + 8 * minute, "ISSUE", issue=DEAD),
        Event(9, second, start_ms + 9 * minute, "REQUEST", status=500),
        Event(10, second, start_ms + 10 * minute, "REQUEST", status=404),
        Event(11, third, start_ms + 11 * minute, "REQUEST", status=200),
        Event(12, third, start_ms + 12 * minute, "CLICK"),
        Event(13, third, start_ms + 13 * minute, "LOCATION"),
    )


def make_tables(query: Query, project: int, events: Sequence[Event]) -> None:
    """
    Make the table, each row of it twice, and rows that no panel may count.

    Args:
        query: Runs a statement.
        project: The id of the project.
        events: What is planted.

    """
    for statement in TABLES:
        query(statement)
    away = [replace(event, number=event.number + 100, at_ms=event.at_ms - DAY_MS) for event in events]
    others = [replace(event, number=event.number + 200) for event in events[1:]]
    rows = [_row(project, event) for event in (*events, *away)] + [_row(OTHER_PROJECT, event) for event in others]
    for _ in range(2):
        query("INSERT INTO product_analytics.events FORMAT JSONEachRow " + "\n".join(map(json.dumps, rows)))


def _row(project: int, event: Event) -> dict[str, object]:
    return {
        "project_id": project,
        "event_id": str(uuid5(NAMESPACE_URL, f"planted/{project}/{event.number}")),
        "$event_name": event.name,
        "created_at": f"{event.at_ms / 1000:.3f}",
        "session_id": str(event.session),
        "issue_type": event.issue,
        "$properties": {"message": event.message, "status": event.status},
    }


def clickhouse_facts(events: Sequence[Event]) -> Facts:
    """What each panel has to show of these events."""
    errors = [event for event in events if event.name == "ERROR"]
    rage = [event for event in events if event.issue == RAGE]
    messages = {event.message: [one for one in errors if one.message == event.message] for event in errors}
    troubled = dict.fromkeys(event.session for event in (*errors, *rage))
    return {
        "errors": amount(len(errors)),
        "rage_clicks": amount(len(rage)),
        "dead_clicks": amount(sum(event.issue == DEAD for event in events)),
        "failed_requests": amount(sum(event.status >= FIRST_ERROR for event in events)),
        "error_messages": Rows(
            tuple((text, len(group), len({one.session for one in group})) for text, group in messages.items()), by=1
        ),
        "troubled_sessions": Rows(tuple(_troubled(session, events, errors, rage) for session in troubled)),
    }


def _troubled(
    session: int, events: Sequence[Event], errors: Sequence[Event], rage: Sequence[Event]
) -> tuple[object, ...]:
    began = min(event.at_ms for event in events if event.session == session)
    counts = (sum(event.session == session for event in some) for some in (errors, rage))
    return (str(session), datetime.fromtimestamp(began / 1000, UTC), *counts)


def run_clickhouse(
    query: Query, dashboards: Sequence[Dashboard], project: int, times: TimeRange, facts: Facts
) -> Iterator[Asked]:
    """
    Run every panel of ClickHouse.

    Args:
        query: Runs a statement, and returns its rows as JSON (JSONCompact).
        dashboards: The dashboards.
        project: The id of the project.
        times: The time of the dashboards.
        facts: What the panels have to show.

    """
    for dashboard in dashboards:
        for panel in dashboard.panels:
            if panel.plugin == PLUGIN:
                yield _ask(query, panel, {**dashboard.defaults, "project": str(project)}, times, facts)


def _ask(query: Query, panel: Panel, values: dict[str, str], times: TimeRange, facts: Facts) -> Asked:
    started, fact = monotonic(), facts.get(panel.fact)
    try:
        shown = shown_of(query(expand_clickhouse(filled_in(panel.sql, values), times) + " FORMAT JSONCompact"))
        problem = too_large(shown) or judged(panel, fact, shown)
    except ConfigurationError as error:
        problem = error.message
    except RuntimeError as error:  # what chdb raises of a query that ClickHouse refuses
        problem = f"ClickHouse: {str(error).strip().splitlines()[0]}"
    return Asked(panel, NAME, fact.seen() if fact else "", problem, monotonic() - started)


def shown_of(text: str) -> Shown:
    """Rows from ClickHouse's JSON: large numbers come as texts, instants as texts without a zone."""
    answer = json.loads(text)
    kinds = [column["type"] for column in answer["meta"]]
    rows = tuple(tuple(map(_cell, kinds, row)) for row in answer["data"])
    return Shown(tuple(column["name"] for column in answer["meta"]), rows)


def _cell(kind: str, cell: object) -> object:
    if kind.startswith("DateTime"):
        return datetime.fromisoformat(str(cell)).replace(tzinfo=UTC)
    return int(str(cell)) if kind.startswith(("UInt", "Int")) else cell
