"""The end of a run, and of shards put together: reports, last lines, exit status."""

import time
from collections.abc import Sequence

from maskproof.commands.verifying.closing import closing_lines
from maskproof.errors import EXIT_INTERNAL
from maskproof.evidence.reports import write_reports
from maskproof.machine.progress import note, step
from maskproof.settings import Settings
from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import EXIT_STATUS

LOG = "run/pytest.log"  # below the reports


def conclude(settings: Settings, results: Sequence[Result], *, seed: str, started: float) -> int:
    """
    Write the reports, print the last lines, and return the exit status of the verdict.

    Args:
        settings: The configuration.
        results: Every result.
        seed: The seed of the personas.
        started: When the run began, in seconds of the monotonic clock.

    """
    reports = settings.paths.reports
    with step("write the reports"):
        summary = write_reports(settings, results, seed=seed)
    for line in closing_lines(summary.results, summary, reports / "report.html", time.monotonic() - started):
        note(line)
    if summary.verdict != "fail" and any(result.is_crashed for result in results):
        note(f"a check crashed: please send {reports / LOG} to the maintainers of Maskproof")
        return EXIT_INTERNAL
    return EXIT_STATUS[summary.verdict]
