"""What a run says of the owner's requirements."""

import pytest
from tests.unit.evidence.conftest import ALL_CHECKS, requirement_checks, result, whole_run

from maskproof.verdicts.criteria import NOT_CHECKED, REQUIREMENTS, answers
from maskproof.verdicts.results import Result

MASKING, MANUAL = "4.4 AC3", "4.4 AC4"


def verdict_of(requirement: str, results: list[Result], missing: tuple[str, ...] = ()) -> str:
    """The verdict of one requirement."""
    return next(answer.verdict for answer in answers(results, missing) if answer.id == requirement)


def test_a_whole_run_answers_what_it_checks() -> None:
    """And says of the rest that nothing checked it."""
    assert verdict_of(MASKING, whole_run()) == "pass"
    assert verdict_of(MANUAL, whole_run()) == NOT_CHECKED


@pytest.mark.parametrize("verdict", ["fail", "inconclusive"])
def test_one_form_that_does_not_pass_takes_the_pass_away(verdict: str) -> None:
    """However many do."""
    assert verdict_of(MASKING, [*whole_run(), result("masking", verdict, form="other")]) == verdict


def test_a_requirement_whose_check_did_not_run_is_not_checked() -> None:
    """Half an answer is none."""
    assert verdict_of(MASKING, [one for one in whole_run() if one.check != "twin"]) == NOT_CHECKED


def test_a_form_that_was_not_checked_takes_the_pass_away() -> None:
    """The requirement is about all forms."""
    assert verdict_of(MASKING, whole_run(), ("twin other-v2",)) == "inconclusive"
    assert verdict_of(MASKING, whole_run(), ("fidelity other-v2",)) == "pass"


def test_nothing_run_is_nothing_checked() -> None:
    """Not one requirement is a pass."""
    assert {answer.verdict for answer in answers([])} == {NOT_CHECKED}


def test_requirements_name_known_checks_and_are_told_apart() -> None:
    """A check that is renamed does not leave a requirement behind."""
    assert requirement_checks() <= set(ALL_CHECKS)
    assert len({one.id for one in REQUIREMENTS}) == len(REQUIREMENTS)
