"""A click that led away may be lost with the end of its page, and not by itself."""

from dataclasses import replace

import pytest
from tests.unit.samples import FORM, LEDGER, Sent, journey_record, recording, without

from maskproof.fidelity import check_fidelity
from maskproof.journey import Click
from maskproof.openreplay.encode import message
from maskproof.verdicts.outcome import Outcome

CLICKED_MS = 5000
LAST = message("Timestamp", 4900)
NEXT = message("Timestamp", 7000)
AFTER_IT = (message("Timestamp", 6200), message("SetNodeData", 3, "Sent"))
NAME = "click on 'Send'"


def checked(*tail: Sent, loads: tuple[str, ...] = ("/demo", "/thanks"), time_ms: int = CLICKED_MS) -> Outcome:
    """The outcome of a click that was not recorded, with the end of its page and what follows."""
    messages = [*without("MouseClick")[:-1], LAST, *tail, without("MouseClick")[-1]]
    click = Click("button", "Send", before_recording=False, loads=1, time_ms=time_ms)
    ledger = replace(LEDGER, clicks=(click,), loads=loads)
    return check_fidelity(FORM, journey_record(ledger=ledger, recordings=(recording(tuple(messages)),)))


def test_a_click_that_was_lost_with_the_end_of_its_page_is_no_fault() -> None:
    """Nothing after it arrived, and then the next page began; the report says that it was lost."""
    outcome = checked(NEXT)
    assert outcome.verdict == "pass", outcome.explanation
    assert any(line.startswith(f"{NAME} led away from its page") for line in outcome.seen)


@pytest.mark.parametrize(
    ("tail", "options"),
    [
        ((*AFTER_IT, NEXT), {}),
        ((NEXT,), {"loads": ("/demo",)}),
        ((), {}),
        ((NEXT,), {"time_ms": 0}),
    ],
    ids=["later messages arrived", "the page stayed", "no later page", "no time"],
)
def test_any_other_missing_click_is_a_problem(tail: tuple[Sent, ...], options: dict[str, object]) -> None:
    """The tracker had a chance to send it, or it is not known that it had none."""
    problems = checked(*tail, **options).problems  # type: ignore[arg-type]
    assert [problem for problem in problems if problem.startswith(NAME)]
