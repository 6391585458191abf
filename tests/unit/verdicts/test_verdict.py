"""Verdicts."""

import pytest

from maskproof.verdicts.verdict import Verdict, combine


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["pass", "pass"], "pass"),
        (["pass", "inconclusive"], "inconclusive"),
        (["inconclusive", "fail", "pass"], "fail"),
        ([], "inconclusive"),
    ],
)
def test_a_failure_outranks_and_nothing_is_never_a_pass(verdicts: list[Verdict], expected: Verdict) -> None:
    """Fail wins over inconclusive, inconclusive over pass, and an empty run is inconclusive."""
    assert combine(verdicts) == expected
