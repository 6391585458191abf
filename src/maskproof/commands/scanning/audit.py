"""`maskproof audit SESSION...`: pulls stored sessions through the API and scans them for known values."""

import argparse

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option
from maskproof.commands.scanning.options import add_scan_options


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("audit", help="pull stored sessions and scan them", description=__doc__)
    parser.add_argument("sessions", nargs="+", metavar="SESSION", help="ids of stored sessions")
    add_scan_options(parser)
    add_config_option(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Pull the sessions, scan them, print the report, and return the status of its verdict."""
    from maskproof.commands.scanning.scan_sessions import run_audit  # seconds to import

    return run_audit(arguments)
