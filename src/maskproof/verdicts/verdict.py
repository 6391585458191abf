"""Verdicts: of one check, and of many together."""

from collections.abc import Iterable
from typing import Literal

from maskproof.errors import EXIT_FAIL, EXIT_INCONCLUSIVE, EXIT_PASS

Verdict = Literal["pass", "fail", "inconclusive"]

EXIT_STATUS: dict[Verdict, int] = {"pass": EXIT_PASS, "fail": EXIT_FAIL, "inconclusive": EXIT_INCONCLUSIVE}


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """
    Combine many verdicts into one: fail outranks inconclusive, which outranks pass. No verdict at all is inconclusive.

    Args:
        verdicts: In any order.

    """
    seen = set(verdicts)
    if "fail" in seen:
        return "fail"
    return "pass" if seen == {"pass"} else "inconclusive"
