"""
`maskproof replay SESSION`: draws what a stored session shows, step by step, with every value covered.

A session of the embedded target's last run is read from its store; one of a live target is pulled by the API. A step is
the page before a click; the last one is the end.
"""

import argparse
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option
from maskproof.commands.extras import require_verify


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("replay", help="draw what a stored session shows", description=__doc__)
    parser.add_argument("session", metavar="SESSION", help="id of a stored session")
    parser.add_argument("--step", type=_at_least_one, metavar="N", help="draw this step alone (default: a filmstrip)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to write (default: reports/run/replay)")
    parser.add_argument(
        "--values", type=Path, metavar="FILE", help="values to cover, as JSON; needed for a session of no run"
    )
    parser.add_argument("--target", choices=("embedded", "live"), help="default: the configuration's")
    add_config_option(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Draw the session; the status is 1 if it shows a value."""
    require_verify()
    from maskproof.commands.replaying.draw_session import run_replay  # seconds to import

    return run_replay(arguments)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected 1 or more")
    return number
