"""`maskproof scan PATH...`: scans files and folders for known values."""

from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.common import add_json_option
from maskproof.leaks.cli import add_many_options, add_scan_options, run_scan_command


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "scan", help="scan recordings, wire batches, HAR, JSON or any file", description=__doc__
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add_scan_options(parser)
    add_many_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=run_scan_command)
