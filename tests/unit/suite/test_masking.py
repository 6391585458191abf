"""No PII is recorded, and the proof that it would have been seen: both sides."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.samples import FORM, LEDGER, MESSAGES, Sent, evidence, recording, umami_event, wire, with_wire, without

from maskproof.forms.model import Field
from maskproof.openreplay.encode import message
from maskproof.outcome import Outcome
from maskproof.recording.evidence import Evidence
from maskproof.recording.recorder import Case, Recorded
from maskproof.settings import LeaksSettings
from maskproof.suite.masking import check_masking
from maskproof.umami.model import UmamiDatum

SETTINGS = LeaksSettings("advisory", test_ranges=False, phone_regions=("US",), baseline=None, policy=None)
WITH_ZIP = replace(FORM, fields={**FORM.fields, "zip": Field("zip", "#zip", "ZIP", "address", value="user.zip")})
ZIP_NODE = (message("CreateElementNode", 9, 0, 3, "INPUT", False), message("SetNodeAttribute", 9, "id", "zip"))
PERSONAS = WITH_ZIP.personas("seed")
EMAIL, ZIP = (PERSONAS.value(f"user.{kind}").reveal() for kind in ("email", "zip"))


def check(user: Evidence, form: Any = FORM) -> Outcome:
    """The outcome of a case whose twin is clean."""
    clean = evidence(personas=PERSONAS, recordings=(recording((*MESSAGES, *ZIP_NODE)),))
    recorded = Recorded(Case(form, 1), user=user, twin=clean, bare=LEDGER, fields=(), rules_used=frozenset())
    return check_masking(recorded, SETTINGS)


def stored(*more: Sent, messages: tuple[Sent, ...] = MESSAGES) -> Evidence:
    """Evidence of a stored session with more messages."""
    return evidence(personas=PERSONAS, recordings=(recording((*messages, *more)),))


def test_a_clean_recording_passes() -> None:
    """It is said how much was searched for."""
    outcome = check(evidence(personas=PERSONAS))
    assert outcome.verdict == "pass", outcome.explanation
    assert "1 PII values: 1 searched for, 0 held against their own nodes" in outcome.seen


@pytest.mark.parametrize(
    ("seen", "system"),
    [
        (stored(message("SetNodeData", 3, f"Hello {EMAIL}")), "openreplay"),
        (with_wire(wire((*MESSAGES, message("SetNodeData", 3, EMAIL))), personas=PERSONAS), "openreplay"),
        (evidence(personas=PERSONAS, umami_events=(umami_event("pageview", path=f"/people/{EMAIL}"),)), "umami"),
        (evidence(personas=PERSONAS, umami_data=(UmamiDatum("sent", "to", EMAIL, "e1"),)), "umami"),
        (evidence(personas=PERSONAS, umami_wire=({"body": f'{{"x": "{EMAIL}"}}', "answer": ""},)), "umami"),
    ],
    ids=["stored", "wire", "event", "event-data", "umami-wire"],
)
def test_a_value_fails_wherever_it_is(seen: Evidence, system: str) -> None:
    """The finding names the value's id and the system, never the value."""
    outcome = check(seen)
    assert outcome.verdict == "fail"
    assert ("user.email", system) in {(one["value_id"], one["system"]) for one in outcome.findings}
    assert EMAIL not in repr(outcome)


def test_a_short_value_at_its_own_node_fails() -> None:
    """Five digits cannot be searched for, but may not stand where they were typed."""
    outcome = check(stored(*ZIP_NODE, message("SetInputValue", 9, ZIP, 0)), WITH_ZIP)
    assert [one["value_id"] for one in outcome.findings] == ["user.zip"]


def test_a_short_value_elsewhere_is_no_finding() -> None:
    """It may be any number."""
    assert check(stored(*ZIP_NODE, message("SetNodeData", 3, f"Welcome to the demo {ZIP}")), WITH_ZIP).verdict == "pass"


def test_a_short_value_whose_node_is_not_there_is_inconclusive() -> None:
    """It was held against nothing."""
    outcome = check(stored(), WITH_ZIP)
    assert outcome.unseen == ("stored session: user.zip is too short to search for and #zip is not there",)


def test_a_short_value_without_a_field_is_inconclusive() -> None:
    """What is planted in the page has to be long enough."""
    outcome = check(stored(*ZIP_NODE), replace(FORM, planted=("user.zip",)))
    assert "stored session: user.zip is too short to search for and belongs to no field" in outcome.unseen


@pytest.mark.parametrize(
    ("seen", "unseen"),
    [
        (evidence(personas=PERSONAS, recordings=()), "stored session: no CreateDocument message"),
        (stored(messages=without("SetNodeData")), "stored session: 'Welcome to the demo' is not there"),
        (with_wire(personas=PERSONAS, batches=()), "wire: no CreateDocument message"),
        (evidence(personas=PERSONAS, umami_events=()), "Umami: no event of this session"),
    ],
    ids=["not-stored", "other-page", "no-wire", "no-event"],
)
def test_where_nothing_was_recorded_finding_nothing_is_inconclusive(seen: Evidence, unseen: str) -> None:
    """Each source has to show that it saw the page."""
    outcome = check(seen)
    assert outcome.verdict == "inconclusive"
    assert unseen in outcome.unseen
