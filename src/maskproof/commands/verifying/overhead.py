"""`maskproof overhead`: measures what tracking costs the user, alone and with an interval."""

import argparse

from maskproof.commands import Subparsers
from maskproof.commands.common import (
    add_config_option,
    add_json_option,
    add_switch_option,
    parse_switches,
    print_json,
)
from maskproof.commands.extras import require_verify
from maskproof.settings import load_settings
from maskproof.verdicts.verdict import EXIT_STATUS


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("overhead", help="measure what tracking costs the user", description=__doc__)
    add_config_option(parser)
    add_json_option(parser)
    add_switch_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the report, and return the status of its verdict."""
    require_verify()
    from maskproof.embedded.running import refuse_switches, running_target
    from maskproof.recording.browser import running_browser, shows_own_pages  # seconds
    from maskproof.suite.overhead_check import outcome_of, overhead_of

    settings = load_settings(arguments.config)
    work_dir = settings.paths.reports / "overhead"
    switches = parse_switches(arguments.switch)
    if settings.target == "live":
        refuse_switches(switches)
    with (
        running_browser(own_pages=shows_own_pages(settings)) as browser,
        running_target(settings, switches=switches, work_dir=work_dir) as target,
    ):
        report = overhead_of(settings, target, browser)
    if arguments.json:
        print_json(report.to_json())
    else:
        print("\n".join(outcome_of(report).seen))
        print(f"verdict: {report.verdict} (margin {report.margin_ms:.0f} ms, {report.seconds:.0f} s)")
    return EXIT_STATUS[report.verdict]
