"""The form has to behave as without tracking: what each comparison catches and what it lets through."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.samples import FORM, LEDGER

from maskproof.behaviour import broken, check_behaviour
from maskproof.forms.model import VolatileElement, VolatileSubmission
from maskproof.forms.polls import Poll
from maskproof.journey import BrokenByTracking, Click, Submission
from maskproof.journey.model import CUT_OFF_STATUS, UNREAD
from maskproof.verdicts.declared import is_limit
from maskproof.verdicts.outcome import Outcome

BARE = replace(
    LEDGER, build="bare", starts=(), sends=(), sends_refused=(), sends_unanswered=(), batches=(), guard_report=None
)
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
    assert [problem.partition(":")[0] for problem in problems] == ["both builds"]


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


RATE = Submission("POST", "/api/rate", {"stars": 5, "at": 1, "meta": [{"key": "a"}]}, 200)
AT = VolatileSubmission("POST", "/api/rate", "at", "a clock")
KEY = VolatileSubmission("POST", "/api/rate", "meta.*.key", "an idempotency key")


def rated(*declared: VolatileSubmission, **changes: Any) -> Outcome:
    """The outcome if both builds rate, the instrumented one differently, with these declarations."""
    form = replace(FORM, submits=(), volatile_submissions=declared)
    mine = replace(LEDGER, submissions=(replace(RATE, **changes),))
    return check_behaviour(form, mine, replace(BARE, submissions=(RATE,)))


def test_a_declared_part_of_a_submission_may_differ() -> None:
    """The reason and how often it applied are evidence."""
    outcome = rated(AT, KEY, body={"stars": 5, "at": 2, "meta": [{"key": "b"}]})
    assert outcome.verdict == "pass", outcome.explanation
    assert "declared volatile: POST /api/rate at (a clock): left out in 2 places" in outcome.seen


@pytest.mark.parametrize(
    "body",
    [
        {"stars": 4, "at": 2, "meta": [{"key": "a"}]},
        {"stars": 5, "meta": [{"key": "a"}]},
        {"stars": 5, "at": 1, "meta": [{"key": "b"}]},
        {"stars": 5, "at": 1, "meta": [{"key": "a"}], "more": 1},
    ],
    ids=["beside", "gone", "elsewhere", "more"],
)
def test_whatever_is_not_declared_has_to_be_equal(body: object) -> None:
    """Only the value at the declared path is left out, and it has to be there."""
    assert rated(AT, body=body).verdict == "fail"


def test_a_declaration_is_of_one_request() -> None:
    """One of another method or path applies to nothing, and is reported as such."""
    other = VolatileSubmission("PUT", "/api/rate", "at", "a clock")
    outcome = rated(other, body={**RATE.body, "at": 2})
    assert outcome.verdict == "fail"
    assert any(
        line.startswith("declared volatile: PUT /api/rate at") and "never applied" in line for line in outcome.seen
    )


def test_a_declared_step_of_the_url_may_differ() -> None:
    """An id that the page makes up; other steps have to be equal."""
    declared = VolatileSubmission("POST", "/api/*", "", "an id")
    assert rated(declared, path="/api/8f3a").verdict == "pass"
    assert rated(declared, path="/other/rate").verdict == "fail"
    assert rated(declared, path="/api/rate/more").verdict == "fail"


def test_an_element_that_was_declared_is_evidence_and_one_that_never_was_there_too() -> None:
    """What was left out of the final document is counted while the page settles."""
    elements = (VolatileElement(".ripple", "a decoration"), VolatileElement(".gone", "a clock"))
    mine = replace(LEDGER, volatile_elements={".ripple": 1, ".gone": 0})
    seen = check_behaviour(replace(FORM, volatile_elements=elements), mine, BARE).seen
    assert "declared volatile: document .ripple (a decoration): left out in 1 places" in seen
    assert any("document .gone (a clock): never applied" in line for line in seen)


LINK = Click("#lamps", "Lamps", before_recording=False, loads=1, is_umami_link=True)


def test_a_full_load_in_place_of_routing_names_umamis_link() -> None:
    """The link's attribute makes Umami's script load the page of the link."""
    home = replace(BARE, loads=("/demo",))
    broken = replace(LEDGER, loads=("/demo", "/thanks"), clicks=(LINK,))
    (problem,) = check_behaviour(FORM, broken, home).problems
    assert problem.startswith("documents loaded differ: +/thanks; a link with data-umami-event was clicked")


@pytest.mark.parametrize(
    "click", [replace(LINK, is_umami_link=False), replace(LINK, loads=0)], ids=["other-link", "other-load"]
)
def test_another_cause_of_a_full_load_is_not_guessed(click: Click) -> None:
    """The load is a problem all the same."""
    broken = replace(LEDGER, loads=("/demo", "/thanks"), clicks=(click,))
    (problem,) = check_behaviour(FORM, broken, replace(BARE, loads=("/demo",))).problems
    assert problem == "documents loaded differ: +/thanks"


def test_a_link_that_loads_a_page_on_both_builds_is_fine() -> None:
    """Umami's script follows an ordinary link as the browser would."""
    loads = ("/demo", "/thanks")
    outcome = check_behaviour(FORM, replace(LEDGER, loads=loads, clicks=(LINK,)), replace(BARE, loads=loads))
    assert outcome.verdict == "pass", outcome.explanation


