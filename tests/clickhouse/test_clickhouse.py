"""
The panels of ClickHouse, run in `chdb`: `make test-clickhouse`, which installs it.

It is no part of `make test`: ClickHouse is some 800 MB. Rights are no part of it: chdb knows one user.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import chdb.session
import pytest

from maskproof.panels.clickhouse import PLUGIN, Query, clickhouse_facts, make_tables, planted_events, run_clickhouse
from maskproof.panels.macros import TimeRange
from maskproof.panels.model import Dashboard, load_dashboards

ROOT = Path(__file__).parents[2]
PROJECT, START_MS = 7, 1_795_000_000_000
TIMES = TimeRange(START_MS, START_MS + 3_600_000)
EVENTS = planted_events(START_MS)
PANELS = 6
FAULTS = {
    "counted twice until merges": ("Errors", "uniqExactIf(event_id, ", "countIf("),
    "every project": ("Errors", "project_id = $project", "1"),
    "every time": ("Rage clicks", "$__timeFilter(created_at)", "1"),
    "another kind of issue": ("Rage clicks", "click_rage", "dead_click"),
    "a kind that is not there": ("Dead clicks", "dead_click", "deadclick"),
    "errors of the client alone": ("Failed requests", ">= 400", ">= 500"),
    "a column that is not there": ("Failed requests", '"$properties".status', "status"),
    "ids as numbers": ("Sessions in trouble", "toString(session_id)", "session_id"),
    "sessions for errors": ("Errors by message", "uniqExact(event_id)", "uniqExact(session_id)"),
    "a macro that is not there": ("Errors", "$__timeFilter(", "$__timeFiler("),
    "zero for everything": ("Errors", "uniqExactIf(event_id, ", "0 * uniqExactIf(event_id, "),
}


@pytest.fixture(scope="module")
def query() -> Iterator[Query]:
    """A ClickHouse with the planted events."""
    session = chdb.session.Session()
    try:
        ask: Query = lambda sql: str(session.query(sql))  # noqa: E731 - the type says what it is
        make_tables(ask, PROJECT, EVENTS)
        yield ask
    finally:
        session.close()


def dashboards() -> tuple[Dashboard, ...]:
    return load_dashboards(ROOT / "dashboards")


def test_every_panel_shows_what_was_planted(query: Query) -> None:
    """Each of the six, and nothing that is kept twice or belongs to another project or day."""
    asked = list(run_clickhouse(query, dashboards(), PROJECT, TIMES, clickhouse_facts(EVENTS)))
    assert [(one.panel.name, one.problem) for one in asked if one.problem] == []
    assert len(asked) == PANELS
    assert all(one.seen for one in asked)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_panel_is_noticed(query: Query, name: str) -> None:
    """The panel is red, and no other is."""
    title, old, new = FAULTS[name]
    (dashboard,) = [one for one in dashboards() if any(panel.plugin == PLUGIN for panel in one.panels)]
    assert [panel.sql for panel in dashboard.panels if panel.title == title and old in panel.sql]
    panels = tuple(
        replace(panel, sql=panel.sql.replace(old, new)) if panel.title == title else panel for panel in dashboard.panels
    )
    asked = run_clickhouse(query, [replace(dashboard, panels=panels)], PROJECT, TIMES, clickhouse_facts(EVENTS))
    assert [one.panel.title for one in asked if one.problem] == [title]


def test_without_any_event_there_is_no_number(query: Query) -> None:
    """Silence is not health: a panel of trouble has no row where ClickHouse holds nothing of the time."""
    (panel,) = [panel for one in dashboards() for panel in one.panels if panel.title == "Errors"]
    sql = panel.sql.replace("$project", str(PROJECT)).replace("$__timeFilter(created_at)", "created_at > now() + 1e6")
    assert json.loads(query(f"{sql} FORMAT JSON"))["data"] == []
