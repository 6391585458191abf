"""The report of the privacy officer: one HTML file without a script."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from maskproof.evidence.files import write_whole
from maskproof.evidence.pictures import Session, read_pictures
from maskproof.evidence.summary import Summary
from maskproof.suite.judged import accepted_lines
from maskproof.verdicts.checks import TITLES, WHOLE_RUN
from maskproof.verdicts.declared import is_declared, is_limit
from maskproof.verdicts.outcome import describe_finding, describe_findings
from maskproof.verdicts.results import Result

FILE_NAME = "report.html"
CHECKS = tuple(TITLES)
CHART_WIDTH = 560.0


def render_report(summary: Summary, *, margin_ms: float, pictures: Sequence[Session] = ()) -> str:
    """
    The whole report as HTML.

    Args:
        summary: The run.
        margin_ms: How much slower tracking may make a metric; drawn as a line.
        pictures: The sessions that are shown in pictures.

    """
    overhead = [result for result in summary.results if result.check == "overhead"]
    return (
        _environment()
        .get_template(FILE_NAME + ".j2")
        .render(
            summary=summary,
            titles=TITLES,
            forms=_matrix(summary.results),
            checks=[check for check in CHECKS if check not in WHOLE_RUN],
            others=[result for result in summary.results if result.check in WHOLE_RUN],
            bars=_bars(overhead[0].figures, margin_ms) if overhead else [],
            margin_ms=margin_ms,
            pictures=pictures,
            bad=[result for result in summary.results if result.verdict != "pass"],
            findings=[(result, line) for result in summary.results for line in describe_findings(result.findings)],
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
            line = f"{result.form}: {describe_finding({**finding, 'source': '', 'offset': 0}).replace(' [:0]', '')}"
            counts[line] = counts.get(line, 0) + 1
    return sorted(counts.items())


def declared_rows(results: Sequence[Result]) -> list[tuple[str, str]]:
    """What form fixtures declare to be known, each with its form, once for both versions of the protocol."""
    return sorted({(result.form, line) for result in results for line in result.seen if is_declared(line)})


def limits_of(results: Sequence[Result]) -> list[str]:
    """What checks could not show, each once for all forms."""
    return sorted({f"{result.check}: {line}" for result in results for line in result.seen if is_limit(line)})


def write_report(reports: Path, summary: Summary, *, margin_ms: float) -> None:
    """
    Write `report.html`.

    Args:
        reports: The folder of the reports.
        summary: The run.
        margin_ms: How much slower tracking may make a metric.

    """
    write_whole(reports / FILE_NAME, render_report(summary, margin_ms=margin_ms, pictures=read_pictures(reports)))


def write_unfinished_report(reports: Path, reason: str) -> None:
    """
    Write `report.html` and `allure.html` as reports without a verdict.

    Args:
        reports: The folder of the reports.
        reason: Why there is no verdict, as one sentence.

    """
    text = _environment().get_template("unfinished.html.j2").render(reason=reason)
    for name in (FILE_NAME, "allure.html"):
        write_whole(reports / name, text)


def _matrix(results: Sequence[Result]) -> Mapping[str, Mapping[int, Mapping[str, Result]]]:
    rows: dict[str, dict[int, dict[str, Result]]] = {}
    for result in results:
        if result.protocol:
            rows.setdefault(result.form, {}).setdefault(result.protocol, {})[result.check] = result
    return rows


def _bars(figures: Mapping[str, float], margin_ms: float) -> list[dict[str, Any]]:
    names = dict.fromkeys(name.partition(".")[0] for name in figures)
    most = max([margin_ms, *figures.values()]) * 1.1
    scale = CHART_WIDTH / most
    return [
        {
            "name": name.replace("_", " "),
            "median": figures[f"{name}.median_ms"],
            "lower": figures[f"{name}.lower_ms"],
            "upper": figures[f"{name}.upper_ms"],
            "x": max(0.0, figures[f"{name}.lower_ms"]) * scale,
            "middle": max(0.0, figures[f"{name}.median_ms"]) * scale,
            "width": max(2.0, (max(0.0, figures[f"{name}.upper_ms"]) - max(0.0, figures[f"{name}.lower_ms"])) * scale),
            "margin": margin_ms * scale,
        }
        for name in names
    ]


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("maskproof.evidence", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
