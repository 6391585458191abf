"""
Runs the queries of panels as Grafana's role, on what a run has left behind, within one transaction that is rolled back.

Nothing is left of it: not the role, not the planted rows, not the schemas of the databases that the embedded target has
none of.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
from psycopg import sql

from maskproof.errors import ConfigurationError
from maskproof.history.postgres import first_line
from maskproof.panels.facts import Fact, Facts, Shown, too_large
from maskproof.panels.macros import TimeRange, expand_postgres
from maskproof.panels.model import RIGHTS, Dashboard, Panel
from maskproof.panels.refusals import refusal
from maskproof.panels.templates import filled_in

Connection = psycopg.Connection[tuple[Any, ...]]
ROLE = "grafana_ro"
ROLE_FILE = "role.sql"
TIMEOUT = "5s"


@dataclass(frozen=True, slots=True)
class Database:
    """
    A database that panels are run on: made within the transaction, or there from the start.

    `schema` is empty for the tables that the target itself filled. `rights` is the file that gives Grafana's role its
    rights. `values` are those of variables.
    """

    name: str
    schema: str
    make: Callable[[Connection], None]
    rights: str
    facts: Facts
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One panel on one database: what was seen, or what is wrong; `seconds` is what its query took."""

    panel: Panel
    database: str
    seen: str
    problem: str
    seconds: float


def run_panels(
    address: str, dashboards: Sequence[Dashboard], databases: Sequence[Database], times: TimeRange, rights: Path
) -> Iterator[Asked]:
    """
    Run every panel whose data source one of the databases stands for.

    Args:
        address: A connection URI, as the owner of the tables.
        dashboards: The dashboards.
        databases: The databases.
        times: The time of the dashboards.
        rights: The folder with the files of rights.

    Raises:
        ConfigurationError: A file of rights is missing or wrong.

    """
    with psycopg.connect(address) as connection, connection.transaction(force_rollback=True):
        _execute_file(connection, rights / ROLE_FILE)
        for database in databases:
            with _at(connection, database, rights):
                for dashboard in dashboards:
                    yield from _asked(connection, dashboard, database, times)


@contextmanager
def _at(connection: Connection, database: Database, rights: Path) -> Iterator[None]:
    """The tables of a database in the search path, and Grafana's role with its rights; the owner again afterwards."""
    if database.schema:
        name = sql.Identifier(database.schema)
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
        connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(name))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(name, sql.Identifier(ROLE)))
    database.make(connection)
    _execute_file(connection, rights / database.rights)
    connection.execute(sql.SQL("SET LOCAL statement_timeout TO {}").format(TIMEOUT))
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(ROLE)))
    try:
        yield
    finally:
        connection.execute("RESET ROLE")
        connection.execute("SET LOCAL search_path TO public")


def _execute_file(connection: Connection, file: Path) -> None:
    try:
        with connection.transaction():
            connection.execute(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(
            f"{file}: cannot be read: {error.strerror}.",
            hint=f"[dashboards] folder has {RIGHTS}/ with a file a database.",
        ) from error
    except psycopg.Error as error:
        raise ConfigurationError(f"{file}: {first_line(error)}.") from error


def _asked(connection: Connection, dashboard: Dashboard, database: Database, times: TimeRange) -> Iterator[Asked]:
    mine = [source for source, names in dashboard.databases.items() if database.name in names]
    for name, (source, query) in dashboard.listed.items():
        if source in mine:
            yield _variable(connection, dashboard, database, name, query, times)
    values = {**dashboard.defaults, **database.values, "__from": str(times.from_ms), "__to": str(times.to_ms)}
    for panel in dashboard.panels:
        if panel.source in mine:
            yield _ask(connection, panel, database, times, values)


def _variable(
    connection: Connection, dashboard: Dashboard, database: Database, name: str, query: str, times: TimeRange
) -> Asked:
    """A list of values: the one that the panels are run with has to be in it."""
    panel = Panel(dashboard.uid, 0, f"variable {name}", "", "", query, is_series=False)
    shown, problem, seconds = _run(connection, query, times, {})
    wanted = database.values.get(name, "")
    if not problem and wanted not in {str(row[0]) for row in shown.rows}:
        problem = f"its {len(shown.rows)} values do not have the one that was driven"
    return Asked(panel, database.name, f"{len(shown.rows)} values", problem, seconds)


def _ask(
    connection: Connection, panel: Panel, database: Database, times: TimeRange, values: Mapping[str, str]
) -> Asked:
    fact = database.facts.get(panel.fact)
    shown, problem, seconds = _run(connection, panel.sql, times, values)
    problem = problem or too_large(shown) or judged(panel, fact, shown)
    return Asked(panel, database.name, fact.seen() if fact else "", problem, seconds)


def judged(panel: Panel, fact: Fact | None, shown: Shown) -> str:
    """
    How a panel differs from what is known; empty if it does not.

    Args:
        panel: The panel.
        fact: What it has to show; without one it cannot be right.
        shown: The rows of its query.

    """
    if fact is not None:
        return fact.difference(shown)
    return f"there is no fact {panel.fact}" if panel.fact else "nothing says what it has to show"


def _run(connection: Connection, query: str, times: TimeRange, values: Mapping[str, str]) -> tuple[Shown, str, float]:
    """Rows of a query and the seconds it took, or why there are none."""
    started = monotonic()
    try:
        expanded = expand_postgres(filled_in(query, values), times)
        with connection.transaction(), connection.cursor() as cursor:
            # As bytes: a query of a dashboard has no parameters, and its per cent signs are its own.
            cursor.execute(expanded.encode())
            columns = tuple(column.name for column in cursor.description or ())
            return Shown(columns, tuple(cursor.fetchall())), "", monotonic() - started
    except ConfigurationError as error:
        return Shown((), ()), error.message, 0.0
    except psycopg.Error as error:
        return Shown((), ()), f"PostgreSQL: {refusal(error)}", monotonic() - started
