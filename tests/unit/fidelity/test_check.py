"""What must still be recorded: for each expectation, what is caught and what is let through."""

from dataclasses import replace

import pytest
from tests.unit.samples import FORM, LEDGER, MESSAGES, Sent, journey_record, recording, with_wire, without

from maskproof.fidelity import check_fidelity
from maskproof.forms.model import FormFixture, Step
from maskproof.journey import Click
from maskproof.journey.outline import OutlineNode, PageOutline
from maskproof.openreplay.encode import message
from maskproof.rules.coverage import FieldCoverage
from maskproof.verdicts.outcome import Outcome


def problems(messages: tuple[Sent, ...], form: FormFixture = FORM) -> tuple[str, ...]:
    """What the check says of a recording of these messages."""
    return check_fidelity(form, journey_record(recordings=(recording(messages),))).problems


def test_a_whole_recording_passes() -> None:
    """The evidence says how many values, clicks, navigations and texts were looked for."""
    outcome = check_fidelity(FORM, journey_record())
    assert outcome.verdict == "pass", outcome.explanation
    assert outcome.seen == (
        "looked for 2 plain fields and 1 texts of the page",
        "looked for 1 clicks and 2 navigations",
        (
            "final document: 1 elements and texts of the page, 0 texts outside of rules, 0 attributes, 0 style sheets "
            "and the address compared with the stored session"
        ),
        "fidelity: 100 % of 2 parts of the final page",
    )
    assert outcome.figures["share"] == 100


def test_a_final_page_that_is_recorded_otherwise_fails() -> None:
    """The page that the journey ended on has to be the document that the stored session ends with."""
    other = PageOutline("/thanks", (OutlineNode(0, "body"), OutlineNode(1, "h1")), (), ())
    record = journey_record(ledger=replace(LEDGER, outlines=(other,)))
    assert check_fidelity(FORM, record).problems == ("final document: body > h1 of the page is not in the recording",)


def test_a_page_that_changes_during_the_last_upload_passes() -> None:
    """The recording may show the page before or after the last upload."""
    other = PageOutline("/thanks", (OutlineNode(0, "body"), OutlineNode(1, "h1")), (), ())
    record = journey_record(ledger=replace(LEDGER, outlines=(other, *LEDGER.outlines)))
    assert check_fidelity(FORM, record).verdict == "pass"


def test_without_an_outline_nothing_is_known_of_the_final_page() -> None:
    """A ledger without an outline is missing evidence."""
    record = journey_record(ledger=replace(LEDGER, outlines=()))
    assert check_fidelity(FORM, record).unseen == ("the outline of the final page was not taken",)


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (without("SetInputValue"), "Plan (plan): its value 'blue-plan' is not in the recording"),
        (without("SetInputChecked"), "Terms (terms): that it was ticked is not in the recording"),
        (without("MouseClick"), "click on 'Send' (button) is not in the recording; recorded clicks: none"),
        (without("SetPageLocation", "Thanks"), "navigation to /thanks is not in the recording; recorded: /demo"),
        (without("SetNodeData"), "text 'Welcome to the demo' of the page is not in the recording"),
    ],
    ids=["value", "tick", "click", "navigation", "text"],
)
def test_what_is_missing_is_a_problem_that_names_it(messages: tuple[Sent, ...], expected: str) -> None:
    """Each kind of message that is taken away gives its own problem."""
    assert expected in problems(messages)


@pytest.mark.parametrize("masked", ["*********", ""])
def test_a_plain_value_that_is_masked_fails(masked: str) -> None:
    """Masking too much is a failure too."""
    replaced = tuple(message("SetInputValue", 1, masked, 0) if "blue-plan" in sent[1] else sent for sent in MESSAGES)
    assert problems(replaced) == ("Plan (plan): its value 'blue-plan' is not in the recording",)


def test_a_heading_that_is_masked_fails() -> None:
    """A text of the page is not PII, so it must be readable."""
    masked = tuple(message("SetNodeData", 3, "W****** t* t** d***") if 3 in sent[1][:1] else sent for sent in MESSAGES)
    assert problems(masked) == ("text 'Welcome to the demo' of the page is not in the recording",)


def test_a_value_at_another_field_does_not_count() -> None:
    """The plan has to stand where it was typed."""
    moved = tuple(message("SetInputValue", 2, "blue-plan", 0) if "blue-plan" in sent[1] else sent for sent in MESSAGES)
    assert problems(moved) == ("Plan (plan): its value 'blue-plan' is not in the recording",)


def test_each_click_needs_one_of_its_own() -> None:
    """One recorded click does not prove two."""
    twice = replace(LEDGER, clicks=LEDGER.clicks * 2)
    outcome = check_fidelity(FORM, journey_record(ledger=twice))
    assert outcome.problems == ("click on 'Send' (button) is not in the recording; recorded clicks: 'Send'",)


def test_a_plain_field_that_a_script_uses_is_looked_for_by_its_value() -> None:
    """A field that no step names is not skipped."""
    scripted = replace(FORM, steps=(Step("script", {"call": "scripts.py::fill"}, 10), FORM.steps[2]))
    assert problems(MESSAGES, scripted) == ()
    assert problems(without("SetInputValue"), scripted) == (
        "Plan (plan): its value 'blue-plan' is not in the recording",
    )


def test_a_click_before_the_recording_is_not_taken_for_recorded() -> None:
    """It is missing evidence, and no problem."""
    early = replace(LEDGER, clicks=(Click("button", "Send", before_recording=True),))
    outcome = check_fidelity(FORM, journey_record(ledger=early))
    assert outcome.verdict == "inconclusive"
    assert "click on 'Send' came before the recording began" in outcome.unseen


