"""The last lines of a run: verdict, worst causes, where the report is, what to do next."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from maskproof.errors import see_page
from maskproof.evidence.causes import Cause, causes
from maskproof.evidence.summary import Summary
from maskproof.machine.progress import duration
from maskproof.verdicts.checks import LEAKS
from maskproof.verdicts.results import NO_CASE, Result

SHOWN = 3
TEXT_LENGTH = 300
RULES = frozenset({"rules", "rules-used"})


def closing_lines(results: Sequence[Result], summary: Summary, report: Path, seconds: float) -> Iterator[str]:
    """
    What a run says at its end.

    Args:
        results: Every result.
        summary: The run.
        report: The officer's report.
        seconds: How long the run took.

    """
    passed, found = sum(result.verdict == "pass" for result in results), causes(results)
    yield f"verdict: {summary.verdict}: {passed} of {len(results)} checks passed, in {duration(seconds)}"
    if summary.missing:
        shown = ", ".join(summary.missing[:SHOWN])
        more = ", ..." if len(summary.missing) > SHOWN else ""
        yield f"{len(summary.missing)} checks of a whole run were not done ({shown}{more}): that is never a pass"
    for number, cause in enumerate(found[:SHOWN], start=1):
        yield f"{number}. {_line(cause)}"
    if len(found) > SHOWN:
        yield f"and {len(found) - SHOWN} more, in the report"
    yield f"report: {report}"
    yield f"next: {_next(found, summary)}"


def _line(cause: Cause) -> str:
    text = cause.text if len(cause.text) <= TEXT_LENGTH else f"{cause.text[:TEXT_LENGTH]}..."
    how_often = f"{cause.count} times " if cause.count > 1 else ""
    return f"{cause.verdict}: {text} ({how_often}in {_some(cause.forms)}; {_some(cause.checks)})"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join("all forms" if name == NO_CASE else name for name in names[:SHOWN])
    return shown + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


def _next(found: Sequence[Cause], summary: Summary) -> str:
    if not found:
        if summary.missing:
            return "run maskproof verify without selecting, for a verdict on everything"
        return "nothing has to be done; the report can be signed"
    worst = found[0]
    again = f", then: maskproof verify -k {worst.forms[0]}" if worst.forms[0] != NO_CASE else ""
    if set(LEAKS).intersection(worst.checks) and worst.verdict == "fail":
        return f"see in the report where it comes from, mask it there or by a rule{again}. {see_page('Masking rules')}"
    if RULES.intersection(worst.checks) and worst.verdict == "fail":
        return f"change the rules or the form fixture, maskproof rules check{again}. {see_page('Masking rules')}"
    return f"see the report for the whole message{again}. {see_page('Troubleshooting')}"
