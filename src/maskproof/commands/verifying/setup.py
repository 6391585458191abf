"""`maskproof setup`: fetches and builds what the embedded target needs, and starts each part once."""

import argparse
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option
from maskproof.commands.extras import require_verify
from maskproof.errors import EXIT_PASS
from maskproof.settings import Settings, configured_file, load_settings


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("setup", help="fetch and build what the embedded target needs", description=__doc__)
    add_config_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Set everything up, and print what was seen of each part."""
    require_verify()
    from maskproof.commands.verifying.prepare import prepare  # seconds to import
    from maskproof.machine.progress import note

    settings = _configured(arguments.config)
    server = settings.app.server if settings else None
    pages = settings is not None and settings.asks_umami_pages
    for part in prepare(server.source if server else None, pages=pages):
        note(f"{part.what}: {part.seen}")
    return EXIT_PASS


def _configured(config: Path | None) -> Settings | None:
    """The configuration, as for an embedded target; None if there is none."""
    file = config or configured_file()
    return None if file is None else load_settings(file, overrides={"target.kind": "embedded"})
