"""`maskproof verify`: runs the suite against a target, and writes verdict and reports."""

import argparse
import re

from maskproof.commands import Subparsers
from maskproof.commands.common import (
    add_browser_option,
    add_config_option,
    add_switch_option,
    browser_overrides,
    parse_switches,
)
from maskproof.commands.extras import require_verify
from maskproof.errors import UsageError
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
    add_browser_option(parser, what="check masking, twin and behaviour in this browser too")
    parser.add_argument("--all", action="store_true", help="run the whole catalogue: form fixtures of `full` too")
    parser.add_argument(
        "--umami-pages",
        action="store_true",
        help="read Umami's own web pages, too: needs a second build of Umami, made the first time (two minutes)",
    )
    parser.add_argument("--shard", metavar="NUMBER/COUNT", help="do a part of the run, e.g. 2/4; see maskproof merge")
    parser.add_argument(
        "--keep-values",
        action="store_true",
        help="for debugging: write the values of the run to a folder outside of the reports; refused where CI is set",
    )
    parser.set_defaults(run=run, takes_rest=True)


def run(arguments: argparse.Namespace) -> int:
    """Run the suite, and return the status of its verdict."""
    require_verify()
    from maskproof.commands.verifying.kept_values import refuse_in_ci, refuse_pictures
    from maskproof.commands.verifying.run import run_verify  # seconds to import
    from maskproof.recording.shards import Shard

    if arguments.keep_values:
        refuse_in_ci()
    refuse_pictures(arguments.rest)
    shard = Shard.of(arguments.shard) if arguments.shard else None

    if shard is not None and arguments.browser:
        raise UsageError(
            "--browser does not go with --shard: maskproof merge would not know of it.",
            hint="Name the browsers in the configuration: [run] browsers.",
        )
    overrides = browser_overrides(arguments)
    if arguments.target:
        overrides["target.kind"] = arguments.target
    if arguments.all or any(SELECTS.match(argument) for argument in arguments.rest):
        overrides["run.catalogue"] = "full"
    if arguments.umami_pages:
        overrides["run.umami_pages"] = True
    settings = load_settings(arguments.config, overrides=overrides)
    switches = parse_switches(arguments.switch)
    return run_verify(settings, arguments.rest, switches, shard=shard, keeps_values=arguments.keep_values)
