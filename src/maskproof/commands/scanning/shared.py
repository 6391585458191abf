"""What `scan` and `audit` share: the search and the settings that the options ask for, and the printed verdict."""

import argparse
import sys

from maskproof.commands.common import print_json, tell_error
from maskproof.leaks.decoding.packed import MEGABYTE
from maskproof.leaks.findings import ScanReport
from maskproof.leaks.judging.configured import configured_net
from maskproof.leaks.search.searcher import ScanOptions, Searcher
from maskproof.leaks.spelling.values import load_values
from maskproof.settings import LeaksSettings, known_regions
from maskproof.verdicts.outcome import describe_finding
from maskproof.verdicts.verdict import EXIT_STATUS


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


def leaks_settings(arguments: argparse.Namespace) -> LeaksSettings:
    """
    What the options say, as a configuration says it.

    Raises:
        ConfigurationError: A country is none that has phone numbers.

    """
    return LeaksSettings(
        second_net=arguments.second_net,
        test_ranges=arguments.test_ranges,
        phone_regions=known_regions(arguments.phone_region or ("US",), "--phone-region"),
        baseline=arguments.baseline,
        policy=arguments.policy,
    )


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
