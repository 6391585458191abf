"""The options of `maskproof scan` and `maskproof audit`. Reading them imports nothing of the search."""

import argparse
import os
from pathlib import Path
from typing import get_args

from maskproof.settings import SecondNetMode


def add_scan_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that `scan` and `audit` share."""
    parser.add_argument("--values", type=Path, required=True, metavar="FILE", help="the values to look for, as JSON")
    parser.add_argument("--salt", action="append", default=[], metavar="TEXT", help="a salt of hashes (repeatable)")
    parser.add_argument("--salvage", action="store_true", help="scan what decodes of broken files, and name the rest")
    parser.add_argument(
        "--unpack-limit",
        type=_at_least_one,
        default=64,
        metavar="MB",
        help="the most that one file or session may unpack to (64)",
    )
    parser.add_argument(
        "--time-limit",
        type=_at_least_one,
        default=300,
        metavar="S",
        help="the most seconds that one file or session may take (300)",
    )
    parser.add_argument(
        "--no-rare", action="store_false", dest="rare", help="do not look for rare encodings and hashes"
    )
    _add_policy_options(parser)


def add_many_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of a scan of many files."""
    parser.add_argument(
        "--workers", type=_at_least_one, default=_cores(), metavar="N", help="processes at most (as many as cores)"
    )
    parser.add_argument(
        "--resume", type=Path, metavar="FILE", help="keep the state here, and take up where an earlier scan stopped"
    )


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected 1 or more")
    return number


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _add_policy_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which findings count."""
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="accepted findings, as YAML")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="accepted traces of masked values, as YAML")
    parser.add_argument(
        "--second-net",
        choices=get_args(SecondNetMode),
        default="advisory",
        help="pattern-based detection of PII: findings are advisory, fail the scan (gate), or are not made (off)",
    )
    parser.add_argument(
        "--test-ranges", action="store_true", help="pattern-based detection reports test cards and the like too"
    )
    parser.add_argument(
        "--phone-region",
        action="append",
        metavar="COUNTRY",
        help="a country in which national phone numbers are read: those of the values file (default: every country in "
        "which the number is valid) and those that pattern-based detection finds (default: US) (repeatable)",
    )
