"""`maskproof doctor`: checks that a target is reachable and set up right."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option, print_json
from maskproof.commands.extras import require_verify
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_PASS, EXIT_USAGE
from maskproof.settings import load_settings

if TYPE_CHECKING:
    from maskproof.commands.verifying.examine import Inspection

SIGNS = {"ok": "ok     ", "warning": "warning", "wrong": "WRONG  "}


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "doctor", help="check that the target is reachable and set up right", description=__doc__
    )
    add_config_option(parser)
    add_json_option(parser)
    parser.add_argument("--target", choices=("embedded", "live"), help="what to look at (default: the configuration's)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every inspection. The status is 2 if the configuration is wrong, and 3 if anything else is."""
    require_verify()
    from maskproof.commands.verifying.examine import examine  # seconds to import

    overrides = {"target.kind": arguments.target} if arguments.target else {}
    inspections = examine(load_settings(arguments.config, overrides=overrides))
    statuses = {inspection.exit_code for inspection in inspections}
    wrong = statuses != {EXIT_PASS}
    if arguments.json:
        found = [asdict(inspection) for inspection in inspections]
        print_json({"verdict": "inconclusive" if wrong else "pass", "findings": found})
    else:
        for inspection in inspections:
            print(_line(inspection))
    return EXIT_USAGE if EXIT_USAGE in statuses else EXIT_INCONCLUSIVE if wrong else EXIT_PASS


def _line(inspection: "Inspection") -> str:
    advice = f"\n        {inspection.advice}" if inspection.advice else ""
    return f"{SIGNS[inspection.state]} {inspection.what}: {inspection.seen}{advice}"
