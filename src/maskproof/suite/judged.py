"""Turns the findings of a check into its outcome: which fail, which are advisory, and who accepted them."""

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
    Turn the findings of a check into its outcome.

    Args:
        judge: Decides which findings fail.
        findings: Everything that the check found.
        seen: The evidence, one line each.
        unseen: The missing evidence, one line each.

    Returns:
        The outcome; its `used` names the accepted findings (ids of the baseline) that were found.

    """
    judgement = judge.judge(findings)
    return Outcome(
        seen=(*seen, *map(_accepted, judgement.acceptances)),
        findings=tuple(finding.to_json() for finding in judgement.failing),
        unseen=tuple(unseen),
        advisory=tuple(finding.to_json() for finding in judgement.advisory),
        used=tuple(dict.fromkeys(finding.accepted_by for finding in judgement.findings if finding.accepted_by)),
    )


def accepted_lines(result: Result) -> list[str]:
    """The lines of a result that say who accepted findings, and why."""
    return [line for line in result.seen if line.startswith(ACCEPTED)]


def _accepted(acceptance: Acceptance) -> str:
    return f"{ACCEPTED}{acceptance.by}: {acceptance.reason}"
