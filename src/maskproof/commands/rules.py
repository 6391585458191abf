"""`maskproof rules check | compile | docs | diff`: the masking rules, from file to application."""

import argparse
import sys
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option
from maskproof.errors import EXIT_PASS, ConfigurationError
from maskproof.rules import compile_rules, load_rules, write_compiled
from maskproof.rules.render import differences, runbook_table
from maskproof.settings import Settings, load_settings


def add_to(subparsers: Subparsers) -> None:
    """Add the command and its actions to the command line."""
    parser = subparsers.add_parser(
        "rules", help="check, compile, print or compare the masking rules", description=__doc__
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, run, text in (
        (
            "check",
            _check,
            "check that rules and form fixtures are valid, and that the application's copy is up to date",
        ),
        ("compile", _compile, "write the application's compiled copy of the rules"),
        ("docs", _docs, "print the rules as a table for a runbook"),
    ):
        action = actions.add_parser(name, help=text, description=text)
        add_config_option(action)
        action.set_defaults(run=run)
    diff = actions.add_parser("diff", help="print what changed between two folders of rules")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    diff.set_defaults(run=_diff)


def _check(arguments: argparse.Namespace) -> int:
    from maskproof.commands.project import load_project  # half a second to import
    from maskproof.rules.foresight import foreseen

    rules, forms = load_project(load_settings(arguments.config))
    print(f"{len(rules)} rules, {len(forms)} form fixtures, version {compile_rules(rules)['version']}: valid")
    for line in (line for form in forms for line in foreseen(form, rules)):
        print(f"maskproof: {line}", file=sys.stderr)
    print("Which rule matches which field depends on the pages; maskproof verify checks it.", file=sys.stderr)
    return EXIT_PASS


def _compile(arguments: argparse.Namespace) -> int:
    settings = load_settings(arguments.config)
    path = _rules_file(settings)
    changed = write_compiled(load_rules(settings.paths.rules), path)
    print(f"{path}: {'written' if changed else 'up to date'}")
    return EXIT_PASS


def _docs(arguments: argparse.Namespace) -> int:
    settings = load_settings(arguments.config)
    sys.stdout.write(runbook_table(load_rules(settings.paths.rules)))
    return EXIT_PASS


def _diff(arguments: argparse.Namespace) -> int:
    for line in differences(load_rules(arguments.old), load_rules(arguments.new)):
        print(line)
    return EXIT_PASS


def _rules_file(settings: Settings) -> Path:
    if settings.app.rules_file is None:
        raise ConfigurationError(
            f"{settings.file}: [app] rules_file is not set.",
            hint="It names the application's compiled copy of the rules.",
        )
    return settings.app.rules_file
