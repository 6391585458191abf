"""`maskproof audit SESSION...`: pulls stored sessions by API and scans them for known values."""

import argparse
from collections.abc import Iterator

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option
from maskproof.leaks.cli import MEGABYTE, add_scan_options, conclude, searcher_of
from maskproof.leaks.findings import ScanReport
from maskproof.leaks.options import configured_judge, leaks_settings
from maskproof.leaks.scan import scan_session
from maskproof.openreplay.client import StoredSession
from maskproof.recording.target import live_openreplay_client
from maskproof.settings import load_settings
from maskproof.stack.progress import note


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("audit", help="pull stored sessions and scan them", description=__doc__)
    parser.add_argument("sessions", nargs="+", metavar="SESSION", help="ids of stored sessions")
    add_scan_options(parser)
    add_config_option(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Pull, scan, print; a session that does not arrive makes the whole inconclusive."""
    settings = load_settings(arguments.config, overrides={"target.kind": "live"})
    searcher = searcher_of(arguments)
    judge = configured_judge(leaks_settings(arguments))
    client, project = live_openreplay_client(settings)
    report = ScanReport()
    for session in arguments.sessions:
        note(f"pull session {session}")
        stored = client.wait_for_session(project, session, settings.run.session_deadline_s)
        recordings = stored.recordings(limit=arguments.unpack_limit * MEGABYTE, salvage=arguments.salvage)
        report += scan_session(list(recordings), searcher, session_id=session)
        report += ScanReport(unscanned=tuple(_canvases(session, stored)))
    return conclude(judge.conclude(report), as_json=arguments.json)


def _canvases(session: str, stored: StoredSession) -> Iterator[str]:
    """A recorded canvas is images: a session with one is never a pass."""
    count = len(stored.replay.canvas_urls)
    if count:
        yield f"{session}: {count} recorded canvas files; pixels are not searched"
