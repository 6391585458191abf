"""Two people who do the same leave the same recording: both sides."""

from dataclasses import replace

import pytest
from tests.unit.samples import FORM, LEDGER, MESSAGES, evidence, recording, umami_event

from maskproof.openreplay.encode import message
from maskproof.outcome import Outcome
from maskproof.recording.evidence import Evidence
from maskproof.recording.recorder import Case, Recorded
from maskproof.settings import LeaksSettings
from maskproof.suite.twins import check_twins

SETTINGS = LeaksSettings("advisory", test_ranges=False, phone_regions=("US",), baseline=None, policy=None)
TWIN = replace(evidence(), session_id="7100000000000000002", personas=FORM.personas("twin"))
OTHER = recording((*MESSAGES, message("SetNodeData", 3, "Welcome to the demo, somebody else")))


def check(user: Evidence, twin: Evidence) -> Outcome:
    """The outcome of a case."""
    recorded = Recorded(Case(FORM, 1), user=user, twin=twin, bare=LEDGER, fields=(), rules_used=frozenset())
    return check_twins(recorded, SETTINGS)


def test_equal_recordings_pass() -> None:
    """It is said how much was compared."""
    outcome = check(evidence(), TWIN)
    assert outcome.verdict == "pass", outcome.explanation
    assert outcome.seen[0].endswith(" texts compared")


def test_a_text_that_differs_fails() -> None:
    """Whatever it is that differs, it came from what was typed."""
    outcome = check(evidence(), replace(TWIN, recordings=(OTHER,)))
    assert outcome.verdict == "fail"
    assert {one["kind"] for one in outcome.findings} == {"difference"}


def test_analytics_that_differ_fail() -> None:
    """An address of a page that names the person."""
    events = (umami_event("pageview", path="/demo/one"), *evidence().umami_events[1:])
    assert check(evidence(), replace(TWIN, umami_events=events)).verdict == "fail"


@pytest.mark.parametrize(
    ("user", "twin", "unseen"),
    [
        (evidence(recordings=()), TWIN, ["the first person's session is not stored"]),
        (evidence(), replace(TWIN, recordings=()), ["the second person's session is not stored"]),
    ],
    ids=["first", "second"],
)
def test_a_session_that_was_lost_is_inconclusive(user: Evidence, twin: Evidence, unseen: list[str]) -> None:
    """Nothing and something are not two recordings that differ."""
    outcome = check(user, twin)
    assert (outcome.verdict, list(outcome.unseen)) == ("inconclusive", unseen)


def test_nothing_on_either_side_is_inconclusive() -> None:
    """Two empty recordings are equal, and say nothing."""
    assert check(evidence(recordings=()), replace(TWIN, recordings=())).verdict == "inconclusive"