def test_what_was_submitted_instead_is_shown() -> None:
    """A submission that is missing may have gone elsewhere."""
    other = (replace(POST, path="/api/other"),)
    (problem,) = check_behaviour(FORM, replace(LEDGER, submissions=other), replace(BARE, submissions=other)).problems
    assert problem.endswith("sent: nothing there, but POST /api/other")


def test_a_select_of_several_choices_submits_a_list() -> None:
    """Its expected body names all that is chosen."""
    plan = replace(FORM.fields["plan"], others=("red-plan",))
    submit = replace(FORM.submits[0], body={"plan": {"field": "plan"}})
    form = replace(FORM, fields={**FORM.fields, "plan": plan}, submits=(submit,))
    sent = (replace(POST, body={"plan": ["blue-plan", "red-plan"]}),)
    outcome = check_behaviour(form, replace(LEDGER, submissions=sent), replace(BARE, submissions=sent))
    assert outcome.verdict == "pass", outcome.explanation


@pytest.mark.parametrize("status", [200, 422, CUT_OFF_STATUS])
def test_a_submission_that_was_cut_off_may_have_any_answer(status: int) -> None:
    """A page that is left ends its requests: whether the answer comes first is chance."""
    cut, answered = replace(POST, status=CUT_OFF_STATUS), replace(POST, status=status)
    for one, other in ((cut, answered), (answered, cut)):
        mine, bare = replace(LEDGER, submissions=(one,)), replace(BARE, submissions=(other,))
        assert check_behaviour(FORM, mine, bare).verdict == "pass"


def test_a_submission_without_an_answer_is_no_cut_off() -> None:
    """It failed on one build alone, while its page was there."""
    assert with_tracking(submissions=(replace(POST, status=0),)).verdict == "fail"


def test_a_submission_that_was_cut_off_has_to_be_sent_by_both() -> None:
    """Only its answer is left to chance."""
    assert with_tracking(submissions=(replace(POST, status=CUT_OFF_STATUS, body={}),)).verdict == "fail"


@pytest.mark.parametrize("tracked", [{"starts": LEDGER.starts}, {"sends": LEDGER.sends}], ids=["session", "event"])
def test_a_bare_build_that_tracks_is_nothing_to_compare_with(tracked: dict[str, Any]) -> None:
    """Two builds that do the same are no evidence if both track."""
    outcome = check_behaviour(FORM, LEDGER, replace(BARE, **tracked))
    assert outcome.verdict == "inconclusive"
    assert "the bare build tracks" in outcome.explanation


@pytest.mark.parametrize("is_off", [False, True])
def test_what_tracking_off_cannot_show_is_said(*, is_off: bool) -> None:
    """Where it stands for the bare build, and only there."""
    outcome = check_behaviour(FORM, LEDGER, BARE, is_off=is_off)
    assert outcome.verdict == "pass"
    assert any(map(is_limit, outcome.seen)) is is_off


