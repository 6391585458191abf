"""The reference of commands, held to the command line."""

import argparse
import re
from functools import cache

import pytest
from tests.unit.docs.pages import page, section

from maskproof import errors
from maskproof.cli import build_parser
from maskproof.plugin import PII_OPTIONS

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
    """Every long option of a command and its actions, but for `--help`."""
    own = {name for action in parser._actions for name in action.option_strings if name.startswith("--")}
    return (own | {name for one in _choices(parser).values() for name in options_of(one)}) - {"--help"}


def test_every_command_has_a_section() -> None:
    """Those of the command line, and no other."""
    headings = re.findall(r"^## maskproof (\w+)$", page(PAGE), re.MULTILINE)
    assert sorted(headings) == sorted(parsers())


@pytest.mark.parametrize("command", parsers())
def test_the_options_of_a_command_are_those_of_its_section(command: str) -> None:
    """Each option stands there, and none that the command has not; those that are refused apart."""
    refused = {f"--{name}" for name in PII_OPTIONS}
    written = set(OPTION.findall(section(PAGE, f"## maskproof {command}")))
    assert written - refused == options_of(parsers()[command])


def test_every_action_of_rules_is_described() -> None:
    """Each action is a row of the command's table."""
    rows = section(PAGE, "## maskproof rules")
    assert all(re.search(rf"^\| `{name}\b", rows, re.MULTILINE) for name in _choices(parsers()["rules"]))


@pytest.mark.parametrize(("name", "heading"), [(PAGE, "## Exit statuses"), ("tutorial.md", "## 5. Exit statuses")])
def test_every_exit_status_is_described(name: str, heading: str) -> None:
    """Each that errors end with."""
    statuses = {str(value) for key, value in vars(errors).items() if key.startswith("EXIT_")}
    assert statuses <= set(re.findall(r"^\| (\d+) \|", section(name, heading), re.MULTILINE))
