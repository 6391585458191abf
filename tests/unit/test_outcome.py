"""Outcomes of checks."""

from maskproof.outcome import Outcome, joined


def test_a_check_that_saw_nothing_is_inconclusive() -> None:
    """An empty outcome is never a pass."""
    assert Outcome().verdict == "inconclusive"


def test_what_had_to_be_seen_and_was_not_is_inconclusive() -> None:
    """Something unseen takes the pass away, a problem outranks it."""
    assert Outcome(seen=("a",), unseen=("b",)).verdict == "inconclusive"
    assert Outcome(seen=("a",), unseen=("b",), problems=("c",)).verdict == "fail"
    assert Outcome(seen=("a",)).verdict == "pass"


def test_joining_keeps_every_part() -> None:
    """Joined outcomes fail if one of them does."""
    whole = joined([Outcome(seen=("a",)), Outcome(seen=("b",), problems=("c",))])
    assert whole.seen == ("a", "b")
    assert whole.verdict == "fail"
