"""Waits for the sessions of a journey to be stored, and fetches them with what the database keeps of them."""

import contextlib
from collections.abc import Iterator

from maskproof.clock import now_ms
from maskproof.journey.model import Ledger
from maskproof.openreplay.client import SessionInDatabase, SessionNotStored, StoredSession, polls
from maskproof.openreplay.recordings import Recording
from maskproof.recording.stored_uploads import lost_uploads
from maskproof.recording.target import Target

# How long the files of a stored session may take to be there one and all, and how often they are looked at.
SETTLE_S, SETTLE_PAUSE_S = 20.0, 2.0
# What is left of a deadline for a session whose turn comes when others have taken their time.
LEAST_DEADLINE_S = 15.0
# The server's database is written at least once a minute.
DATABASE_DEADLINE_S = 90.0
NOT_STORED = SessionInDatabase(gap="the session is not stored")


def stored_sessions(target: Target, ledger: Ledger) -> tuple[tuple[StoredSession, ...], tuple[Recording, ...]]:
    """
    The stored sessions of a journey, decoded; those that are not stored in time are left out.

    A real server stores the files of a session one by one. A session that lacks an accepted upload is fetched again
    for some seconds; what is missing after that is lost, and the capture check says so.

    Args:
        target: Where it was recorded.
        ledger: What the browser did.

    Raises:
        Inconclusive: The server cannot be reached.

    """
    stored, recordings = _look(target, ledger)
    # The first look may have waited for minutes: the time to settle begins at its end.
    settling = polls(0 if target.work_dir else SETTLE_S, first_s=SETTLE_PAUSE_S)
    next(settling)
    while len(stored) == len(ledger.session_ids) and any(lost_uploads(ledger, recordings)):
        if next(settling, None) is None:
            break
        stored, recordings = _look(target, ledger)
    return stored, recordings


def _look(target: Target, ledger: Ledger) -> tuple[tuple[StoredSession, ...], tuple[Recording, ...]]:
    stored = tuple(_in_time(target, ledger))
    return stored, tuple(recording for session in stored for recording in session.recordings())


def _in_time(target: Target, ledger: Ledger) -> Iterator[StoredSession]:
    for session_id in ledger.session_ids:
        with contextlib.suppress(SessionNotStored):
            yield target.openreplay.wait_for_session(
                target.project_id, session_id, deadline_s=_deadline_s(target, ledger), poll_s=target.poll_s
            )


def _deadline_s(target: Target, ledger: Ledger) -> float:
    """
    Seconds until a session has to be stored.

    They count from the end of its journey where the store takes minutes, so that many journeys are waited for at once.
    """
    passed_s = 0 if target.work_dir else (now_ms() - ledger.ended_ms) / 1000
    return max(target.session_deadline_s - passed_s, min(target.session_deadline_s, LEAST_DEADLINE_S))


def database_of(target: Target, stored: tuple[StoredSession, ...]) -> SessionInDatabase:
    """
    What the server's database keeps of stored sessions.

    Args:
        target: Where they were recorded.
        stored: The sessions; without any, that is said.

    """
    if not stored:
        return NOT_STORED
    deadline_s = min(target.session_deadline_s, DATABASE_DEADLINE_S)
    return SessionInDatabase.of_all(
        [
            target.openreplay.session_in_database(
                target.project_id,
                session.replay,
                deadline_s,
                project_key=target.project_key,
                poll_s=target.poll_s,
            )
            for session in stored
        ]
    )
