"""`maskproof doctor`: is this target reachable and set up right."""

import argparse
from dataclasses import asdict

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option, print_json
from maskproof.commands.extras import require_verify
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_PASS, EXIT_USAGE
from maskproof.settings import load_settings

SIGNS = {"ok": "ok     ", "warning": "warning", "wrong": "WRONG  "}


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("doctor", help="is the target reachable and set up right", description=__doc__)
    add_config_option(parser)
    add_json_option(parser)
    parser.add_argument(
        "--target", choices=("embedded", "live"), help="what to look at (standard: the configuration's)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 2 if the configuration is wrong, 3 if something else is."""
    require_verify()
    from maskproof.commands.verifying.examine import examine  # seconds to import

    overrides = {"target.kind": arguments.target} if arguments.target else {}
    found = examine(load_settings(arguments.config, overrides=overrides))
    statuses = {one.exit_code for one in found}
    wrong = statuses != {EXIT_PASS}
    if arguments.json:
        print_json({"verdict": "inconclusive" if wrong else "pass", "findings": [asdict(one) for one in found]})
    else:
        for one in found:
            print(f"{SIGNS[one.state]} {one.what}: {one.seen}" + (f"\n        {one.advice}" if one.advice else ""))
    return EXIT_USAGE if EXIT_USAGE in statuses else EXIT_INCONCLUSIVE if wrong else EXIT_PASS
