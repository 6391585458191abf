"""`maskproof doctor`: says what of a target is reachable and set up right."""

import argparse
from dataclasses import asdict

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option, print_json
from maskproof.doctor import run_doctor
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_PASS
from maskproof.settings import load_settings


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("doctor", help="is this target reachable and set up right", description=__doc__)
    add_config_option(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one line a diagnosis; anything wrong gives the status of an inconclusive run."""
    diagnoses = run_doctor(load_settings(arguments.config))
    healthy = all(diagnosis.ok for diagnosis in diagnoses)
    if arguments.json:
        print_json({"verdict": "pass" if healthy else "inconclusive", "diagnoses": [asdict(d) for d in diagnoses]})
    else:
        for diagnosis in diagnoses:
            print(f"{'ok ' if diagnosis.ok else 'BAD'} {diagnosis.name}: {diagnosis.message}")
    return EXIT_PASS if healthy else EXIT_INCONCLUSIVE
