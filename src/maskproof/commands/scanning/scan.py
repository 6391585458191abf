"""`maskproof scan PATH...`: scans files and folders for known values."""

import argparse
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.common import add_json_option
from maskproof.commands.scanning.options import add_many_options, add_scan_options


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "scan", help="scan recordings, wire batches, HAR, JSON or any file", description=__doc__
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    add_scan_options(parser)
    add_many_options(parser)
    parser.add_argument(
        "--explain",
        metavar="VALUE_ID",
        help="scan nothing; print the kinds of forms in which a value is searched for, and their number",
    )
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Scan the files, print the report, and return the status of its verdict."""
    from maskproof.commands.scanning.scan_files import run_scan_command  # a second to import

    return run_scan_command(arguments)
