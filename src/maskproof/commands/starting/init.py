"""`maskproof init`: looks at a static build, and writes the configuration, a form fixture for each page, and rules."""

import argparse
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.extras import require_verify
from maskproof.errors import EXIT_PASS, UsageError
from maskproof.settings import FILE_NAME

# Where builds of common tools are.
FOLDERS = ("dist", "build", "out", "public", "_site")
INDEX = "index.html"


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("init", help="begin a project for a static build", description=__doc__)
    parser.add_argument(
        "build",
        type=Path,
        nargs="?",
        metavar="DIR",
        help=f"the build with tracking, in this folder (default: the first of {', '.join(FOLDERS)})",
    )
    parser.add_argument(
        "--page",
        action="append",
        metavar="PATH",
        help="path of a page with a form; may be repeated (default: /)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the project, and say what is left to decide."""
    require_verify()
    from maskproof.commands.starting.begin import begin  # seconds to import
    from maskproof.machine.progress import note

    folder = Path.cwd()
    pages = _pages(arguments.page or ["/"])
    for line in begin(folder, _build(folder, arguments.build), pages):
        note(line)
    return EXIT_PASS


def _pages(pages: list[str]) -> list[str]:
    for page in pages:
        if not page.startswith("/"):
            raise UsageError(f"--page {page}: is no path.", hint="A path begins with /, for example /orders/new.")
    return list(dict.fromkeys(pages))


def _build(folder: Path, given: Path | None) -> str:
    """The build, as a path in the folder."""
    if (folder / FILE_NAME).exists():
        raise UsageError(f"{folder / FILE_NAME} is there already.", hint="Change it, or begin in another folder.")
    if given is None:
        found = [name for name in FOLDERS if (folder / name / INDEX).is_file()]
        if not found:
            raise UsageError(
                f"{folder} has no build: none of {', '.join(FOLDERS)} has an {INDEX}.",
                hint="Build the application first, or name the folder: maskproof init DIR.",
            )
        return found[0]
    build = (folder / given).resolve()
    if not (build / INDEX).is_file():
        fault = f"has no {INDEX}" if build.is_dir() else "is not there" if not build.exists() else "is not a folder"
        raise UsageError(f"{given} {fault}.", hint="Name the folder that your build writes.")
    return build.relative_to(folder).as_posix() if build.is_relative_to(folder) else build.as_posix()
