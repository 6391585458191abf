"""What must still be recorded: for each expectation, what is caught and what is let through."""

from dataclasses import replace

import pytest
from tests.unit.samples import FORM, LEDGER, MESSAGES, Sent, journey_record, recording, without

from maskproof.fidelity import check_fidelity
from maskproof.forms.model import FormFixture, Step
from maskproof.journey import Click
from maskproof.journey.outline import OutlineNode, PageOutline
from maskproof.openreplay.encode import message


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
            "final document: 1 elements and texts of the page, 0 texts outside of rules, 0 style sheets and the "
            "address compared with the stored session"
        ),
    )


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
        (without("MouseClick"), "click on 'Send' (button) is not in the recording"),
        (without("SetPageLocation", "Thanks"), "navigation to /thanks is not in the recording"),
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
    assert outcome.problems == ("click on 'Send' (button) is not in the recording",)


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
