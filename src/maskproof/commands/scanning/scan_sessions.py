"""The work of `maskproof audit`: pulls stored sessions through the API, searches them, and prints the report."""

import argparse
from collections.abc import Iterator
from dataclasses import replace

from maskproof.commands.scanning.shared import conclude, leaks_settings, safe_errors, searcher_of, short_notes
from maskproof.leaks.findings import ScanReport
from maskproof.leaks.judging.configured import configured_judge
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.leaks.search.scan import scan_fields, scan_session
from maskproof.machine.progress import note
from maskproof.openreplay.client import StoredSession
from maskproof.openreplay.recordings import Recording
from maskproof.openreplay.unpack import TooLargeError
from maskproof.recording.stored_sessions import DATABASE_DEADLINE_S
from maskproof.recording.target import LIVE_POLL_S, live_openreplay_client
from maskproof.settings import load_settings

# Seconds between two looks at the files of a session that lacks one.
SETTLE_S = 5.0


def run_audit(arguments: argparse.Namespace) -> int:
    """
    Pull the sessions, scan them, print the report, and return the status of its verdict.

    Raises:
        ConfigurationError: The configuration or the values file has a fault.
        Inconclusive: A session is not stored within the deadline.

    """
    with safe_errors(arguments):
        report = _audited(arguments)
    return conclude(report, as_json=arguments.json)


def _audited(arguments: argparse.Namespace) -> ScanReport:
    settings = load_settings(arguments.config, overrides={"target.kind": "live"}, without=("umami",))
    searcher = searcher_of(arguments)
    for line in short_notes(searcher.values):
        note(line)
    judge = configured_judge(leaks_settings(arguments))
    client, project, key = live_openreplay_client(settings)
    report = ScanReport()
    for session in arguments.sessions:
        note(f"pull session {session}")
        deadline_s = settings.run.session_deadline_s
        stored = client.wait_for_session(
            project, session, deadline_s, settle_s=min(deadline_s, SETTLE_S), poll_s=LIVE_POLL_S
        )
        budget = searcher.budget()
        recordings, too_large = _recordings(stored, budget.left, salvage=arguments.salvage)
        report += scan_session(recordings, searcher, session_id=session, budget=budget)
        report += ScanReport(unscanned=too_large)
        report += ScanReport(unscanned=tuple(_canvases(session, stored)))
        database = client.session_in_database(
            project, stored.replay, min(deadline_s, DATABASE_DEADLINE_S), project_key=key, poll_s=LIVE_POLL_S
        )
        fields = ((f"{session}/database", *text) for text in database.texts())
        of_database = scan_fields(fields, searcher, session_id=session, system="openreplay", budget=budget)
        report += replace(of_database, files=0, messages=0)
        if database.gap:
            report += ScanReport(unscanned=(f"{session}/database: {database.gap}",))
    return SafeTexts(searcher).report(judge.conclude(report))


def _recordings(stored: StoredSession, limit: int, *, salvage: bool) -> tuple[list[Recording], tuple[str, ...]]:
    """The recordings of a session, and a line about the one that unpacks to more than the limit."""
    found: list[Recording] = []
    try:
        found.extend(stored.recordings(limit=limit, salvage=salvage))
    except TooLargeError as error:
        return found, (error.message,)
    return found, ()


def _canvases(session: str, stored: StoredSession) -> Iterator[str]:
    """What is not searched: a recorded canvas is images, so a session with one never passes."""
    count = len(stored.replay.canvas_urls)
    if count:
        yield f"{session}: {count} recorded canvas files; pixels are not searched"
