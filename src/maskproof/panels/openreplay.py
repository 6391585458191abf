"""OpenReplay's tables of sessions, filled with those of a run, and what its panels have to show."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from maskproof.clock import DAY_MS, HOUR_MS
from maskproof.openreplay.client.model import SessionRecord
from maskproof.panels.facts import Facts, PerHour, Rows, Within, amount

Connection = psycopg.Connection[tuple[Any, ...]]
LONGEST_MS = 2 * HOUR_MS  # of a session, as a project has it by default
GRACE_MS = 300_000
NEWEST, VERSIONS = 50, 20
OTHER_PROJECT = 999
# Ids are times since 2019-02-12, and further bits: all of them pass 2^53.
ID_EPOCH_MS = 1_550_000_000_000
# Own and minimal: the columns that panels may ask for, and some that they must not.
TABLES = """
CREATE TABLE projects (project_id integer PRIMARY KEY, project_key varchar(20), name text NOT NULL,
  active boolean NOT NULL DEFAULT true, max_session_duration integer NOT NULL DEFAULT 7200000, sample_rate smallint
  NOT NULL DEFAULT 100, created_at timestamp NOT NULL DEFAULT now(), deleted_at timestamp);
CREATE TABLE sessions (session_id bigint PRIMARY KEY, project_id integer NOT NULL REFERENCES projects,
  tracker_version text NOT NULL, start_ts bigint NOT NULL, duration integer, platform text NOT NULL DEFAULT 'web',
  user_id text, user_anonymous_id text, user_browser text, user_os text, pages_count integer NOT NULL DEFAULT 0,
  events_count integer NOT NULL DEFAULT 0, errors_count integer NOT NULL DEFAULT 0)
"""


@dataclass(frozen=True, slots=True)
class Session:
    """One session as the database has it; without a duration it has not ended."""

    id: int
    start_ms: int
    tracker: str
    duration_ms: int | None
    pages: int = 0
    browser: str = "Chrome"

    def is_lost(self, now_ms: int) -> bool:
        """Whether it is older than a session can be, and has not ended."""
        return self.duration_ms is None and self.start_ms < now_ms - LONGEST_MS - GRACE_MS


def recorded_sessions(work_dir: Path, stored: Sequence[SessionRecord]) -> tuple[Session, ...]:
    """
    Every session that a tracker began, with the duration of those that were stored.

    Args:
        work_dir: The work folder of the embedded target; its wire says which began, and by which tracker.
        stored: The sessions that the store has.

    """
    by_id = {record.session_id: record for record in stored}
    return tuple(_sessions(work_dir / "wire", by_id))


def _sessions(wire: Path, stored: dict[str, SessionRecord]) -> Iterator[Session]:
    for manifest in sorted(wire.glob("*/manifest.jsonl")):
        with manifest.open(encoding="utf-8") as lines:
            start = json.loads(next(lines, "{}"))
        if start.get("status") != HTTPStatus.OK or not start.get("file"):
            continue
        body = json.loads((manifest.parent / start["file"]).read_bytes())
        name = manifest.parent.name
        record = stored.get(name)
        yield Session(
            id=int(name),
            start_ms=record.start_ms if record else int(start["time_ms"]),
            tracker=str(body.get("trackerVersion", "")),
            duration_ms=record.duration_ms if record else None,
            pages=record.pages if record else 0,
        )


def planted_sessions(start_ms: int, now_ms: int) -> tuple[Session, ...]:
    """
    Sessions that journeys do not make: lost ones, one under way, an old tracker.

    Args:
        start_ms: When the earliest one begins.
        now_ms: When the panels are looked at.

    """
    begun = [start_ms + minute * 60_000 for minute in (1, 2, 3, 70)]
    return (
        Session(_id(begun[0]), begun[0], "9.0.1", None),
        Session(_id(begun[1]), begun[1], "9.0.1", None),
        Session(_id(begun[2]), begun[2], "9.0.1", 61_000, 3),
        Session(_id(begun[3]), begun[3], "17.0.0", 122_000, 2),
        Session(_id(now_ms - 60_000), now_ms - 60_000, "17.0.0", None, 1),
    )


def _id(start_ms: int) -> int:
    return ((start_ms - ID_EPOCH_MS) << 24) | 1


def make_tables(connection: Connection, project: int, sessions: Sequence[Session], planted: Sequence[Session]) -> None:
    """
    Make the tables, with sessions that no panel may count: those of another project, and of another day.

    Args:
        connection: Its search path names an empty schema.
        project: The id of the project.
        sessions: Those of the run.
        planted: Those beside.

    """
    connection.execute(TABLES.encode())
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO projects (project_id, name) VALUES (%s, %s)", [(project, "Embedded"), (OTHER_PROJECT, "Other")]
        )
        rows = [_row(project, session, 0, 0) for session in (*sessions, *planted)]
        rows += [_row(OTHER_PROJECT, session, 2, 0) for session in planted]
        rows += [_row(project, session, 3, -DAY_MS) for session in planted]
        cursor.executemany(
            "INSERT INTO sessions (session_id, project_id, tracker_version, start_ts, duration, pages_count, "
            "user_browser) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


def _row(project: int, session: Session, more: int, shift_ms: int) -> tuple[object, ...]:
    start = session.start_ms + shift_ms
    return (session.id + more, project, session.tracker, start, session.duration_ms, session.pages, session.browser)


def openreplay_facts(sessions: Sequence[Session], now_ms: int) -> Facts:
    """
    What each panel has to show.

    Args:
        sessions: The sessions of the project in the time of the dashboard.
        now_ms: When it is looked at.

    """
    durations = [session.duration_ms for session in sessions if session.duration_ms is not None]
    lost = [session for session in sessions if session.is_lost(now_ms)]
    versions = Counter(session.tracker for session in sessions)
    lost_by = Counter(session.tracker for session in lost)
    newest = sorted(sessions, key=lambda session: (session.start_ms, session.id), reverse=True)
    return {
        "sessions": amount(len(sessions)),
        "session_length": amount(median(durations) if durations else 0),
        "sessions_per_hour": PerHour(tuple(session.start_ms for session in sessions)),
        "sessions_open": amount(sum(session.duration_ms is None for session in sessions)),
        "sessions_lost": amount(len(lost)),
        "sessions_ended": amount(100 * len(durations) / (len(durations) + len(lost)) if durations else 0),
        "tracker_versions": Rows(
            tuple((name, count, lost_by[name]) for name, count in versions.items()), limit=VERSIONS, by=1
        ),
        "trackers_in_use": Rows(tuple(versions.items()), limit=VERSIONS, by=1),
        "newest_sessions": Rows(tuple(_shown(session) for session in newest[:NEWEST])),
        "oldest_session": Within(*_age_days(sessions, now_ms)),
    }


def _shown(session: Session) -> tuple[object, ...]:
    began = datetime.fromtimestamp(session.start_ms / 1000, UTC)
    return (str(session.id), began, session.duration_ms, session.pages, session.browser)


def _age_days(sessions: Sequence[Session], now_ms: int) -> tuple[float, float]:
    """Of the oldest session: one of the day before, which is kept although no other panel counts it."""
    oldest = min((session.start_ms for session in sessions), default=now_ms) - DAY_MS
    age = (now_ms - oldest) / DAY_MS
    return age - 0.01, age + 0.01
