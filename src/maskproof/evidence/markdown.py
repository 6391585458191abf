"""A run on one page of Markdown, for the summary page of a CI job and for comments."""

from collections.abc import Iterator

from maskproof.evidence.summary import Summary
from maskproof.verdicts.checks import CASE_CHECKS, TITLES, WHOLE_RUN
from maskproof.verdicts.declared import is_limit
from maskproof.verdicts.results import Result

FILE_NAME = "summary.md"
MARKS = {"pass": "pass", "fail": "**FAIL**", "inconclusive": "inconclusive"}
SHOWN = 20


def markdown(summary: Summary) -> str:
    """The verdict, a table of forms by checks, and what did not pass."""
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    passed = sum(1 for result in summary.results if result.verdict == "pass")
    yield f"# Maskproof: {summary.verdict}"
    yield ""
    not_done = f", {len(summary.missing)} were not done" if summary.missing else ""
    yield f"{len(summary.results)} checks, {passed} passed{not_done}. Target: {summary.target}, {summary.finished}."
    yield ""
    yield from _table(summary)
    bad = [result for result in summary.results if result.verdict != "pass"]
    if bad:
        yield from ("", "## What did not pass", "")
        yield from (f"- {result.name}: {as_text(result.explanation.partition(chr(10))[0])}" for result in bad[:SHOWN])
    if len(bad) > SHOWN:
        yield f"- and {len(bad) - SHOWN} more"
    limits = dict.fromkeys(line for result in summary.results for line in result.seen if is_limit(line))
    if limits:
        yield from ("", "## What this run cannot show", "", *(f"- {as_text(line)}" for line in limits))


def _table(summary: Summary) -> Iterator[str]:
    checks = [check for check in TITLES if check not in WHOLE_RUN]
    yield "| form | " + " | ".join(checks) + " |"
    yield "|---" * (len(checks) + 1) + "|"
    rows: dict[str, dict[str, Result]] = {}
    for result in summary.results:
        rows.setdefault(result.case, {})[result.check] = result
    for form, row in rows.items():
        if not WHOLE_RUN.issuperset(row):
            asked = CASE_CHECKS[next(iter(row.values())).browser]
            absent = {check: "not done" if check in asked else "in Chromium" for check in checks}
            marks = (MARKS[row[check].verdict] if check in row else absent[check] for check in checks)
            yield f"| {form} | " + " | ".join(marks) + " |"
    for result in summary.results:
        if result.check in WHOLE_RUN:
            yield f"| all forms: {TITLES[result.check]} | {MARKS[result.verdict]} |" + " |" * (len(checks) - 1)


def as_text(text: str) -> str:
    """A text that ends neither a table's cell nor a list's line, and is no markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>|#" else sign for sign in text)
