"""Whether the accepted findings are still what they say: none over, and each found in a run of everything."""

from collections.abc import Sequence

from maskproof.leaks.judging.accepted import Baseline
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result

CHECKS = ("masking", "twin")


def check_accepted(results: Sequence[Result], baseline: Baseline, *, is_whole: bool) -> Outcome:
    """
    Hold that no accepted finding is over, and that each was found; asked of the results of a run.

    Args:
        results: Those of the checks that have findings.
        baseline: The accepted findings.
        is_whole: Whether every such check was done; only then nothing found means anything.

    """
    used = {name for result in results for name in result.used}
    is_told = is_whole and all(result.verdict != "inconclusive" for result in results)
    return Outcome(
        seen=(
            f"{len(baseline.entries)} accepted findings, {len(used)} of them found in {len(results)} results",
            *(() if is_told else ("whether one was not found is not asked: not every check came to a verdict",)),
        ),
        problems=(*baseline.expired(), *(baseline.unused(used) if is_told else ())),
        used=tuple(sorted(used)),
    )
