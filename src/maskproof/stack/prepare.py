"""
Fetches and builds all that the embedded target needs, once: `python -m maskproof.stack.prepare`.

What is in the cache already takes no time. `make test` and `make verify` run it by themselves.
"""

import argparse
import sys
from pathlib import Path

from maskproof.errors import EXIT_INTERRUPTED, EXIT_PASS, MaskproofError
from maskproof.evidence.allure import TOOL_FOLDER
from maskproof.stack.app_build import ensure_app_build
from maskproof.stack.chromium import ensure_chromium
from maskproof.stack.packages import ensure_packages
from maskproof.stack.postgres import ensure_template
from maskproof.umami.build import ensure_umami_build

APP = Path("fixtures/app")


def prepare(app: Path | None) -> None:
    """
    Make sure that the browser, the database, Umami and the application's builds are there.

    Args:
        app: The application's npm project; None leaves it out.

    Raises:
        MaskproofError: One of them cannot be had; says which, why and what to do.

    """
    ensure_chromium()
    ensure_template()
    ensure_umami_build()
    ensure_packages(TOOL_FOLDER, kind="allure")
    if app is not None:
        ensure_app_build(app)


def main(arguments: list[str] | None = None) -> int:
    """Run `prepare` for the application named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m maskproof.stack.prepare", description=__doc__)
    parser.add_argument("--app", type=Path, default=APP, help=f"the application's npm project (standard: {APP})")
    parser.add_argument("--no-app", action="store_true", help="leave the application out")
    options = parser.parse_args(arguments)
    try:
        prepare(None if options.no_app or not options.app.is_dir() else options.app)
    except MaskproofError as error:
        print(f"maskproof: error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return EXIT_PASS


if __name__ == "__main__":
    sys.exit(main())
