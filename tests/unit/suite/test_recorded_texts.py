"""The texts of a recording for people to read, without a value."""

import json
from dataclasses import replace

import pytest
from tests.unit.samples import FORM, MESSAGES, Sent, journey_record, recording, umami_event

from maskproof.openreplay.encode import message
from maskproof.recording.recorder import Case, personas_of
from maskproof.suite.recorded_texts import RecordedTexts, recorded_texts
from maskproof.suite.safe_outcome import CaseRedaction
from maskproof.suite.static_content import StaticContent

CASE = Case(FORM, 2)
STATIC = StaticContent(['"Welcome to the demo"'])
SAFE = CaseRedaction("seed").of(CASE)
EMAIL = personas_of(CASE, "seed", "user").value("user.email").reveal()


def _texts(*more: Sent, **changes: object) -> RecordedTexts:
    record = journey_record(recordings=(recording((*MESSAGES, *more)),), **changes)
    return recorded_texts(record, STATIC, SAFE)


def _said(texts: RecordedTexts) -> list[str]:
    return [str(row["text"]) for row in texts.session]


def test_every_text_that_is_not_the_applications_own_is_shown() -> None:
    """With its channel and place; how many were left out is said."""
    texts = _texts()
    assert "blue-plan" in _said(texts)
    assert "Welcome to the demo" not in _said(texts)
    assert texts.static == 1
    assert {"input value", "url"} <= {row["channel"] for row in texts.session}


def test_the_same_text_in_one_place_is_one_row() -> None:
    """With how often it was recorded."""
    texts = _texts(*[message("SetInputValue", 1, "again", 0)] * 3)
    (row,) = [row for row in texts.session if row["text"] == "again"]
    assert row["count"] == 3


LEAKS: dict[str, tuple[Sent, ...]] = {
    "as typed": (message("SetInputValue", 1, EMAIL, 0),),
    "key by key": tuple(message("SetInputValue", 1, EMAIL[:size], 0) for size in range(1, len(EMAIL) + 1)),
    "one event a key": tuple(message("CustomEvent", "key", letter) for letter in EMAIL),
    "in neighbouring texts": (
        message("CreateElementNode", 20, 4, 0, "P", False),
        message("CreateTextNode", 21, 20, 0),
        message("SetNodeData", 21, EMAIL[:6]),
        message("CreateTextNode", 22, 20, 1),
        message("SetNodeData", 22, EMAIL[6:]),
    ),
    "as a part of a longer text": (message("ConsoleLog", "log", f"saved {EMAIL} now"),),
}


@pytest.mark.parametrize("name", LEAKS)
def test_no_text_shows_a_value_or_its_parts(name: str) -> None:
    """The row is there, and what it says is hidden."""
    texts = _texts(*LEAKS[name])
    shown = json.dumps([texts.session, texts.database, texts.analytics])
    assert EMAIL not in shown
    assert any("[redacted]" in said for said in _said(texts))
    letters = [said for said in _said(texts) if said and EMAIL.startswith(said) and len(said) > 3]
    assert letters == []


def test_events_of_the_analytics_are_shown() -> None:
    """What Umami gives back; a value in it is hidden."""
    event = replace(umami_event("event", "sent"), query=f"mail={EMAIL}")
    rows = {row["field"]: row["text"] for row in _texts(umami_events=(event,)).analytics}
    assert rows["event.eventName"] == "sent"
    assert EMAIL not in str(rows["event.urlQuery"])


def test_what_was_searched_is_counted_by_channel() -> None:
    """Texts that are left out of the rows are counted too."""
    looked_at = _texts().looked_at
    assert looked_at["dom text"] >= 1
    assert looked_at["analytics page view"] >= 1
