"""`maskproof setup`: fetches and builds what the embedded target needs, and starts each part once."""

import argparse

from maskproof.commands import Subparsers
from maskproof.commands.common import add_browser_option, add_config_option, browser_overrides
from maskproof.commands.extras import require_verify
from maskproof.errors import EXIT_PASS
from maskproof.settings import Settings, configured_file, load_settings
from maskproof.settings_schema import CHROMIUM


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("setup", help="fetch and build what the embedded target needs", description=__doc__)
    add_config_option(parser)
    add_browser_option(parser, what="install this browser too")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Set everything up, and print what was seen of each part."""
    require_verify()
    from maskproof.commands.verifying.prepare import prepare  # seconds to import
    from maskproof.machine.progress import note

    settings = _configured(arguments)
    server = settings.app.server if settings else None
    browsers = settings.run.browsers if settings else (CHROMIUM, *arguments.browser)
    pages = settings is not None and settings.asks_umami_pages
    for part in prepare(server.source if server else None, browsers, pages=pages):
        note(f"{part.what}: {part.seen}")
    return EXIT_PASS


def _configured(arguments: argparse.Namespace) -> Settings | None:
    """The configuration, as for an embedded target; None if there is none."""
    file = arguments.config or configured_file()
    asked = {"target.kind": "embedded", **browser_overrides(arguments)}
    return None if file is None else load_settings(file, overrides=asked)
