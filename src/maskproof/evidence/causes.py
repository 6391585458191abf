"""Puts what did not pass in a run into causes: what many results say in the same words is one cause, shown once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maskproof.journey.model import REFERENCE
from maskproof.verdicts.checks import TITLES
from maskproof.verdicts.outcome import describe_findings
from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import Verdict

# Ids and numbers, which differ where the cause is the same.
VARYING = re.compile(r"[0-9a-f]{8}[0-9a-f-]*|\d+")
# The checks that speak of leaks, then the others in the order of their titles.
ORDER = tuple(TITLES)
FAILED, UNSURE = 0, 1


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: the verdict that it gives, what is wrong, the checks and forms that say so, and how often."""

    verdict: Verdict
    text: str
    checks: tuple[str, ...]
    forms: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing that one result says; equal keys are one cause."""

    key: tuple[str, ...]
    text: str
    result: Result


def causes(results: Iterable[Result]) -> list[Cause]:
    """The causes of every result that is no pass, the worst first: leaks, other failures, what nobody could see."""
    groups: dict[tuple[str, ...], list[_Said]] = {}
    bad = [result for result in results if result.verdict != "pass"]
    names = {result.name for result in bad}
    for result in bad:
        # The other checks of a journey that did not end only refer to the one that says why, if that one was asked.
        for said in () if _named_by(result) in names else _said(result):
            groups.setdefault((result.verdict, *said.key), []).append(said)
    return sorted(map(_cause, groups.values()), key=_rank)


def _named_by(result: Result) -> str:
    """The name of the result that a result only refers to; empty if it speaks for itself."""
    if not result.explanation.startswith(REFERENCE):
        return ""
    return f"{result.explanation.removeprefix(REFERENCE).partition(':')[0]} {result.case}"


def _said(result: Result) -> Iterator[_Said]:
    for finding in result.findings:
        what = finding["category"] or "a trace of a value"
        says = "two people differ" if finding["kind"] == "difference" else f"{what} is recorded"
        text = f"{says} in {finding['system']} {finding['channel']}"
        yield _Said(("finding", text), text, result)
    first = result.explanation.splitlines()[0]
    if first not in describe_findings(result.findings):
        # What keeps a journey from ending, or was refused, is said by all checks that see it alike.
        yield _Said(("line", VARYING.sub("#", first.replace(result.form, "FORM"))), first, result)


def _cause(group: Sequence[_Said]) -> Cause:
    results = [said.result for said in group]
    return Cause(
        verdict=results[0].verdict,
        text=group[0].text,
        checks=tuple(dict.fromkeys(result.check for result in results)),
        forms=tuple(dict.fromkeys(result.form for result in results)),
        count=len(group),
    )


def _rank(cause: Cause) -> tuple[int, int, int]:
    first = min(ORDER.index(check) if check in ORDER else len(ORDER) for check in cause.checks)
    return (FAILED if cause.verdict == "fail" else UNSURE, first, -cause.count)
