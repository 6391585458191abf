"""
The `maskproof` command: parses, calls one command, and turns errors into exit statuses.

Each command is a module of `maskproof.commands` with `add_to(subparsers)` and a function that takes
the parsed arguments and returns the exit status. Messages go to standard error; with `--json`,
standard output is one object.
"""

import argparse
import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from maskproof.commands import criteria, export, module, rules
from maskproof.commands.common import report_error
from maskproof.commands.extras import VERIFY_MODULES, lacking
from maskproof.commands.replaying import replay
from maskproof.commands.scanning import audit, decode, scan
from maskproof.commands.starting import init
from maskproof.commands.verifying import doctor, merge, overhead, setup, up, verify
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_USAGE, MaskproofError

COMMANDS = (
    init,
    verify,
    merge,
    up,
    audit,
    replay,
    scan,
    decode,
    rules,
    overhead,
    doctor,
    setup,
    module,
    criteria,
    export,
)
EXIT_BROKEN_PIPE = 141
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class _Parser(argparse.ArgumentParser):
    """A parser that does not guess abbreviations. Wrong usage ends with status 2, as in argparse."""

    def __init__(self, **options: object) -> None:
        options["allow_abbrev"] = False
        super().__init__(**options)  # type: ignore[arg-type]


def build_parser() -> argparse.ArgumentParser:
    """Build the command line, with one subparser per command."""
    parser = _Parser(
        prog="maskproof",
        description="Proves that session replay and web analytics never record personal data, "
        "and still record everything else.",
        epilog="Exit status: 0 pass, 1 a leak or a failed assertion, 2 wrong usage or configuration, "
        "3 inconclusive, 4 internal error, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"maskproof {version('maskproof')}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(subparsers)
    return parser


def _terminated(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command.

    Args:
        arguments: The words after the program name; by default those of this process.

    Returns:
        The exit status (see `maskproof.errors`).

    """
    parser = build_parser()
    given = list(sys.argv[1:] if arguments is None else arguments)
    parsed, rest = parser.parse_known_args(given)
    takes_rest: bool = getattr(parsed, "takes_rest", False)
    if rest and not takes_rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if takes_rest:
        parsed.rest = [*getattr(parsed, "rest", []), *rest]
    signal.signal(signal.SIGTERM, _terminated)
    status = _guarded(parsed.run, parsed)
    if takes_rest and not sys.stderr.closed:
        # make ends every failure with 2, whatever the status was.
        print(f"maskproof: exit status {status}", file=sys.stderr)
    return status


def _guarded(run: Callable[[argparse.Namespace], int], parsed: argparse.Namespace) -> int:
    try:
        return run(parsed)
    except KeyboardInterrupt:
        print("maskproof: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the last handler: an internal error has its own status
        return _reported(error, parsed)


def _reported(error: Exception, parsed: argparse.Namespace) -> int:
    """Print an error, and return the status that it ends a command with."""
    if isinstance(error, ModuleNotFoundError) and error.name in VERIFY_MODULES:
        error = lacking(error.name)
    if isinstance(error, MaskproofError):
        report_error(error.message, error.hint)
        return error.exit_code
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        report_error(f"{error.filename or 'a file'}: {error.strerror}.", "Make room on that disk, then run this again.")
        return EXIT_INCONCLUSIVE
    if isinstance(error, OSError) and error.filename and _is_users_path(error.filename, parsed):
        print(f"maskproof: error: {error.filename}: {error.strerror}", file=sys.stderr)
        return EXIT_USAGE
    if isinstance(error, ConnectionError | TimeoutError):
        print(f"maskproof: error: {type(error).__name__}: {error.strerror or 'no answer'}", file=sys.stderr)
        return EXIT_INCONCLUSIVE
    traceback.print_tb(error.__traceback__)
    print(f"{type(error).__name__} (its message is not shown: it may hold a value)", file=sys.stderr)
    print("maskproof: internal error; please report the lines above", file=sys.stderr)
    return EXIT_INTERNAL


def _is_users_path(name: object, parsed: argparse.Namespace) -> bool:
    """Whether a path is one that the user named, below or above one, or in the project; any other is our own fault."""
    path = Path(os.fsdecode(name) if isinstance(name, str | bytes) else str(name)).absolute()
    values = [item for value in vars(parsed).values() for item in (value if isinstance(value, list) else [value])]
    named = [Path(value).absolute() for value in values if isinstance(value, Path | str) and str(value)]
    if path.is_relative_to(Path(__file__).parent) or path.is_relative_to(sys.prefix):
        return False
    folders = (*named, *(file.parent for file in named if file.is_file()), Path.cwd())
    return any(path.is_relative_to(folder) or folder.is_relative_to(path) for folder in folders)


if __name__ == "__main__":
    sys.exit(main())
