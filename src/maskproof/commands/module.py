"""`maskproof module`: writes the tracking module into an application, with a version that its bundle carries."""

import argparse
import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.errors import EXIT_PASS, UsageError
from maskproof.machine.progress import note

FOLDER = "tracking_module"
STAMP = "version.ts"
UNSTAMPED = "'source'"
# A team's own rules, written by `maskproof rules compile`, stay.
OWN = "rules.generated.json"
DIGITS = 12
# The module is checked where it is made. An application's own compiler options and linter rules are not for it.
UNCHECKED = "/* eslint-disable */\n// @ts-nocheck\n"


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("module", help="write the tracking module into an application", description=__doc__)
    parser.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder of the copy, e.g. src/lib/tracking",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the module, and print its version."""
    sources = module_files()
    stamp = stamp_of(sources)
    write_module(sources, stamp, arguments.to)
    note(f"{arguments.to}: tracking module {stamp}, {len(sources)} files")
    return EXIT_PASS


def module_files() -> dict[str, str]:
    """The files of the module by their path in its folder, without its tests."""
    with as_file(files("maskproof").joinpath(FOLDER)) as folder:
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and ".test." not in path.name)
        return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def stamp_of(sources: Mapping[str, str]) -> str:
    """The version of the module: Maskproof's, and a hash of the files but for the compiled rules."""
    content = "\0".join(f"{name}\0{text}" for name, text in sorted(sources.items()) if name != OWN)
    return f"{version('maskproof')}+{hashlib.sha256(content.encode()).hexdigest()[:DIGITS]}"


def write_module(sources: Mapping[str, str], stamp: str, folder: Path) -> None:
    """
    Write the module's files; what else the folder holds stays.

    Args:
        sources: The files, by their path in the folder.
        stamp: The version that the copy carries.
        folder: Where to; compiled rules that are there already are kept.

    Raises:
        UsageError: The folder holds something else than a copy of the module.

    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / STAMP).is_file())):
        raise UsageError(
            f"--to {folder}: holds something else than a copy of the tracking module.",
            hint="Name a folder of its own, e.g. src/lib/tracking.",
        )
    for name, text in sources.items():
        target = folder / name
        if name == OWN and target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_as_copy(name, text, stamp), encoding="utf-8")


def _as_copy(name: str, text: str, stamp: str) -> str:
    stamped = text.replace(UNSTAMPED, f"'{stamp}'") if name == STAMP else text
    return UNCHECKED + stamped if name.endswith(".ts") else stamped
