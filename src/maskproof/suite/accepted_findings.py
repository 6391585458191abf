"""Whether accepted findings are still valid: none has expired, and each was found in a whole run."""

from collections.abc import Sequence

from maskproof.leaks.judging.accepted import Baseline
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result

CHECKS = ("masking", "twin")


def check_accepted(results: Sequence[Result], baseline: Baseline, *, is_whole: bool) -> Outcome:
    """
    Check that no accepted finding has expired, and that each was found in the run.

    Args:
        results: The results of the checks that have findings.
        baseline: The accepted findings.
        is_whole: Whether every such check ran; otherwise an accepted finding that was not found is not reported.

    """
    used = {name for result in results for name in result.used}
    knows_unused = is_whole and all(result.verdict != "inconclusive" for result in results)
    return Outcome(
        seen=(
            f"{len(baseline.entries)} accepted findings, {len(used)} of them found in {len(results)} results",
            *(() if knows_unused else ("unused ones are not asked for: not every check came to a verdict",)),
        ),
        problems=(*baseline.expired(), *(baseline.unused(used) if knows_unused else ())),
        used=tuple(sorted(used)),
    )
