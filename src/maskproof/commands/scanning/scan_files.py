"""The work of `maskproof scan`: reads files, searches them, and prints the report."""

import argparse
from functools import partial
from pathlib import Path

from maskproof.commands.scanning.explain import explain
from maskproof.commands.scanning.shared import (
    conclude,
    leaks_settings,
    safe_errors,
    searcher_of,
    short_notes,
    values_of_file,
)
from maskproof.errors import ConfigurationError
from maskproof.leaks.files.groups import files_under, grouped
from maskproof.leaks.files.parallel_scan import ScanPlan, scan_groups
from maskproof.leaks.files.resume import ResumeState
from maskproof.leaks.findings import ScanReport
from maskproof.leaks.judging.configured import configured_judge
from maskproof.machine.progress import note


def run_scan_command(arguments: argparse.Namespace) -> int:
    """
    Scan the files, print the report, and return the status of its verdict; or explain how a value is searched for.

    Raises:
        MaskproofError: A file, the values or an option has a fault; the message holds no value.

    """
    if arguments.explain is not None:
        return explain(values_of_file(arguments), arguments.explain, as_json=arguments.json)
    if not arguments.paths:
        raise ConfigurationError("expected at least one PATH to scan.", hint="maskproof scan PATH... --values FILE")
    with safe_errors(arguments):
        report = _scanned(arguments)
    return conclude(report, as_json=arguments.json)


def _scanned(arguments: argparse.Namespace) -> ScanReport:
    judge = configured_judge(leaks_settings(arguments))
    values = values_of_file(arguments)  # a fault in the values file is reported before anything else
    for line in short_notes(values):
        note(line)
    groups = grouped(_files(arguments))
    state = _state(arguments)
    plan = ScanPlan(arguments.salvage, state.salt if state else b"")
    try:
        report = scan_groups(groups, partial(searcher_of, arguments), plan, workers=arguments.workers, state=state)
    finally:
        if state:
            state.close()
    return judge.conclude(report)


def _files(arguments: argparse.Namespace) -> list[Path]:
    """The files to scan, without those that the scan itself reads and writes."""
    own = {path.resolve() for path in (arguments.values, arguments.resume) if path}
    files = files_under(arguments.paths)
    for path in files:
        if path.resolve() in own:
            note(f"{path} belongs to this scan; it is not scanned")
    return [path for path in files if path.resolve() not in own]


def _state(arguments: argparse.Namespace) -> ResumeState | None:
    """The state file that the options name, bound to everything that the findings depend on."""
    if arguments.resume is None:
        return None
    options = (arguments.salt, arguments.unpack_limit, arguments.time_limit, arguments.second_net)
    more = (arguments.test_ranges, arguments.phone_region, arguments.rare)
    return ResumeState(arguments.resume, values=arguments.values, options=(*options, *more))
