"""`maskproof scan`: options, and from paths to a verdict."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from maskproof.commands.common import print_json
from maskproof.leaks.files import Item, files_under, read_items
from maskproof.leaks.findings import ScanReport
from maskproof.leaks.options import add_policy_options, chosen_judge, second_net_of
from maskproof.leaks.scan import scan_session, scan_texts
from maskproof.leaks.searcher import ScanOptions, Searcher
from maskproof.leaks.values import load_values
from maskproof.outcome import describe_finding
from maskproof.stack.progress import note
from maskproof.verdict import EXIT_STATUS

MEGABYTE = 1 << 20
NOTED_EVERY = 100


def add_scan_options(parser: argparse.ArgumentParser) -> None:
    """Add what scanning files and scanning pulled sessions share."""
    parser.add_argument("--values", type=Path, required=True, metavar="FILE", help="the values to look for, as JSON")
    parser.add_argument("--salt", action="append", default=[], metavar="TEXT", help="a salt of hashes (repeatable)")
    parser.add_argument("--salvage", action="store_true", help="scan what decodes of broken files, and name the rest")
    parser.add_argument(
        "--unpack-limit", type=int, default=1024, metavar="MB", help="the most that one file may unpack to (1024)"
    )
    add_policy_options(parser)


def searcher_of(arguments: argparse.Namespace) -> Searcher:
    """
    The search that the options ask for.

    Raises:
        ConfigurationError: The values file has a fault.

    """
    salts = tuple(salt.encode() for salt in arguments.salt)
    values = load_values(arguments.values)
    net = second_net_of(arguments, values)
    options = ScanOptions(salts=salts, unpack_limit=arguments.unpack_limit * MEGABYTE, second_net=net)
    return Searcher(values, options=options)


def run_scan_command(arguments: argparse.Namespace) -> int:
    """Scan, print, and end with the verdict's status."""
    searcher = searcher_of(arguments)
    judge = chosen_judge(arguments)
    files = files_under(arguments.paths)
    report = scan_items(files, searcher, salvage=arguments.salvage, limit=arguments.unpack_limit * MEGABYTE)
    return conclude(judge.conclude(report), as_json=arguments.json)


def scan_items(files: Sequence[Path], searcher: Searcher, *, salvage: bool, limit: int) -> ScanReport:
    """Scan files one after the other, with progress on standard error."""
    report = ScanReport()
    for number, item in enumerate(read_items(files, salvage=salvage, limit=limit), 1):
        report += _scanned(item, searcher)
        if number % NOTED_EVERY == 0:
            note(f"scanned {number} of {len(files)} files, {len(report.findings)} findings")
    return report


def _scanned(item: Item, searcher: Searcher) -> ScanReport:
    report = ScanReport(unscanned=item.unscanned)
    if item.parts:
        report += scan_session(item.parts, searcher, session_id=item.source)
    if item.texts:
        report += scan_texts(item.texts, searcher, session_id="", system="file")
    messages = sum(len(part.messages) for part in item.parts)
    return ScanReport(report.findings, 1, messages, item.size, report.unscanned)


def conclude(report: ScanReport, *, as_json: bool) -> int:
    """Print a report, and give back its status."""
    if as_json:
        print_json(report.to_json())
    else:
        for finding in report.findings:
            print(describe_finding(finding.to_json()))
        print(
            f"{report.verdict}: {len(report.findings)} findings in {report.files} files, "
            f"{report.messages} messages, {report.bytes} bytes"
        )
        for one in report.accepted:
            print(f"{one.findings} findings accepted by {one.by}: {one.reason}")
    for line in report.problems:
        print(f"maskproof: {line}", file=sys.stderr)
    for line in report.unscanned:
        print(f"maskproof: not scanned: {line}", file=sys.stderr)
    return EXIT_STATUS[report.verdict]
