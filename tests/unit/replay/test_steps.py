"""The steps of a stored session."""

from tests.unit.samples import MESSAGES, recording

from maskproof.openreplay.encode import message
from maskproof.openreplay.session import SessionView
from maskproof.replay.steps import steps_of


def test_a_step_is_the_page_before_a_click_and_the_last_one_is_the_end() -> None:
    """What a click changes is not on the page of its step."""
    first = (*MESSAGES[:-2], message("Timestamp", 5000), *MESSAGES[-2:-1], message("SetNodeData", 3, "changed"))
    steps = steps_of(SessionView([recording(first)]))
    assert [step.title for step in steps] == ["step 1: before a click", "step 2: the end"]
    assert [step.document.text_of(3) for step in steps] == ["Welcome to the demo", "changed"]
    assert [step.time_ms for step in steps] == [4999, 5000]


def test_a_session_without_a_page_has_no_step() -> None:
    """There is nothing to draw."""
    assert steps_of(SessionView([recording((message("Timestamp", 1), message("ConsoleLog", "log", "x")))])) == []
