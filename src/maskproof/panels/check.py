"""The check `dashboards`: every panel of a project, run on what the journeys have left in the embedded target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from maskproof.clock import HOUR_MS, now_ms
from maskproof.history.postgres import migrate
from maskproof.history.postgres import write as write_run
from maskproof.panels.facts import unproven
from maskproof.panels.macros import TimeRange
from maskproof.panels.model import RIGHTS, Dashboard, load_dashboards
from maskproof.panels.openreplay import Session, make_tables, openreplay_facts, planted_sessions
from maskproof.panels.runs import TARGET, decoys, history_facts, planted_history
from maskproof.panels.smoke import Asked, Connection, Database, run_panels
from maskproof.panels.traffic import VIEW, Hit, planted_hits
from maskproof.panels.umami import V2, Website, add_planted, make_v3, umami_facts
from maskproof.verdicts.outcome import Outcome

# Planted rows lie before those of the journeys: far enough for a session to be lost.
BEFORE_MS = 6 * HOUR_MS
AFTER_MS = 60_000
STEP = "step"
STEPS = ("/first", "/last")  # where no dashboard names steps


@dataclass(frozen=True, slots=True)
class Driven:
    """What the journeys left behind: Umami's traffic and OpenReplay's sessions, and where they belong."""

    website: Website
    project: int
    hits: tuple[Hit, ...]
    sessions: tuple[Session, ...]


def check_dashboards(folder: Path, address: str, driven: Driven) -> Outcome:
    """
    Run every panel and hold its numbers against what was driven.

    Args:
        folder: The folder of the dashboards.
        address: The connection URI of Umami's database, as its owner.
        driven: What the journeys left behind.

    Raises:
        ConfigurationError: There is no dashboard, or a file cannot be read.

    """
    dashboards = load_dashboards(folder)
    if not driven.hits or not driven.sessions:
        return Outcome(unseen=(f"{len(driven.hits)} events and {len(driven.sessions)} sessions were driven",))
    now = now_ms()
    times = TimeRange(min(hit.at_ms for hit in driven.hits) - BEFORE_MS, now + AFTER_MS)
    databases = _databases(dashboards, driven, times, now)
    asked = list(run_panels(address, dashboards, databases, times, folder / RIGHTS))
    return Outcome(
        seen=(
            _counted(driven),
            *map(_line, (one for one in asked if not one.problem)),
            *_not_run(dashboards, databases),
        ),
        problems=tuple(f"{one.panel.name} on {one.database}: {one.problem}" for one in asked if one.problem),
        unseen=tuple(_unseen(asked, databases)),
        figures={"panels": float(len(asked)), "seconds": round(sum(one.seconds for one in asked), 3)},
    )


def _databases(dashboards: Sequence[Dashboard], driven: Driven, times: TimeRange, now: int) -> tuple[Database, ...]:
    steps = _steps(dashboards)
    hits = planted_hits(times.from_ms, steps, driven.website.domain)
    sessions = planted_sessions(times.from_ms, now)
    history = planted_history(times.from_ms)
    website = {"website": driven.website.id}

    def facts_of(version: int) -> Database:
        return Database(
            name=f"umami-{version}",
            schema="" if version == V2 else "panels_umami_3",  # the embedded one is Umami 2
            make=partial(_make_umami, driven=driven, planted=hits, version=version),
            rights=f"umami-{version}.sql",
            facts=umami_facts([*driven.hits, *_kept(hits, version)], steps, driven.website, version=version),
            values=website,
        )

    return (
        facts_of(2),
        facts_of(3),
        Database(
            name="openreplay",
            schema="panels_openreplay",
            make=lambda connection: make_tables(connection, driven.project, driven.sessions, sessions),
            rights="openreplay.sql",
            facts=openreplay_facts([*driven.sessions, *sessions], now),
            values={"project": str(driven.project)},
        ),
        Database(
            name="maskproof",
            schema="panels_maskproof",
            make=lambda connection: _make_history(connection, times.from_ms),
            rights="maskproof.sql",
            facts=history_facts(history, now),
            values={"target": TARGET},
        ),
    )


def _steps(dashboards: Sequence[Dashboard]) -> tuple[str, ...]:
    """The paths of the funnel: the defaults of the variables `step1` and following."""
    named = {name: value for one in dashboards for name, value in one.defaults.items() if name.startswith(STEP)}
    return tuple(named[name] for name in sorted(named)) or STEPS


def _kept(hits: Sequence[Hit], version: int) -> list[Hit]:
    """Version 2 knows no measurements."""
    return [hit for hit in hits if hit.vitals is None or version != V2]


def _make_umami(connection: Connection, *, driven: Driven, planted: Sequence[Hit], version: int) -> None:
    if version != V2:
        make_v3(connection, driven.website, driven.hits)
    add_planted(connection, driven.website, planted, version=version)


def _make_history(connection: Connection, start_ms: int) -> None:
    migrate(connection)
    history = planted_history(start_ms)
    for one in (*history, *decoys(history)):
        write_run(connection, one)


def _counted(driven: Driven) -> str:
    views = sum(hit.kind == VIEW for hit in driven.hits)
    return (
        f"driven: {views} page views, {len(driven.hits) - views} events, {len(driven.sessions)} sessions; "
        "the numbers of panels hold planted ones too"
    )


def _line(asked: Asked) -> str:
    return f"{asked.panel.name} on {asked.database}: {asked.seen}"


def _not_run(dashboards: Sequence[Dashboard], databases: Sequence[Database]) -> Iterator[str]:
    """Panels that nothing here can answer, so that nobody takes them for checked."""
    known = {database.name for database in databases}
    for dashboard in dashboards:
        if dashboard.unasked:
            yield f"{dashboard.uid}: not run, only AWS answers them: {', '.join(dashboard.unasked)}"
        stood_for = {source for source, names in dashboard.databases.items() if known.intersection(names)}
        left = [panel.title for panel in dashboard.panels if panel.source not in stood_for]
        if left:
            yield f"{dashboard.uid}: not run, no database here stands for theirs: {', '.join(left)}"


def _unseen(asked: Sequence[Asked], databases: Sequence[Database]) -> Iterator[str]:
    """Facts that are nothing at all prove nothing of their panels; nor does a check that ran none."""
    if not any(one.panel.id for one in asked):
        yield "no panel was run: facts.json names no database for a data source"
    empty = {(database.name, name) for database in databases for name in unproven(database.facts)}
    for one in asked:
        if (one.database, one.panel.fact) in empty:
            yield f"{one.panel.name} on {one.database}: nothing of it was driven"
