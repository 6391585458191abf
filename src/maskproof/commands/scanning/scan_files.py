"""What `maskproof scan` does: reads files, searches them, and prints the verdict."""

import argparse
from functools import partial
from pathlib import Path

from maskproof.commands.scanning.shared import conclude, leaks_settings, searcher_of
from maskproof.leaks.decoding.packed import MEGABYTE
from maskproof.leaks.files.groups import files_under, grouped
from maskproof.leaks.files.parallel_scan import ScanPlan, scan_groups
from maskproof.leaks.files.resume import ResumeState
from maskproof.leaks.judging.configured import configured_judge
from maskproof.leaks.spelling.values import load_values
from maskproof.machine.progress import note


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
