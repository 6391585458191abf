"""Verdicts: what one check says, and what many say together."""

from collections.abc import Iterable
from typing import Literal

from maskproof.errors import EXIT_FAIL, EXIT_INCONCLUSIVE, EXIT_PASS

Verdict = Literal["pass", "fail", "inconclusive"]

EXIT_STATUS: dict[Verdict, int] = {"pass": EXIT_PASS, "fail": EXIT_FAIL, "inconclusive": EXIT_INCONCLUSIVE}


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """
    One verdict of many: a failure outranks what says nothing, and nothing at all is never a pass.

    Args:
        verdicts: In any order.

    """
    seen = set(verdicts)
    if "fail" in seen:
        return "fail"
    return "pass" if seen == {"pass"} else "inconclusive"
