"""Writes every report of a run: at the start as "not finished", at the end with the verdict."""

import json
from collections.abc import Sequence
from pathlib import Path

from maskproof.evidence.allure import write_allure_report
from maskproof.evidence.files import write_whole
from maskproof.evidence.html import write_report, write_unfinished_report
from maskproof.evidence.junit import FILE_NAME as JUNIT
from maskproof.evidence.junit import write_junit
from maskproof.evidence.markdown import FILE_NAME as MARKDOWN
from maskproof.evidence.markdown import write_markdown
from maskproof.evidence.summary import FILE_NAME, Summary, summarise, write_summary
from maskproof.machine.failures import SetupFailed
from maskproof.machine.progress import note
from maskproof.recording.cases import expected_checks
from maskproof.rules import compile_rules, load_rules
from maskproof.settings import Settings
from maskproof.verdicts.criteria import load_criteria
from maskproof.verdicts.results import Result


def write_unfinished(reports: Path, reason: str) -> None:
    """
    Write every report as one without a verdict.

    Args:
        reports: The folder of the reports; made if it is not there.
        reason: Why there is no verdict, as one sentence.

    """
    reports.mkdir(parents=True, exist_ok=True)
    unfinished = {"verdict": "inconclusive", "finished": None, "reason": reason}
    # The pages first: a run that is killed between must not leave a green page beside an unfinished summary.
    write_unfinished_report(reports, reason)
    for name in (JUNIT, MARKDOWN):
        (reports / name).unlink(missing_ok=True)
    write_whole(reports / FILE_NAME, json.dumps(unfinished, indent=2) + "\n")


def write_reports(settings: Settings, results: Sequence[Result], *, seed: str) -> Summary:
    """
    Write `summary.json`, `summary.md`, `junit.xml`, `report.html` and `allure.html`.

    An Allure report that cannot be made is reported and changes no verdict: it is another view of the same results.

    Args:
        settings: The configuration.
        results: Every result of the run.
        seed: The seed of the personas.

    """
    reports = settings.paths.reports
    summary = summarise(
        results,
        expected=expected_checks(settings),
        target=settings.target,
        seed=seed,
        rules_version=compile_rules(load_rules(settings.paths.rules))["version"],
        criteria=load_criteria(settings.paths.criteria),
    )
    write_summary(reports, summary)
    write_junit(reports, summary)
    write_markdown(reports, summary)
    write_report(reports, summary, margin_ms=settings.overhead.margin_ms)
    try:
        write_allure_report(reports, log=reports / "run" / "allure.log")
    except SetupFailed as error:
        note(f"no Allure report: {error.message}")
    return summary
