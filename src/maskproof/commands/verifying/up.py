"""`maskproof up`: starts the embedded target, prints its addresses, and stops it on Ctrl-C or SIGTERM."""

import argparse
import signal
import sys

from maskproof.commands import Subparsers
from maskproof.commands.common import (
    add_config_option,
    add_json_option,
    add_switch_option,
    parse_switches,
    print_json,
)
from maskproof.commands.extras import require_verify
from maskproof.errors import EXIT_PASS
from maskproof.recording.addresses import StackAddresses
from maskproof.settings import load_settings


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("up", help="start the embedded target", description=__doc__)
    add_config_option(parser)
    add_json_option(parser)
    add_switch_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Keep the target up until Ctrl-C or SIGTERM. Both are a clean end."""
    require_verify()
    from maskproof.embedded.target import EmbeddedStack  # seconds to import

    settings = load_settings(arguments.config)
    stack = EmbeddedStack(settings, switches=parse_switches(arguments.switch))
    try:
        addresses = stack.start()
        if arguments.json:
            print_json(addresses.public())
        else:
            _print_plain(addresses)
        print("maskproof: up; Ctrl-C stops everything", file=sys.stderr)
        signal.pause()
    except KeyboardInterrupt:
        print("maskproof: stopping", file=sys.stderr)
    finally:
        stack.stop()
    return EXIT_PASS


def _print_plain(addresses: StackAddresses) -> None:
    for part, values in addresses.public().items():
        for name, value in values.items():
            print(f"{part + '.' + name:26} {value}")
    sys.stdout.flush()
