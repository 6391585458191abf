"""What several commands share: options, error messages and printed JSON."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from maskproof.errors import UsageError
from maskproof.settings_schema import BROWSERS, CHROMIUM


def add_config_option(parser: argparse.ArgumentParser) -> None:
    """Add `--config FILE`."""
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="configuration (default: maskproof.toml here or above)"
    )


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object on standard output")


def add_browser_option(parser: argparse.ArgumentParser, *, what: str) -> None:
    """
    Add `--browser`.

    Args:
        parser: The parser of the command.
        what: What is done for the browser.

    """
    parser.add_argument(
        "--browser", action="append", choices=BROWSERS, default=[], help=f"{what}, beside Chromium; may be repeated"
    )


def browser_overrides(arguments: argparse.Namespace) -> dict[str, object]:
    """What `--browser` overrides of the configuration: nothing without it."""
    return {"run.browsers": list(dict.fromkeys((CHROMIUM, *arguments.browser)))} if arguments.browser else {}


def add_switch_option(parser: argparse.ArgumentParser) -> None:
    """Add `--switch NAME=VALUE`: test-only switches of the application; embedded target only."""
    parser.add_argument(
        "--switch",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a test-only switch of the application or the embedded target, e.g. guard=false (may be repeated)",
    )


def parse_switches(given: Sequence[str]) -> dict[str, object]:
    """
    Read `NAME=VALUE` pairs. A value is read as JSON if it is JSON, and as text otherwise.

    Raises:
        UsageError: A pair has no `=` or no name.

    """
    switches: dict[str, object] = {}
    for pair in given:
        name, separator, value = pair.partition("=")
        if not separator or not name:
            raise UsageError(f"--switch: expected NAME=VALUE, got {pair!r}.", hint="Example: --switch guard=false")
        try:
            switches[name] = json.loads(value)
        except ValueError:
            switches[name] = value
    return switches


def report_error(message: str, hint: str) -> None:
    """
    Print an error to standard error.

    Args:
        message: What is wrong, as one sentence.
        hint: What to do; empty if there is nothing to add.

    """
    print(f"maskproof: error: {message}", file=sys.stderr)
    if hint:
        print(f"  {hint}", file=sys.stderr)


def print_json(value: Mapping[str, Any]) -> None:
    """Print one object on one line of standard output, and flush it."""
    text = json.dumps(value, ensure_ascii=False)
    # A file name may hold bytes that are no text; they are written as JSON escapes.
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode() + "\n")
    sys.stdout.flush()