def test_a_module_that_needs_its_configuration_is_named_as_the_cause() -> None:
    """With tracking off it gets an empty one; an error with tracking has another cause."""
    broken_off = check_behaviour(FORM, LEDGER, replace(BARE, console_errors=("TypeError",)), is_off=True)
    assert "/tracking-config.json holds {}" in broken_off.explanation
    broken_on = check_behaviour(FORM, replace(LEDGER, console_errors=("TypeError",)), BARE, is_off=True)
    assert broken_on.problems == ("console errors differ: +TypeError",)


POLL = Poll("POST", "/api/rooms/*", "it asks every two seconds")
ASKED = Submission("POST", "/api/rooms/7", {"n": 1}, 200)


def polled(
    mine: Sequence[Submission], bare: Sequence[Submission], *polls: Poll, errors: Sequence[Sequence[str]] = ((), ())
) -> Outcome:
    """The outcome of two builds that poll, beside what the form submits, with the console errors of each."""
    with_tracking = replace(LEDGER, submissions=(POST, *mine), console_errors=tuple(errors[0]))
    without = replace(BARE, submissions=(*bare, POST), console_errors=tuple(errors[1]))
    return check_behaviour(replace(FORM, polls=polls), with_tracking, without)


def test_how_often_a_page_polls_is_no_difference() -> None:
    """Nor what it sends meanwhile, nor an error of each; the reason and how often it applied are evidence."""
    again = [replace(ASKED, body={"n": number}) for number in range(3)]
    failing = "Failed to load resource: 404 (/api/rooms/7)"
    outcome = polled(again, [ASKED], POLL, errors=([failing] * 3, [failing]))
    assert outcome.verdict == "pass", outcome.explanation
    assert "declared volatile: poll POST /api/rooms/* (it asks every two seconds): left out in 4 places" in outcome.seen


def test_without_a_declaration_another_count_is_a_difference() -> None:
    """It could be the trackers' doing."""
    assert polled([ASKED, ASKED], [ASKED]).verdict == "fail"


@pytest.mark.parametrize(
    ("mine", "bare", "problem"),
    [
        ([], [ASKED, ASKED], "made 2 times on the bare build, and never on the instrumented one"),
        ([ASKED, ASKED], [], "made 2 times on the instrumented build, and never on the bare one"),
        ([replace(ASKED, status=500)], [ASKED], "answers to poll POST /api/rooms/* differ: -200 | +500"),
        ([replace(ASKED, path="/api/rooms/7/9")], [ASKED], "submissions differ"),
    ],
    ids=["stopped", "added", "refused", "another path"],
)
def test_a_poll_that_tracking_changes_is_a_difference(
    mine: list[Submission], bare: list[Submission], problem: str
) -> None:
    """The declaration is of how often, and of nothing else."""
    outcome = polled(mine, bare, POLL)
    assert outcome.verdict == "fail"
    assert problem in outcome.explanation


def test_a_first_poll_that_came_too_late_is_chance() -> None:
    """A journey may end before it."""
    assert polled([ASKED], [], POLL).verdict == "pass"


def test_errors_that_are_no_polls_are_counted() -> None:
    """A page that fails twice as often fails."""
    failing = "Failed to load resource: 404 (/api/plans)"
    assert polled([], [], POLL, errors=([failing] * 2, [failing])).verdict == "fail"


def test_a_submission_whose_body_could_not_be_read_is_missing_evidence() -> None:
    """Alike on both builds, it is not called missing; and it is no pass."""
    unread = (replace(POST, body=UNREAD),)
    outcome = check_behaviour(FORM, replace(LEDGER, submissions=unread), replace(BARE, submissions=unread))
    assert outcome.problems == ()
    assert outcome.verdict == "inconclusive"
    assert "what 1 submissions of the bare build carried could not be read" in outcome.unseen


def test_a_submission_that_never_arrived_has_no_body_to_read() -> None:
    """Nothing left the browser, so nothing is missing but its answer."""
    sent = (*LEDGER.submissions, replace(POST, body=UNREAD, status=0))
    outcome = check_behaviour(FORM, replace(LEDGER, submissions=sent), replace(BARE, submissions=sent))
    assert outcome.verdict == "pass", outcome.explanation
