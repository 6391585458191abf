"""The first layer masks by itself."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.unit.samples import LEDGER

from maskproof.forms.model import SecondLayer
from maskproof.suite.first_layer import check_first_layer


def test_a_guard_that_worked_where_options_cannot_reach_passes() -> None:
    """The evidence says how often, over all journeys."""
    outcome = check_first_layer(LEDGER, LEDGER)
    assert outcome.verdict == "pass"
    assert outcome.seen == ("the guard redacted 2 times where options cannot reach",)


def test_a_guard_that_had_to_work_for_the_first_layer_fails() -> None:
    """The problem names the channel and how often, in any journey."""
    outcome = check_first_layer(LEDGER, replace(LEDGER, guard_report={"first-layer:input value": 3}))
    assert outcome.problems == ("input value: the guard redacted 3 times what the tracker's options let through",)


def test_a_channel_that_was_clean_is_no_problem() -> None:
    """A count of zero is no redaction."""
    assert check_first_layer(replace(LEDGER, guard_report={"first-layer:title": 0})).verdict == "pass"


def test_a_guard_that_redacted_nothing_passes() -> None:
    """An empty report is a report: the first layer left it nothing to do."""
    assert check_first_layer(replace(LEDGER, guard_report={})).verdict == "pass"


def test_no_guard_is_missing_evidence() -> None:
    """A guard that was lost on the way looks like none, so that none has to be declared."""
    silent = replace(LEDGER, guard_report=None)
    outcome = check_first_layer(silent, silent)
    assert outcome.verdict == "inconclusive"
    assert "[app] guard = false" in outcome.explanation


@pytest.mark.parametrize(
    ("report", "verdict"),
    [(None, "pass"), ({}, "pass"), ({"first-layer:title": 1}, "fail")],
    ids=["no guard", "one with nothing to do", "one that had to work"],
)
def test_an_application_with_one_layer_is_judged_by_the_masking_check(
    report: Mapping[str, int] | None, verdict: str
) -> None:
    """It has no second layer that could hide a failing first one; one that reports all the same is judged."""
    ledger = replace(LEDGER, guard_report=report)
    assert check_first_layer(ledger, ledger, has_guard=False).verdict == verdict


def test_a_guard_that_is_there_once_only_is_inconclusive() -> None:
    """Both journeys use the same build, so both must report a guard."""
    outcome = check_first_layer(LEDGER, replace(LEDGER, guard_report=None))
    assert outcome.unseen == ("1 of 2 journeys ended without the guard's report",)


def test_no_journey_is_inconclusive() -> None:
    """Without a ledger there is no evidence."""
    assert check_first_layer().verdict == "inconclusive"


def test_a_channel_that_the_fixture_leaves_to_the_guard_is_said_and_no_problem() -> None:
    """The page logs by itself, where no rule reaches; every other channel is held to."""
    report = {"first-layer:console": 3, "first-layer:dom-text": 1}
    declared = [SecondLayer("console", "the page logs"), SecondLayer("analytics", "it may count")]
    outcome = check_first_layer(replace(LEDGER, guard_report=report), declared=declared)
    assert outcome.problems == ("dom-text: the guard redacted 1 times what the tracker's options let through",)
    assert outcome.seen == (
        "the guard redacted 0 times where options cannot reach",
        "declared second layer: console (the page logs): redacted 3 times",
        "declared second layer: analytics (it may count): never applied; take it away if it never does",
    )
