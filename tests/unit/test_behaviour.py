"""The form has to behave as without tracking: what each comparison catches and what it lets through."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.samples import FORM, LEDGER

from maskproof.behaviour import broken, check_behaviour
from maskproof.journey import BrokenByTracking, Submission
from maskproof.verdicts.outcome import Outcome

BARE = replace(LEDGER, build="bare", starts=(), sends=(), batches=(), guard_report=None, gap_ms=None)
POST = LEDGER.submissions[0]


def with_tracking(**changes: Any) -> Outcome:
    """The outcome if the instrumented build does something else."""
    return check_behaviour(FORM, replace(LEDGER, **changes), BARE)


def test_two_builds_that_do_the_same_pass() -> None:
    """Two equal ledgers pass, and the outcome says how much was compared."""
    outcome = check_behaviour(FORM, LEDGER, BARE)
    assert outcome.verdict == "pass", outcome.explanation
    assert outcome.seen[1] == "1 validation messages, 1 submissions, 2 navigations, 3 lines of final document"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"messages": (("#email-error", "Sorry"),)},
            "validation messages differ: -('#email-error', 'Enter an address') | +('#email-error', 'Sorry')",
        ),
        ({"messages": ()}, "validation messages differ: -('#email-error', 'Enter an address')"),
        ({"navigations": ("/demo",)}, "navigation differ: -/thanks"),
        ({"final_path": "/demo"}, "final page differ: -/thanks | +/demo"),
        ({"final_dom": "<body>\n <h1>\n  Sorry"}, "final document differ: -  Thanks | +  Sorry"),
        ({"console_errors": ("TypeError",)}, "console errors differ: +TypeError"),
        ({"steps": LEDGER.steps[:1]}, "steps differ: -fill (line 10)"),
    ],
    ids=["other-message", "no-message", "navigation", "page", "document", "console", "steps"],
)
def test_a_difference_fails_and_is_shown(changes: dict[str, Any], problem: str) -> None:
    """The problem shows the lines that differ, without and with tracking."""
    outcome = with_tracking(**changes)
    assert outcome.verdict == "fail"
    assert outcome.problems == (problem,)


@pytest.mark.parametrize(
    "submissions",
    [
        (),
        (replace(POST, body={"email": "[user.email]", "plan": "red-plan"}),),
        (replace(POST, body={"plan": "blue-plan"}),),
        (replace(POST, path="/api/other"),),
        (replace(POST, method="PUT"),),
    ],
    ids=["none", "other-value", "no-value", "other-path", "other-method"],
)
def test_another_submission_fails(submissions: tuple[Submission, ...]) -> None:
    """It differs from the bare build and from what the fixture expects."""
    problems = with_tracking(submissions=submissions).problems
    assert problems[0].startswith("submissions differ: ")
    assert problems[1].startswith("instrumented: POST /api/demo was never sent with")


def test_a_submission_that_is_sent_twice_fails() -> None:
    """The second submission is one too many, though the first is as expected."""
    (problem,) = with_tracking(submissions=(POST, POST)).problems
    assert problem.startswith("submissions differ: +POST /api/demo 200")


def test_another_answer_to_a_submission_fails() -> None:
    """Another status of the response is a difference."""
    assert with_tracking(submissions=(replace(POST, status=422),)).verdict == "fail"


def test_what_neither_build_submits_fails() -> None:
    """Equal builds fail if neither sends what the fixture expects."""
    nothing = replace(LEDGER, submissions=())
    problems = check_behaviour(FORM, nothing, replace(BARE, submissions=())).problems
    assert [problem.partition(":")[0] for problem in problems] == ["bare", "instrumented"]


def test_more_fields_than_the_fixture_names_are_fine() -> None:
    """The fixture need not name the fields that a page adds itself."""
    more = (replace(POST, body={**POST.body, "csrf": "x"}),)
    assert check_behaviour(FORM, replace(LEDGER, submissions=more), replace(BARE, submissions=more)).verdict == "pass"


def test_long_differences_are_cut() -> None:
    """Only the first lines of a long difference are shown, and how many more there are."""
    (problem,) = with_tracking(final_dom="\n".join(f"<p{number}>" for number in range(20))).problems
    assert problem.endswith(" ... and 17 more")


@pytest.mark.parametrize("changes", [{"final_dom": ""}, {"steps": ()}], ids=["document", "steps"])
def test_nothing_to_compare_is_inconclusive(changes: dict[str, Any]) -> None:
    """Two empty ledgers are equal and prove nothing."""
    outcome = check_behaviour(FORM, replace(LEDGER, **changes), replace(BARE, **changes))
    assert outcome.verdict == "inconclusive"


def test_a_journey_that_tracking_breaks_fails() -> None:
    """The outcome is a fail that names the step."""
    outcome = broken(BrokenByTracking("forms/demo.yaml:12: step click cannot be done"))
    assert outcome.verdict == "fail"
    assert "forms/demo.yaml:12" in outcome.explanation
