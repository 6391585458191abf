"""How criteria stand, by the last run and by what was found outside of runs."""

import pytest

from maskproof.verdicts.criteria import Criterion
from maskproof.verdicts.proofs import BY_PERSON, EVALUATED, FAILED, LIVE, NOT_CHECKED, Proof
from maskproof.verdicts.standing import LastRun, standings
from maskproof.verdicts.verdict import Verdict

RUN_CHECKED = Criterion("A", "a", "checks", ("masking", "twin"))
SIGNED = Criterion("B", "b", "audit", note="the officer")


@pytest.mark.parametrize(
    ("asked", "state"),
    [
        ({"masking": "pass", "twin": "pass"}, "verified"),
        ({"masking": "pass", "twin": "fail"}, "failed"),
        ({"masking": "pass", "twin": "inconclusive"}, "inconclusive"),
        ({"masking": "pass"}, NOT_CHECKED),
    ],
    ids=["pass", "fail", "inconclusive", "one did not run"],
)
def test_checks_are_judged_by_the_last_run(asked: dict[str, Verdict], state: str) -> None:
    """The evidence names the checks and the run."""
    (one,) = standings([RUN_CHECKED], LastRun("yesterday", asked), {})
    assert (one.state, one.evidence) == (state, "checks masking, twin of the run of yesterday")
    assert one.is_met == (state == "verified")


def test_before_any_run_nothing_is_checked() -> None:
    """The evidence says what would speak for it."""
    by_run, by_person = standings([RUN_CHECKED, SIGNED], None, {})
    assert (by_run.state, by_run.evidence) == (NOT_CHECKED, "no run has asked: maskproof verify")
    assert (by_person.state, by_person.evidence) == (
        NOT_CHECKED,
        "a person looks at recordings, and signs (the officer)",
    )


@pytest.mark.parametrize(
    ("given", "state", "is_met"),
    [
        (LIVE, "verified", True),
        (EVALUATED, EVALUATED, True),
        (BY_PERSON, BY_PERSON, True),
        (FAILED, "failed", False),
        (NOT_CHECKED, NOT_CHECKED, False),
    ],
)
def test_what_was_found_outside_is_the_state(given: str, state: str, *, is_met: bool) -> None:
    """Never of a criterion that checks speak for."""
    proofs = {"A": Proof(given, "seen"), "B": Proof(given, "seen")}
    by_run, other = standings([RUN_CHECKED, SIGNED], None, proofs)
    assert (other.state, other.is_met, other.evidence) == (state, is_met, "seen (the officer)")
    assert by_run.state == NOT_CHECKED
