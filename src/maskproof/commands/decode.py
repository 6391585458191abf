"""`maskproof decode FILE`: the messages of a recording or a wire batch, as JSON lines."""

import argparse
import sys
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.errors import EXIT_PASS
from maskproof.openreplay.decode import decode_file


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("decode", help="print what a recording or wire batch holds", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the messages; this command shows what a file holds, values included."""
    decode_file(arguments.file, sys.stdout)
    return EXIT_PASS
