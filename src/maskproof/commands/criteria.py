"""`maskproof criteria`: the owner's criteria and the launch checklist, each with its evidence and its state."""

import argparse
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option, print_json
from maskproof.errors import EXIT_PASS, ConfigurationError
from maskproof.evidence.launch import standing_of
from maskproof.settings import load_settings
from maskproof.verdicts.standing import Standing

WIDTH = 100


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "criteria", help="list the owner's criteria, each with its evidence and its state", description=__doc__
    )
    add_config_option(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the criteria; how they stand changes no exit status."""
    settings = load_settings(arguments.config)
    if settings.paths.criteria is None:
        raise ConfigurationError(
            f"{settings.file}: [paths] criteria is not set.", hint="It names the file of the owner's criteria."
        )
    criteria, launch = standing_of(settings)
    if arguments.json:
        print_json({"criteria": [asdict(one) for one in criteria], "launch": [asdict(one) for one in launch]})
        return EXIT_PASS
    _print("Criteria", criteria)
    if launch:
        _print("Launch checklist", launch)
    return EXIT_PASS


def _print(title: str, standings: Sequence[Standing]) -> None:
    met = sum(one.is_met for one in standings)
    sys.stdout.write(f"{title}: {met} of {len(standings)} are verified\n")
    for one in standings:
        sys.stdout.write(f"{one.id}  {one.state}: {one.text}\n")
        sys.stdout.write(textwrap.fill(one.evidence, WIDTH, initial_indent="    ", subsequent_indent="    ") + "\n")