@pytest.mark.parametrize("name", ["CreateDocument", "CreateElementNode", "SetNodeData", "SetPageLocation"])
def test_a_kind_of_message_that_every_page_has_must_be_there(name: str) -> None:
    """Without it the recording is not that of a page."""
    outcome = check_fidelity(FORM, journey_record(recordings=(recording(without(name)),)))
    assert f"no {name} message is stored" in outcome.unseen


def test_nothing_recorded_is_never_a_pass() -> None:
    """This holds even for a form that expects nothing."""
    empty = replace(FORM, fields={}, controls=(), navigations=())
    outcome = check_fidelity(empty, journey_record(recordings=(), ledger=replace(LEDGER, clicks=())))
    assert outcome.verdict == "inconclusive"
    assert "the fixture names no text that must be found (controls)" in outcome.unseen


def with_plan(kind: str, **changes: str | tuple[str, ...]) -> Outcome:
    """The outcome for the plan of the form as a control of some type, whose value is not recorded."""
    form = replace(FORM, fields={**FORM.fields, "plan": replace(FORM.fields["plan"], **changes)})  # type: ignore[arg-type]
    coverage = FieldCoverage("demo", "plan", is_pii=False, rules=(), type=kind)
    return check_fidelity(form, journey_record(recordings=(recording(without("SetInputValue")),)), [coverage])


@pytest.mark.parametrize("kind", ["month", "week", "datetime-local", "url", "color"])
def test_a_type_that_the_tracker_records_no_value_of_is_named(kind: str) -> None:
    """The rules are not to blame, and the message says how a fixture acknowledges it."""
    (problem,) = with_plan(kind).problems
    assert f"the tracker records no value of an input of type {kind}" in problem
    assert "not_recorded: WHY" in problem
    acknowledged = with_plan(kind, not_recorded="as the tracker has it")
    assert acknowledged.verdict == "pass", acknowledged.explanation
    assert "declared not recorded: Plan (plan) (as the tracker has it)" in acknowledged.seen


@pytest.mark.parametrize("kind", ["text", "select-one", "textarea", "date", "number"])
def test_a_type_that_the_tracker_records_cannot_be_acknowledged(kind: str) -> None:
    """Otherwise masking too much could be declared away."""
    (problem,) = with_plan(kind, not_recorded="it is masked").problems
    assert problem.endswith(f"is not in the recording; not_recorded does not hold for type {kind}")


def chosen(*others: str, not_recorded: str = "") -> Outcome:
    """The outcome for a select with several choices, of which only the first is recorded."""
    plan = replace(FORM.fields["plan"], others=others, not_recorded=not_recorded)
    form = replace(FORM, fields={**FORM.fields, "plan": plan})
    return check_fidelity(form, journey_record(), [FieldCoverage("demo", "plan", False, (), "select-multiple")])


def test_of_a_multiple_select_the_choices_that_are_lost_are_named() -> None:
    """The tracker records the first one alone."""
    (problem,) = chosen("red-plan").problems
    assert "records the first chosen option alone, not 'red-plan'" in problem
    assert chosen("red-plan", not_recorded="the first alone").verdict == "pass"


def test_a_multiple_select_of_which_nothing_is_recorded_fails() -> None:
    """The first choice has to be there, whatever the fixture acknowledges."""
    assert with_plan("select-multiple", others=("red-plan",), not_recorded="the first alone").verdict == "fail"


def test_an_acknowledgement_that_never_applied_is_reported() -> None:
    """The field is recorded after all."""
    plan = replace(FORM.fields["plan"], not_recorded="no such type")
    outcome = check_fidelity(replace(FORM, fields={**FORM.fields, "plan": plan}), journey_record())
    assert outcome.verdict == "pass"
    assert any("never applied" in line for line in outcome.seen)


def test_what_was_recorded_is_shown_without_a_value() -> None:
    """A label or a path of a recording may be a leak."""
    email = journey_record().personas.value("user.email").reveal()
    leaked = tuple(
        message("MouseClick", 4, 0, f"Mail to {email}", "button", 0, 0) if "Send" in sent[1] else sent
        for sent in MESSAGES
    )
    (problem,) = problems(leaked)
    assert problem.endswith("recorded clicks: 'Mail to [user.email]'")


def test_a_click_that_left_the_page_names_the_uploads_that_were_cut_off() -> None:
    """No browser guarantees that the last upload of a page still goes out."""
    ledger = replace(LEDGER, batches_cut_off=("1_1", "1_3"))
    record = with_wire(ledger=ledger, recordings=(recording(without("MouseClick")),))
    (problem,) = check_fidelity(FORM, record).problems
    assert problem.endswith("the browser cut off uploads as their page was left, which may have held it: 1_3")


@pytest.mark.parametrize(
    ("route", "problems"),
    [
        ("/thanks#/paid", ()),
        ("/thanks", ()),
        ("/thanks#/gone", ("navigation to /thanks#/gone is not in the recording; recorded: /demo | /thanks#/paid",)),
    ],
)
def test_a_hash_route_is_looked_for(route: str, problems: tuple[str, ...]) -> None:
    """A path without one is found with any."""
    routed = message("SetPageLocation", "http://127.0.0.1:1/thanks?x=1#/paid", "", 2000, "Thanks")
    messages = (*without("SetPageLocation", "Thanks"), routed)
    outcome = check_fidelity(
        replace(FORM, navigations=("/demo", route)), journey_record(recordings=(recording(messages),))
    )
    assert tuple(line for line in outcome.problems if "navigation" in line) == problems
