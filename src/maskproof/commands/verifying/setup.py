"""`maskproof setup`: fetches and builds what the embedded target needs, and starts each part once."""

import argparse
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option
from maskproof.commands.extras import require_verify
from maskproof.errors import EXIT_PASS
from maskproof.settings import configured_file, load_settings


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

    for part in prepare(_app_source(arguments.config)):
        note(f"{part.what}: {part.seen}")
    return EXIT_PASS


def _app_source(config: Path | None) -> Path | None:
    """The npm project of the configured application; None without a configuration or without a project."""
    file = config or configured_file()
    if file is None:
        return None
    server = load_settings(file, overrides={"target.kind": "embedded"}).app.server
    return server.source if server else None
