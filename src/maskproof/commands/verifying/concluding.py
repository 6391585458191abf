"""The end of a run, and of shards put together: reports, last lines, exit status."""

import time
from collections.abc import Sequence

from maskproof.commands.verifying.closing import closing_lines
from maskproof.errors import EXIT_INTERNAL
from maskproof.evidence.annotations import Annotation, annotations, write_annotations
from maskproof.evidence.markdown import markdown
from maskproof.evidence.places import Places
from maskproof.evidence.reports import write_reports
from maskproof.evidence.self_scan import searcher_of_run
from maskproof.evidence.summary import Summary
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.machine.progress import note, step
from maskproof.recording.cases import selected_cases
from maskproof.settings import Settings
from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import EXIT_STATUS

LOG = "run/pytest.log"  # below the reports


def conclude(settings: Settings, results: Sequence[Result], *, seed: str, started: float, is_part: bool = False) -> int:
    """
    Write the reports, print the last lines, and return the exit status of the verdict.

    Args:
        settings: The configuration.
        results: Every result.
        seed: The seed of the personas.
        started: When the run began, in seconds of the monotonic clock.
        is_part: Whether it is a shard: the page of the CI gets annotations when all of them are put together.

    """
    reports = settings.paths.reports
    with step("write the reports"):
        summary = write_reports(settings, results, seed=seed)
        found = [] if is_part else _annotations(settings, summary)
    if not is_part:
        write_annotations(reports, found, markdown(summary))
    for line in closing_lines(summary.results, summary, reports / "report.html", time.monotonic() - started):
        note(line)
    if summary.verdict != "fail" and any(result.is_crashed for result in results):
        note(f"a check crashed: please send {reports / LOG} to the maintainers of Maskproof")
        return EXIT_INTERNAL
    return EXIT_STATUS[summary.verdict]


def _annotations(settings: Settings, summary: Summary) -> list[Annotation]:
    """What did not pass, by lines; the search that redacts it takes seconds, so a run that passes makes none."""
    if all(result.verdict == "pass" for result in summary.results):
        return []
    safe = SafeTexts(searcher_of_run(selected_cases(settings), summary.seed))
    return annotations(summary.results, Places(settings), safe)
