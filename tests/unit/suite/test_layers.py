"""The first layer masks by itself."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.unit.samples import LEDGER

from maskproof.suite.layers import check_first_layer


def test_a_guard_that_worked_where_options_cannot_reach_passes() -> None:
    """It is said how often, over all journeys."""
    outcome = check_first_layer(LEDGER, LEDGER)
    assert outcome.verdict == "pass"
    assert outcome.seen == ("the guard redacted 2 times where options cannot reach",)


def test_a_guard_that_had_to_work_for_the_first_layer_fails() -> None:
    """The channel is named, and how often, in whichever journey."""
    outcome = check_first_layer(LEDGER, replace(LEDGER, guard_report={"first-layer:input value": 3}))
    assert outcome.problems == ("input value: the guard redacted 3 times what the tracker's options let through",)


def test_a_channel_that_was_clean_is_no_problem() -> None:
    """A count of none is none."""
    assert check_first_layer(replace(LEDGER, guard_report={"first-layer:title": 0})).verdict == "pass"


@pytest.mark.parametrize("report", [None, {}], ids=["no-guard", "nothing-redacted"])
def test_an_application_with_one_layer_is_judged_by_the_masking_check(report: Mapping[str, int] | None) -> None:
    """There is no second layer that could hide that the first fails."""
    assert check_first_layer(replace(LEDGER, guard_report=report)).verdict == "pass"


def test_a_guard_that_is_there_once_only_is_inconclusive() -> None:
    """Two journeys through one build have the same layers."""
    outcome = check_first_layer(LEDGER, replace(LEDGER, guard_report=None))
    assert outcome.unseen == ("1 of 2 journeys ended without the guard's report",)


def test_no_journey_is_inconclusive() -> None:
    """Nothing was seen."""
    assert check_first_layer().verdict == "inconclusive"
