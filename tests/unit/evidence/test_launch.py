"""The launch checklist shows what is met, and what somebody has still to sign."""

from maskproof.evidence.launch import launch_checklist
from maskproof.verdicts.proofs import NOT_CHECKED
from maskproof.verdicts.standing import Standing


def test_an_item_that_is_not_met_has_an_empty_box() -> None:
    """Its evidence says what is wanted; a sign that ends a cell is no markup."""
    text = launch_checklist(
        [
            Standing("L1", "Everything arrives", "verified", ("capture",), "check capture"),
            Standing("L2", "Alarms | rang", NOT_CHECKED, (), "a person signs"),
        ]
    )
    lines = text.splitlines()
    assert lines[2] == "1 of 2 items are met."
    assert "| [x] | Everything arrives | verified | check capture |" in lines
    assert "| [ ] | Alarms \\| rang | not checked | a person signs |" in lines
