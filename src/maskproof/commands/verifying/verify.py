"""`maskproof verify`: runs the suite against a target, and writes verdict and reports."""

import argparse
import re

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_switch_option, parse_switches
from maskproof.commands.extras import require_verify
from maskproof.settings import load_settings

# Who selects tests by name may name any of the catalogue; a part of it never passes anyway.
SELECTS = re.compile(r"-[a-zA-Z]*k")


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "verify",
        help="run the suite and write the reports",
        description=f"{__doc__} Unknown options are passed on to pytest.",
    )
    add_config_option(parser)
    add_switch_option(parser)
    parser.add_argument("--target", choices=("embedded", "live"), help="where to run (default: the configuration's)")
    parser.add_argument("--all", action="store_true", help="run the whole catalogue: form fixtures of `full` too")
    parser.set_defaults(run=run, takes_rest=True)


def run(arguments: argparse.Namespace) -> int:
    """Run the suite, and return the status of its verdict."""
    require_verify()
    from maskproof.commands.verifying.run import run_verify  # seconds to import

    overrides = {"target.kind": arguments.target} if arguments.target else {}
    if arguments.all or any(SELECTS.match(argument) for argument in arguments.rest):
        overrides["run.catalogue"] = "full"
    settings = load_settings(arguments.config, overrides=overrides)
    return run_verify(settings, arguments.rest, parse_switches(arguments.switch))
