"""Findings of a check as its outcome: what fails, what is only told, and by whom it was accepted."""

from collections.abc import Iterable, Sequence

from maskproof.leaks.findings import Acceptance, Finding
from maskproof.leaks.judging.judge import Judge
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result

ACCEPTED = "accepted by "


def judged_outcome(
    judge: Judge, findings: Iterable[Finding], *, seen: Sequence[str], unseen: Sequence[str] = ()
) -> Outcome:
    """
    Decide of a check's findings.

    Args:
        judge: What is let pass.
        findings: What was found.
        seen: What there was to see.
        unseen: What had to be seen and was not.

    Returns:
        The outcome; its `used` names the accepted findings (ids of the baseline) that were found.

    """
    judgement = judge.judge(findings)
    return Outcome(
        seen=(*seen, *map(_accepted, judgement.acceptances)),
        findings=tuple(one.to_json() for one in judgement.failing),
        unseen=tuple(unseen),
        advisory=tuple(one.to_json() for one in judgement.advisory),
        used=tuple(dict.fromkeys(one.accepted_by for one in judgement.findings if one.accepted_by)),
    )


def accepted_lines(result: Result) -> list[str]:
    """By whom findings of a result were accepted, and why."""
    return [line for line in result.seen if line.startswith(ACCEPTED)]


def _accepted(one: Acceptance) -> str:
    return f"{ACCEPTED}{one.by}: {one.reason}"
