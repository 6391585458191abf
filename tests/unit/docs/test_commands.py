"""The reference of commands agrees with the command line."""

import argparse
import re
from functools import cache

import pytest
from tests.unit.docs.pages import page, section

from maskproof import errors
from maskproof.cli import build_parser
from maskproof.recording.refused_options import PII_OPTIONS

OPTION = re.compile(r"`(--[a-z-]+)")
PAGE = "reference/commands.md"


@cache
def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command."""
    return _choices(build_parser())


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0].choices) if found else {}


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """Every long option of a command and its actions, except `--help`."""
    own = {name for action in parser._actions for name in action.option_strings if name.startswith("--")}
    return (own | {name for action in _choices(parser).values() for name in options_of(action)}) - {"--help"}


def test_every_command_has_a_section() -> None:
    """The page has a section for each command of the command line, and no other."""
    headings = re.findall(r"^## maskproof (\w+)$", page(PAGE), re.MULTILINE)
    assert sorted(headings) == sorted(parsers())


@pytest.mark.parametrize("command", parsers())
def test_the_options_of_a_command_are_those_of_its_section(command: str) -> None:
    """The section names each option of the command and no other; options that are refused are ignored."""
    refused = {f"--{name}" for name in PII_OPTIONS}
    written = set(OPTION.findall(section(PAGE, f"## maskproof {command}")))
    assert written - refused == options_of(parsers()[command])


def test_every_action_of_rules_is_described() -> None:
    """Each action has a row in the table of `maskproof rules`."""
    rows = section(PAGE, "## maskproof rules")
    assert all(re.search(rf"^\| `{name}\b", rows, re.MULTILINE) for name in _choices(parsers()["rules"]))


@pytest.mark.parametrize(("name", "heading"), [(PAGE, "## Exit statuses"), ("tutorial.md", "## 5. Exit statuses")])
def test_every_exit_status_is_described(name: str, heading: str) -> None:
    """Each exit status of an error has a row."""
    statuses = {str(value) for key, value in vars(errors).items() if key.startswith("EXIT_")}
    assert statuses <= set(re.findall(r"^\| (\d+) \|", section(name, heading), re.MULTILINE))
