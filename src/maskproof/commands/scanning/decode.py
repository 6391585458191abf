"""`maskproof decode FILE`: the messages of a recording or a wire batch, as JSON lines."""

import argparse
import sys
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.errors import EXIT_PASS, UsageError
from maskproof.openreplay.decode import decode_files
from maskproof.openreplay.primitives import DecodeError


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "decode", help="print the messages of a recording or wire batch", description=__doc__
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a file, or the two files of one recording in order"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the messages of the files, with the values that they hold."""
    try:
        decode_files(arguments.files, sys.stdout)
    except DecodeError as error:
        # This command has no verdict, so a broken file is a wrong argument.
        sys.stdout.flush()
        raise UsageError(error.message) from error
    return EXIT_PASS
