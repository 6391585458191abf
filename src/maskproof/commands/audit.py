"""`maskproof audit SESSION...`: pulls stored sessions by API and scans them for known values."""

import argparse

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option
from maskproof.leaks.cli import MEGABYTE, add_scan_options, conclude, searcher_of
from maskproof.leaks.findings import ScanReport
from maskproof.leaks.options import chosen_judge
from maskproof.leaks.scan import scan_session
from maskproof.openreplay.recordings import decode_recording, unpack
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
    judge = chosen_judge(arguments)
    client, project = live_openreplay_client(settings)
    report = ScanReport()
    for session in arguments.sessions:
        note(f"pull session {session}")
        stored = client.wait_for_session(project, session, settings.run.session_deadline_s)
        for name, parts in (("dom", stored.dom), ("devtools", stored.devtools)):
            if parts:
                limit = arguments.unpack_limit * MEGABYTE
                data = [unpack(part, source=f"{session}/{name}", limit=limit) for part in parts]
                recording = decode_recording(data, source=f"{session}/{name}", salvage=arguments.salvage)
                report += scan_session([recording], searcher, session_id=session)
    return conclude(judge.conclude(report), as_json=arguments.json)
