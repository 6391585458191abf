"""What did not pass is put into causes."""

from dataclasses import replace

from tests.unit.evidence.conftest import FINDING, result

from maskproof.evidence.causes import causes
from maskproof.journey.model import REFERENCE
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result


def of(check: str, outcome: Outcome, *, form: str = "demo", protocol: int = 1) -> Result:
    """The result of one check."""
    return Result.of(check, outcome, form=form, protocol=protocol, started=0.0)


def test_a_pass_has_no_cause() -> None:
    """Nor has a run without results."""
    assert causes([result("masking")]) == causes([]) == []


def test_findings_of_one_category_in_one_channel_are_one_cause() -> None:
    """However many forms, values, nodes and encodings there are."""
    other = {**FINDING, "value_id": "other1.email", "node": "div", "encoding": []}
    (cause,) = causes(
        [
            of("masking", Outcome(findings=(FINDING, other))),
            of("masking", Outcome(findings=(FINDING,)), form="order"),
        ]
    )
    assert cause.text == "email is recorded in openreplay console"
    assert (cause.count, cause.forms, cause.checks) == (3, ("demo", "order"), ("masking",))


def test_lines_that_differ_by_ids_and_numbers_are_one_cause() -> None:
    """The form's name is one of them."""
    found = causes(
        [
            of("capture", Outcome(problems=(f"session {number} of {form} was started and is not stored",)), form=form)
            for number, form in ((7261873648721, "demo"), (91, "order"))
        ]
    )
    assert [(cause.count, cause.forms) for cause in found] == [(2, ("demo", "order"))]


def test_what_all_checks_of_a_journey_say_is_one_cause() -> None:
    """A journey that does not end is missing evidence of each of them."""
    stuck = Outcome(unseen=("step 3 of demo: the button is not there",))
    (cause,) = causes([of("masking", stuck), of("fidelity", stuck), of("capture", stuck)])
    assert cause.checks == ("masking", "fidelity", "capture")


def test_checks_that_refer_to_another_are_no_cause_of_their_own() -> None:
    """One check says why; the others only that it does."""
    stuck = of("behaviour", Outcome(unseen=("step 3 of demo: the button is not there",)))
    others = [of(check, Outcome(unseen=(f"{REFERENCE}behaviour: step 3",))) for check in ("masking", "twin")]
    assert [cause.text for cause in causes([*others, stuck])] == ["step 3 of demo: the button is not there"]


def test_a_reference_to_what_was_not_asked_is_a_cause() -> None:
    """Else a run with fewer checks would say nothing of a journey that did not end, beside another form's fault."""
    refers = of("masking", Outcome(unseen=(f"{REFERENCE}behaviour: step 3",)))
    other = of("behaviour", Outcome(problems=("the form is not submitted",)), form="order")
    assert [cause.forms for cause in causes([refers, other])] == [("order",), ("demo",)]


def test_a_problem_beside_findings_is_a_cause_of_its_own() -> None:
    """It does not hide behind them."""
    found = causes([of("masking", Outcome(problems=("the guard is off",), findings=(FINDING,)))])
    assert [cause.text for cause in found] == ["email is recorded in openreplay console", "the guard is off"]


def test_leaks_come_first_and_what_nobody_saw_last() -> None:
    """Of two alike, the one that is there more often."""
    phone = {**FINDING, "category": "phone"}
    found = causes(
        [
            result("masking", "inconclusive"),
            of("analytics", Outcome(problems=("no event",))),
            of("masking", Outcome(findings=(FINDING, phone, phone))),
        ]
    )
    assert [cause.text.split()[0] for cause in found] == ["phone", "email", "no", "nothing"]


def test_a_difference_without_a_category_is_named_as_one() -> None:
    """The differential test knows no values."""
    finding = {**FINDING, "kind": "difference", "category": ""}
    (cause,) = causes([replace(of("twin", Outcome(findings=(finding,))))])
    assert cause.text == "two people differ in openreplay console"
