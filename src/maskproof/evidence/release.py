"""The first screen of the report: may we release? What speaks for it, what speaks against it, what nobody knows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maskproof.evidence.picture_scan import NOT_CHECKED as NOT_READ
from maskproof.evidence.summary import Summary
from maskproof.verdicts.checks import ONLY_FAILING, SEARCHED, TITLES
from maskproof.verdicts.proofs import NOT_CHECKED
from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import combine

NOT_RUN = "not run"
LEAKS = ("masking", "twin", "first-layer", "replay", "evidence")
ANSWERS = {
    "pass": ("Yes", "No personal data was recorded, and every other check of this run passed."),
    "fail": ("No", "Something was recorded that must not be, or another expectation does not hold."),
    "inconclusive": ("Not yet", "Evidence is missing: nobody can say yet. This is not a weak yes."),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One answer: its question, the verdict or `not run`, its figure, and what the figure is made of."""

    question: str
    state: str
    figure: str
    detail: str


def tiles(summary: Summary, *, margin_ms: float) -> tuple[Tile, ...]:
    """
    The four answers that decide on a release. What was not run is said, never left out.

    Args:
        summary: The run.
        margin_ms: How much slower tracking may make a metric.

    """
    return (
        _tile(summary, "Leaks", LEAKS, _leaks),
        _tile(summary, "Fidelity", ("fidelity",), _fidelity),
        _tile(summary, "Capture", ("capture", "analytics"), _capture),
        _tile(summary, "Overhead", ("overhead",), lambda results: _overhead(results, margin_ms)),
    )


def not_known(summary: Summary, gaps: Sequence[str] = ()) -> tuple[str, ...]:
    """
    What was not run and what has no check, one sentence each.

    Args:
        summary: The run.
        gaps: What the audit does not cover.

    """
    return tuple(_not_known(summary, gaps))


def _not_known(summary: Summary, gaps: Sequence[str]) -> Iterator[str]:
    ran = {result.check for result in summary.results}
    if summary.missing:
        yield f"{len(summary.missing)} checks of a whole run were not run"
    for check in TITLES:
        if check not in ran and check not in ONLY_FAILING:
            yield f"{TITLES[check]} (check {check}): not run{WITHOUT.get(check, '')}"
    open_criteria = [criterion.id for criterion in summary.requirements if criterion.verdict == NOT_CHECKED]
    if open_criteria:
        names = ", ".join(open_criteria)
        yield f"{len(open_criteria)} of {len(summary.requirements)} criteria are not checked: {names}"
    yield from gaps
    yield from _of_pictures(summary)
    yield "What a canvas shows is not read: not checked"
    if summary.target == "embedded":
        yield "The real OpenReplay server: not checked, the target is embedded"


def _of_pictures(summary: Summary) -> Iterator[str]:
    """Whether the text in pictures was read: the check of the reports says so."""
    said = [line for result in summary.results if result.check == SEARCHED for line in result.seen]
    if not said:
        yield NOT_READ
    yield from (line for line in said if line.startswith(NOT_READ))


WITHOUT = {
    "overhead": "; [overhead] form names no form, or only a part was run",
    "accepted": "; there is no baseline of accepted findings",
    "rules-used": "; it needs a whole run",
    "module": "; [project] names no module, or only a part was run",
    "development": "; [project] names no development server, or only a part was run",
    "regression": "; [project] names no tests, or only a part was run",
    "dashboards": "; there is no [dashboards], or on a live target no [live.grafana]",
    "umami-pages": "; it is asked for by --umami-pages, and the target is embedded",
}


def _tile(
    summary: Summary, question: str, checks: Sequence[str], figure: Callable[[Sequence[Result]], tuple[str, str]]
) -> Tile:
    results = [result for result in summary.results if result.check in checks]
    missing = [name for name in summary.missing if name.partition(" ")[0] in checks]
    if not any(result.check == checks[0] for result in results):
        return Tile(question, NOT_RUN, NOT_RUN, f"no result of the check {checks[0]}")
    state = combine([*(result.verdict for result in results), *(("inconclusive",) if missing else ())])
    shown, detail = figure(results)
    rest = f"; {len(missing)} {'check' if len(missing) == 1 else 'checks'} not run" if missing else ""
    return Tile(question, state, shown, detail + rest)


def _leaks(results: Sequence[Result]) -> tuple[str, str]:
    found = sum(len(result.findings) for result in results)
    others = sum(result.verdict == "fail" and not result.findings for result in results)
    values, texts = _sum(results, "values"), _sum(results, "texts")
    forms = len({result.form for result in results if result.check == "masking"})
    detail = f"{values:,.0f} values of invented people looked for in {texts:,.0f} messages and texts of {forms} forms"
    return str(found + others), detail


def _fidelity(results: Sequence[Result]) -> tuple[str, str]:
    expected, recorded = _sum(results, "expected"), _sum(results, "recorded")
    detail = f"{recorded:,.0f} of {expected:,.0f} plain values, clicks, pages and texts are in the recordings"
    return _share(recorded, expected), detail


def _capture(results: Sequence[Result]) -> tuple[str, str]:
    started, stored = _sum(results, "sessions"), _sum(results, "sessions_stored")
    sent, kept = _sum(results, "events"), _sum(results, "events_stored")
    detail = f"{stored:,.0f} of {started:,.0f} sessions and {kept:,.0f} of {sent:,.0f} analytics events are stored"
    return _share(stored + kept, started + sent), detail


def _overhead(results: Sequence[Result], margin_ms: float) -> tuple[str, str]:
    figures: Mapping[str, float] = results[0].figures
    uppers = {name.removesuffix(".upper_ms"): value for name, value in figures.items() if name.endswith(".upper_ms")}
    if not uppers:
        return "?", f"nothing could be timed; at most {margin_ms:.0f} ms are allowed"
    worst = max(uppers, key=lambda name: uppers[name])
    interval = f"{figures[f'{worst}.lower_ms']:+.1f} to {uppers[worst]:+.1f} ms"
    name = worst.replace("_", " ")
    detail = f"{name}, the worst metric, has the interval {interval}; at most {margin_ms:.0f} ms are allowed"
    return f"{figures[f'{worst}.median_ms']:+.0f} ms", detail


def _sum(results: Sequence[Result], name: str) -> float:
    return sum(result.figures.get(name, 0) for result in results)


def _share(part: float, whole: float) -> str:
    """A share in percent that says 100 only of all."""
    if not whole:
        return "?"
    share = 100 * part / whole
    return "100 %" if part >= whole else f"{min(share, 99.9):.1f} %"
