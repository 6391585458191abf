"""What `scan` and `audit` share: the search and settings that the options ask for, and the printed report."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from maskproof.commands.common import print_json, report_error
from maskproof.errors import MaskproofError
from maskproof.leaks.budget import MEGABYTE
from maskproof.leaks.findings import ScanReport
from maskproof.leaks.judging.configured import configured_net
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.leaks.search.searcher import ScanOptions, Searcher
from maskproof.leaks.spelling.values import Value, load_values
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
    values = values_of_file(arguments)
    net = configured_net(leaks_settings(arguments), values)
    options = ScanOptions(
        salts=salts,
        unpack_limit=arguments.unpack_limit * MEGABYTE,
        time_limit_s=arguments.time_limit,
        second_net=net,
        rare=arguments.rare,
    )
    return Searcher(values, options=options)


@contextmanager
def safe_errors(arguments: argparse.Namespace) -> Iterator[None]:
    """
    Redact the errors of a scan: the name of a file may hold a value.

    Raises:
        MaskproofError: The error that was raised within, without a value.

    """
    try:
        yield
    except MaskproofError as error:
        safe = SafeTexts(searcher_of(arguments))
        error.message, error.hint = safe.text(error.message), safe.text(error.hint)
        error.args = (error.message,)
        raise error from None


def values_of_file(arguments: argparse.Namespace) -> tuple[Value, ...]:
    """
    The values of the values file.

    Raises:
        ConfigurationError: The values file has a fault, or a country of `--phone-region` has no phone numbers.

    """
    regions = known_regions(arguments.phone_region or (), "--phone-region")
    return load_values(arguments.values, regions=regions)


def short_notes(values: Sequence[Value]) -> tuple[str, ...]:
    """What to say about values that are too short for a plain search; ids, never a value."""
    return tuple(
        f"{value.id} is too short for a plain search: searched {_surroundings(value)}"
        for value in values
        if value.is_short
    )


def _surroundings(value: Value) -> str:
    if value.is_unique:
        return "where it stands by itself or beside an honorific, and as a hash"
    return "behind its label, beside an honorific, and in fields that name its category"


def leaks_settings(arguments: argparse.Namespace) -> LeaksSettings:
    """
    The options as the `[leaks]` table of a configuration.

    Raises:
        ConfigurationError: A country of `--phone-region` has no phone numbers.

    """
    return LeaksSettings(
        second_net=arguments.second_net,
        test_ranges=arguments.test_ranges,
        phone_regions=known_regions(arguments.phone_region or ("US",), "--phone-region"),
        baseline=arguments.baseline,
        policy=arguments.policy,
    )


def conclude(report: ScanReport, *, as_json: bool) -> int:
    """
    Print a report, and return its exit status.

    Args:
        report: The report, already judged.
        as_json: Whether to print one JSON object in place of lines.

    """
    if as_json:
        print_json(report.to_json())
    else:
        for finding in report.findings:
            print(describe_finding(finding.to_json()))
        print(
            f"{report.verdict}: {len(report.findings)} findings in {report.files} files, "
            f"{report.messages} messages, {report.bytes} bytes"
        )
        for accepted in report.accepted:
            print(f"{accepted.findings} findings accepted by {accepted.by}: {accepted.reason}")
    for line in report.problems:
        print(f"maskproof: {line}", file=sys.stderr)
    for line in report.unscanned:
        print(f"maskproof: not scanned: {line}", file=sys.stderr)
    for error in report.unread:
        report_error(error.message, error.hint)
    return _status(report)


def _status(report: ScanReport) -> int:
    """The status of the verdict. A leak outranks unreadable files, and of those wrong input outranks the rest."""
    status = EXIT_STATUS[report.verdict]
    return status if report.verdict == "fail" else min((error.exit_code for error in report.unread), default=status)
