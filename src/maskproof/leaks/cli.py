"""`maskproof scan`: from options to a verdict."""

import argparse
import sys
from functools import partial
from pathlib import Path

from maskproof.commands.common import print_json, tell_error
from maskproof.leaks.files import files_under, grouped
from maskproof.leaks.findings import ScanReport
from maskproof.leaks.many import ScanPlan, scan_groups
from maskproof.leaks.options import configured_judge, configured_net, leaks_settings
from maskproof.leaks.packed import MEGABYTE
from maskproof.leaks.resume import ResumeState
from maskproof.leaks.searcher import ScanOptions, Searcher
from maskproof.leaks.values import load_values
from maskproof.outcome import describe_finding
from maskproof.stack.progress import note
from maskproof.verdict import EXIT_STATUS


def searcher_of(arguments: argparse.Namespace) -> Searcher:
    """
    The search that the options ask for.

    Raises:
        ConfigurationError: The values file has a fault.

    """
    salts = tuple(salt.encode() for salt in arguments.salt)
    values = load_values(arguments.values)
    net = configured_net(leaks_settings(arguments), values)
    options = ScanOptions(salts=salts, unpack_limit=arguments.unpack_limit * MEGABYTE, second_net=net)
    return Searcher(values, options=options)


def run_scan_command(arguments: argparse.Namespace) -> int:
    """Scan, print, and end with the verdict's status."""
    judge = configured_judge(leaks_settings(arguments))
    load_values(arguments.values)  # a fault of it is told before anything else
    groups = grouped(_files(arguments))
    state = _state(arguments)
    plan = ScanPlan(arguments.salvage, arguments.unpack_limit * MEGABYTE, state.salt if state else b"")
    try:
        report = scan_groups(groups, partial(searcher_of, arguments), plan, workers=arguments.workers, state=state)
    finally:
        if state:
            state.close()
    return conclude(judge.conclude(report), as_json=arguments.json)


def _files(arguments: argparse.Namespace) -> list[Path]:
    """The files to scan; those that the scan itself reads and writes are none of them."""
    own = {path.resolve() for path in (arguments.values, arguments.resume) if path}
    files = files_under(arguments.paths)
    for path in files:
        if path.resolve() in own:
            note(f"{path} belongs to this scan; it is not scanned")
    return [path for path in files if path.resolve() not in own]


def _state(arguments: argparse.Namespace) -> ResumeState | None:
    """The state that the options name, with all that findings depend on."""
    if arguments.resume is None:
        return None
    options = (arguments.salt, arguments.unpack_limit, arguments.second_net, arguments.test_ranges)
    return ResumeState(arguments.resume, values=arguments.values, options=(*options, arguments.phone_region))


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
    for error in report.unread:
        tell_error(error.message, error.hint)
    return _status(report)


def _status(report: ScanReport) -> int:
    """That of the verdict; a leak outranks files that cannot be read, and one that is wrong input all others."""
    status = EXIT_STATUS[report.verdict]
    return status if report.verdict == "fail" else min((one.exit_code for one in report.unread), default=status)
