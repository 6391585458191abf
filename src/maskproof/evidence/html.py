"""The reports of the privacy officer: `report.html`, one file without a script, and the page of `audit.pdf`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from maskproof.evidence.audit.about import UNKNOWN, about
from maskproof.evidence.audit.selection import choose
from maskproof.evidence.audit.sessions import Session
from maskproof.evidence.files import write_whole
from maskproof.evidence.matrix import matrix
from maskproof.evidence.overhead_chart import bars
from maskproof.evidence.plain_findings import plain_findings, shown_path
from maskproof.evidence.release import ANSWERS, not_known, tiles
from maskproof.evidence.summary import Summary
from maskproof.evidence.umami_pages import SeenPages
from maskproof.forms.model import FormFixture
from maskproof.rules.model import Rule
from maskproof.settings_schema import BROWSERS, CHROMIUM
from maskproof.suite.judged import accepted_lines
from maskproof.verdicts.checks import CASE_CHECKS, ONLY_FAILING, TITLES, WHOLE_RUN
from maskproof.verdicts.declared import is_declared, is_limit
from maskproof.verdicts.outcome import describe_finding
from maskproof.verdicts.results import Result

FILE_NAME = "report.html"
# The page that `audit.pdf` is printed from.
PRINTED = "audit.html"
CHECKS = tuple(TITLES)


def _left_out(forms: Sequence[str]) -> Iterator[str]:
    if forms:
        yield f"{len(forms)} form fixtures of the full catalogue: not run, without --all: {', '.join(forms)}"


@dataclass(frozen=True, slots=True)
class Project:
    """
    What the reports say of a project beyond its results; paths begin at `root`.

    Attributes:
        forms: The form fixtures of the run.
        left_out: Ids of those that a run of the core leaves out.
        rules: The masking rules.
        root: The folder of the project.
        commit: The commit, and whether files were changed.

    """

    forms: Sequence[FormFixture] = ()
    left_out: Sequence[str] = ()
    rules: Sequence[Rule] = ()
    root: Path = field(default_factory=Path)
    commit: str = UNKNOWN

    @property
    def categories(self) -> set[str]:
        """The categories that rules or form fixtures name."""
        of_forms = {field.category for form in self.forms for field in form.pii_fields}
        return of_forms | {rule.category for rule in self.rules if rule.treatment != "plain"}


def render_report(
    summary: Summary,
    *,
    margin_ms: float,
    sessions: Sequence[Session] = (),
    project: Project | None = None,
    pages: SeenPages | None = None,
    name: str = FILE_NAME,
) -> str:
    """
    A whole report as HTML.

    Args:
        summary: The run.
        margin_ms: How much slower tracking may make a metric; drawn as a line.
        sessions: Every session that was kept, with its pictures and texts.
        project: What is known beyond the results.
        pages: What Umami's own web pages showed, if they were read.
        name: `report.html`, or the page that is printed.

    """
    project = project or Project()
    forms = {form.id: form for form in project.forms}
    selection = choose(sessions, seed=summary.seed, categories=project.categories, forms=forms)
    overhead = [result for result in summary.results if result.check == "overhead"]
    whole_run = {result.check: result for result in summary.results if result.check in WHOLE_RUN}
    shown = WHOLE_RUN - ONLY_FAILING | set(whole_run)
    return (
        environment()
        .get_template(name + ".j2")
        .render(
            summary=summary,
            answer=ANSWERS[summary.verdict],
            tiles=tiles(summary, margin_ms=margin_ms),
            unknown=not_known(summary, (*selection.gaps, *_left_out(project.left_out))),
            titles=TITLES,
            forms=_matrix(summary.results),
            matrix=matrix(sessions, summary.results),
            checks=CASE_CHECKS[CHROMIUM],
            checks_in=CASE_CHECKS,
            others={check: whole_run.get(check) for check in CHECKS if check in shown},
            evidence=_evidence(summary),
            rules=_rules(summary.results, project),
            bars=bars(overhead[0].figures, margin_ms) if overhead else [],
            margin_ms=margin_ms,
            pages=pages,
            selection=selection,
            verdicts=_by_case(summary.results, sessions),
            facts=about(summary, sessions, project.rules, commit=project.commit),
            bad=[result for result in summary.results if result.verdict != "pass"],
            findings=plain_findings(summary.results, forms, project.rules, project.root),
            advisory=advisory_rows(summary.results),
            declared=declared_rows(summary.results),
            limits=limits_of(summary.results),
            accepted=sorted({line for result in summary.results for line in accepted_lines(result)}),
        )
    )


def advisory_rows(results: Sequence[Result]) -> list[tuple[str, int]]:
    """Advisory findings, one row per kind and place, with how often each was found."""
    counts: dict[str, int] = {}
    for result in results:
        for finding in result.advisory:
            line = f"{result.form}: {describe_finding(finding, with_source=False)}"
            counts[line] = counts.get(line, 0) + 1
    return sorted(counts.items())


def declared_rows(results: Sequence[Result]) -> list[tuple[str, str]]:
    """What form fixtures declare to be known, each with its form, once for both versions of the protocol."""
    return sorted({(result.form, line) for result in results for line in result.seen if is_declared(line)})


def limits_of(results: Sequence[Result]) -> list[str]:
    """What checks could not show, each once for all forms."""
    return sorted({f"{result.check}: {line}" for result in results for line in result.seen if is_limit(line)})


def write_report(
    reports: Path,
    summary: Summary,
    *,
    margin_ms: float,
    sessions: Sequence[Session] = (),
    project: Project | None = None,
    pages: SeenPages | None = None,
) -> None:
    """
    Write `report.html`.

    Args:
        reports: The folder of the reports.
        summary: The run.
        margin_ms: How much slower tracking may make a metric.
        sessions: Every session that was kept.
        project: What is known beyond the results.
        pages: What Umami's own web pages showed, if they were read.

    """
    text = render_report(summary, margin_ms=margin_ms, sessions=sessions, project=project, pages=pages)
    write_whole(reports / FILE_NAME, text)


def write_unfinished_report(reports: Path, reason: str) -> None:
    """
    Write `report.html` and `allure.html` as reports without a verdict.

    Args:
        reports: The folder of the reports.
        reason: Why there is no verdict, as one sentence.

    """
    text = environment().get_template("unfinished.html.j2").render(reason=reason)
    for name in (FILE_NAME, "allure.html"):
        write_whole(reports / name, text)


def _matrix(results: Sequence[Result]) -> Mapping[str, Mapping[str, Mapping[str, Result]]]:
    """The results of each form, by protocol version and browser, and by check."""
    rows: dict[str, dict[str, dict[str, Result]]] = {}
    for result in sorted(results, key=lambda result: BROWSERS.index(result.browser)):
        if result.protocol:
            rows.setdefault(result.form, {}).setdefault(result.circumstances, {})[result.check] = result
    return dict(sorted(rows.items()))


def _by_case(results: Sequence[Result], sessions: Sequence[Session]) -> dict[str, list[Result]]:
    """The results of each session's case, in the order of the checks."""
    cases: dict[str, list[Result]] = {session.case: [] for session in sessions}
    for result in sorted(results, key=lambda result: CHECKS.index(result.check)):
        if result.case in cases:
            cases[result.case].append(result)
    return cases


def _evidence(summary: Summary) -> dict[str, str]:
    """What the checks of each criterion say, in short: how many of them passed."""
    of_checks: dict[str, list[Result]] = {}
    for result in summary.results:
        of_checks.setdefault(result.check, []).append(result)

    def said(check: str) -> str:
        results = of_checks.get(check, [])
        passed = sum(result.verdict == "pass" for result in results)
        return f"{check}: {passed} of {len(results)} passed" if results else f"{check}: not run"

    return {
        criterion.id: "; ".join(map(said, criterion.checks)) or "no check of a run speaks for it"
        for criterion in summary.requirements
    }


def _rules(results: Sequence[Result], project: Project) -> list[tuple[Rule, str, list[str]]]:
    """Each rule, the line that it stands at, and the forms in which it matched."""
    used: dict[str, dict[str, None]] = {}
    for result in results:
        for rule in result.used if result.check == "rules" else ():
            used.setdefault(rule, {})[result.form] = None
    return [
        (rule, f"{shown_path(rule.source, project.root)}:{rule.line}", list(used.get(rule.id, ())))
        for rule in project.rules
    ]


def environment() -> Environment:
    """The templates of the reports; everything that they show is escaped."""
    return Environment(
        loader=PackageLoader("maskproof.evidence", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
