"""Writes every report of a run: at the start as "not finished", at the end with the verdict."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from maskproof.errors import MaskproofError
from maskproof.evidence.allure import FILE_NAME as ALLURE
from maskproof.evidence.allure import write_allure_report
from maskproof.evidence.allure_results import write_allure_results
from maskproof.evidence.annotations import CODE_QUALITY
from maskproof.evidence.audit.about import checkout_of
from maskproof.evidence.audit.pdf import FILE_NAME as PDF
from maskproof.evidence.audit.pdf import write_pdf
from maskproof.evidence.audit.sessions import read_sessions
from maskproof.evidence.files import write_whole
from maskproof.evidence.html import PRINTED, Project, render_report, write_report, write_unfinished_report
from maskproof.evidence.junit import FILE_NAME as JUNIT
from maskproof.evidence.junit import junit_xml
from maskproof.evidence.launch import FILE_NAME as CHECKLIST
from maskproof.evidence.launch import launch_checklist, standing_of
from maskproof.evidence.markdown import FILE_NAME as MARKDOWN
from maskproof.evidence.markdown import markdown
from maskproof.evidence.places import Places
from maskproof.evidence.provenance import provenance_of
from maskproof.evidence.self_scan import scan_evidence, scan_reports, searcher_of_run
from maskproof.evidence.summary import FILE_NAME, Summary, summarise, write_summary
from maskproof.evidence.umami_pages import read_pages
from maskproof.machine.failures import SetupFailed
from maskproof.machine.progress import note
from maskproof.recording.cases import expected_checks, left_out, selected_cases
from maskproof.rules import compile_rules, load_rules
from maskproof.settings import Settings
from maskproof.suite.whole_run import result_of_run
from maskproof.verdicts.checks import SEARCHED
from maskproof.verdicts.criteria import load_criteria
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.outside import proofs_outside
from maskproof.verdicts.results import RESULTS_FOLDER, Result

# What Allure shows as the environment of a run.
ENVIRONMENT = ("target", "commit", "maskproof", "tracker", "rules", "seed")
# What takes long to make, and is made once.
RENDERED = frozenset({ALLURE, PDF})
SEARCHED_TOO = f"{PDF} and {ALLURE}, made from these, are searched before the run says pass"


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
    for name in (JUNIT, MARKDOWN, CHECKLIST, PDF, CODE_QUALITY):
        (reports / name).unlink(missing_ok=True)
    write_whole(reports / FILE_NAME, json.dumps(unfinished, indent=2) + "\n")


def write_reports(settings: Settings, results: Sequence[Result], *, seed: str) -> Summary:
    """
    Write `summary.json`, `summary.md`, `junit.xml`, `report.html`, `audit.pdf` and `allure.html`.

    An Allure report or a printed pack that cannot be made is reported and changes no verdict: both are another view of
    the same results.

    What is made of texts is written first and searched for the values of the run, pictures too; until that is done, the
    check of it is missing, and nothing says pass. The two that take long are made once, from what was searched, and
    then searched themselves, before `report.html` and `summary.json` say pass.

    Args:
        settings: The configuration.
        results: Every result of the run.
        seed: The seed of the personas.

    Returns:
        The run, with the result of that search.

    """
    files = _Files(settings, seed)
    files.write_texts(files.summary(results))
    search = _Search(settings, results, seed)
    outcome = search.of_texts()
    summary = files.summary([*results, search.result(outcome)])
    files.render(summary)
    rendered = search.of_rendered()
    if rendered.problems or rendered.unseen:
        outcome = replace(
            outcome,
            problems=(*outcome.problems, *rendered.problems),
            unseen=(*outcome.unseen, *rendered.unseen),
        )
        summary = files.summary([*results, search.result(outcome)])
        files.render(summary)
    search.result(outcome).write(settings.paths.reports / RESULTS_FOLDER)
    files.write_texts(summary)
    return summary


class _Search:
    """
    The search of the reports, for everybody of the cases that were run; what is looked for is prepared once.

    Args:
        settings: The configuration.
        results: The results of the run.
        seed: The seed of the personas.

    """

    def __init__(self, settings: Settings, results: Sequence[Result], seed: str) -> None:
        self._settings = settings
        self._started = time.monotonic()
        run = {result.case for result in results}
        cases = [case for case in selected_cases(settings) if case.id in run]
        self._searcher = searcher_of_run(cases, seed)

    def of_texts(self) -> Outcome:
        """The search of what is made of texts, and of pictures."""
        outcome = scan_evidence(self._settings.paths.reports, self._searcher)
        return replace(outcome, seen=(*outcome.seen, SEARCHED_TOO)) if outcome.seen else outcome

    def of_rendered(self) -> Outcome:
        """The search of the two that were made last."""
        return scan_reports(self._settings.paths.reports, self._searcher, only=RENDERED)

    def result(self, outcome: Outcome) -> Result:
        """The result of the check."""
        return result_of_run(self._settings, SEARCHED, outcome, started=self._started)


class _Files:
    """
    The files of a run; what they say of the project beside its results is read once.

    Args:
        settings: The configuration.
        seed: The seed of the personas.

    """

    def __init__(self, settings: Settings, seed: str) -> None:
        paths, root, rules = settings.paths, settings.file.parent, load_rules(settings.paths.rules)
        self._settings, self._seed = settings, seed
        self._rules_version: str = compile_rules(rules)["version"]
        self._project = Project(
            forms=tuple({case.form.id: case.form for case in selected_cases(settings)}.values()),
            left_out=left_out(settings),
            rules=rules,
            root=root,
            commit=checkout_of(root),
        )
        self._sessions = read_sessions(paths.reports)
        self._places = Places(settings)
        facts = {**provenance_of(settings), "seed": seed}
        self._facts = {name: facts[name] for name in ENVIRONMENT if name in facts}
        self._expected = expected_checks(settings)

    def summary(self, results: Sequence[Result]) -> Summary:
        """The run with these results."""
        paths = self._settings.paths
        return summarise(
            results,
            expected=self._expected,
            target=self._settings.target,
            seed=self._seed,
            rules_version=self._rules_version,
            criteria=load_criteria(paths.criteria),
            outside=proofs_outside(paths, self._rules_version),
        )

    def write_texts(self, summary: Summary) -> None:
        """Write what is made of texts; the page last, since it is what people look at."""
        paths = self._settings.paths
        write_allure_results(paths.reports, summary, self._places, facts=self._facts)
        write_summary(paths.reports, summary)
        if paths.launch is not None:
            write_whole(paths.reports / CHECKLIST, launch_checklist(standing_of(self._settings)[1]))
        write_whole(paths.reports / JUNIT, junit_xml(summary))
        write_whole(paths.reports / MARKDOWN, markdown(summary))
        margin_ms = self._settings.overhead.margin_ms
        write_report(
            paths.reports,
            summary,
            margin_ms=margin_ms,
            sessions=self._sessions,
            project=self._project,
            pages=read_pages(paths.reports),
        )

    def render(self, summary: Summary) -> None:
        """Make Allure's page and the printed pack; one that cannot be made changes no verdict."""
        reports = self._settings.paths.reports
        write_allure_results(reports, summary, self._places, facts=self._facts)
        try:
            write_allure_report(reports, log=reports / "run" / "allure.log", into_history=not summary.missing)
        except SetupFailed as error:
            note(f"no Allure report: {error.message}")
        page = render_report(
            summary,
            margin_ms=self._settings.overhead.margin_ms,
            sessions=self._sessions,
            project=self._project,
            name=PRINTED,
        )
        try:
            write_pdf(reports, page, footer=f"Maskproof audit pack, run of {summary.finished}, {summary.verdict}")
        except MaskproofError as error:
            note(f"no {PDF}: {error.message}")
