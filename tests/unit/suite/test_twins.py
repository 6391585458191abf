"""Two recordings of one case."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.samples import FORM, LEDGER, MESSAGES, Sent, journey_record, recording, umami_event, with_wire

from maskproof.forms.polls import Poll
from maskproof.journey import Click, Ledger, Send
from maskproof.openreplay.client import SessionEvents, SessionInDatabase
from maskproof.openreplay.encode import message
from maskproof.recording.journey_record import JourneyRecord, WireFile
from maskproof.recording.recorder import Case, Recorded
from maskproof.settings import LeaksSettings
from maskproof.suite.twins import check_twins
from maskproof.verdicts.outcome import Outcome

SETTINGS = LeaksSettings("advisory", test_ranges=False, phone_regions=("US",), baseline=None, policy=None)
FIELD: tuple[Sent, ...] = (
    message("CreateElementNode", 8, 0, 3, "INPUT", False),
    message("SetNodeAttribute", 8, "id", "email"),
)


def _check(mine: JourneyRecord, other: JourneyRecord, **changes: Any) -> Outcome:
    case = Case(replace(FORM, **changes), 1)
    recorded = Recorded(case=case, user=mine, twin=other, bare=LEDGER, fields=(), rules_used=frozenset())
    return check_twins(recorded, SETTINGS)


def _stored(*messages: Sent) -> JourneyRecord:
    return journey_record(recordings=(recording((*MESSAGES, *messages)),))


def _found(outcome: Outcome) -> set[tuple[str, str, str]]:
    return {(found["kind"], found["message"], found["field"]) for found in (*outcome.findings, *outcome.advisory)}


def test_recordings_that_are_the_same_pass() -> None:
    """The evidence says how many texts of store, wire and analytics were compared."""
    outcome = _check(with_wire(), with_wire())
    assert outcome.verdict == "pass", outcome.explanation
    assert len(outcome.seen) == 4


def test_a_difference_in_the_store_fails() -> None:
    """The finding names message and field."""
    mine, other = (_stored(message("ConsoleLog", "log", text)) for text in ("qzv", "wkp"))
    outcome = _check(mine, other)
    assert outcome.verdict == "fail"
    assert _found(outcome) == {("difference", "ConsoleLog", "Value")}


class Takes:
    """
    Recordings of both people, one pair after the other, and how many were asked for.

    Args:
        states: What the first and the second person leave in each take, one attribute each.

    """

    def __init__(self, *states: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        self._waiting = [(_styled(*mine), _styled(*other)) for mine, other in states]
        self.asked = 0

    def __call__(self) -> tuple[JourneyRecord, JourneyRecord]:
        """Record both people again."""
        self.asked += 1
        return self._waiting.pop(0)

    def check(self) -> Outcome:
        """Compare the first recordings, and what is recorded again."""
        mine, other = self._waiting.pop(0)
        recorded = Recorded(Case(FORM, 1), mine, other, LEDGER, fields=(), rules_used=frozenset())
        return check_twins(recorded, SETTINGS, self)


def _styled(*states: str) -> JourneyRecord:
    return _stored(*FIELD, *(message("SetNodeAttribute", 8, "class", state) for state in states))


def test_a_state_that_each_person_leaves_in_one_recording_is_no_difference() -> None:
    """Which states of a transition are recorded is a matter of the clock; the evidence says that it was done again."""
    takes = Takes((("row hovered",), ()), ((), ()), (("row leaving",), ("row hovered", "row leaving")))
    outcome = takes.check()
    assert (outcome.verdict, takes.asked) == ("pass", 2), outcome.explanation
    assert "both people were recorded 3 times, and what each left once is shared" in outcome.seen


@pytest.mark.parametrize("later", [((), ()), (("row qzv",), ())], ids=["once", "always"])
def test_what_only_one_person_ever_leaves_is_a_difference(later: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    """However seldom it comes: a text about a person may be one of those that the clock decides on."""
    takes = Takes((("row qzv",), ()), later, later)
    outcome = takes.check()
    assert (outcome.verdict, takes.asked) == ("fail", 2)
    assert ("difference", "SetNodeAttribute", "Value") in _found(outcome)


def test_texts_of_both_people_that_differ_are_not_recorded_again() -> None:
    """Where each person left another text, it is no matter of the clock."""
    takes = Takes((("row qzv",), ("row wkp",)))
    assert (takes.check().verdict, takes.asked) == ("fail", 0)


LEFT = replace(LEDGER, clicks=(Click("a", "", before_recording=False, names=("Prices",)),), loads=("/", "/prices"))
STAYED = replace(LEFT, loads=())


def _clicked(ledger: Ledger, label: str = "Prices") -> tuple[JourneyRecord, JourneyRecord]:
    """Two recordings of a click, of which one lost it."""
    click = message("MouseClick", 8, 0, label, "#email", 0, 0)
    mine, other = _stored(*FIELD, click), _stored(*FIELD)
    return replace(mine, ledger=ledger), replace(other, ledger=ledger)


def test_a_click_that_led_away_and_was_lost_is_no_difference() -> None:
    """Whether its upload was cut off as the page was left is chance, for either person."""
    mine, other = _clicked(LEFT)
    assert _check(mine, other).verdict == "pass", _check(mine, other).explanation
    assert _check(other, mine).verdict == "pass"


@pytest.mark.parametrize(
    ("ledger", "label"), [(STAYED, "Prices"), (LEFT, "Prices of Quelmorn")], ids=["the page stayed", "another label"]
)
def test_any_other_click_of_one_person_is_a_difference(ledger: Ledger, label: str) -> None:
    """A click that did not lead away cannot be lost, and a label that the page did not give may hold a value."""
    assert _check(*_clicked(ledger, label)).verdict == "fail"


def test_a_click_that_led_away_with_two_labels_is_a_difference() -> None:
    """If both clicks arrived, their labels are compared."""
    mine, _ = _clicked(LEFT)
    other, _ = _clicked(LEFT, "Rates")
    assert _check(mine, other).verdict == "fail"


def test_a_declared_difference_passes() -> None:
    """The form fixture names fields that differ in every session."""
    mine, other = (_stored(message("ConsoleLog", "log", text)) for text in ("qzv", "wkp"))
    outcome = _check(mine, other, volatile=({"message": "ConsoleLog"},))
    assert outcome.verdict == "pass", outcome.explanation


@pytest.mark.parametrize(("category", "verdict"), [("email", "pass"), ("password", "fail")])
def test_lengths_of_masks_are_accepted_by_the_category_of_the_field(category: str, verdict: str) -> None:
    """An obscured field may show its length, and the evidence says why; a hidden one may not."""
    mine, other = (_stored(*FIELD, message("SetInputValue", 8, "", mask)) for mask in (9, 7))
    fields = {"email": replace(FORM.fields["email"], category=category)}
    secret = mine.personas.value("user.email")
    secret.category = category
    outcome = _check(mine, other, fields=fields)
    assert outcome.verdict == verdict
    assert _found(outcome) == {("length", "SetInputValue", "Mask")}
    assert any("policy:obscured-inputs" in line for line in outcome.seen) is (verdict == "pass")


def test_a_difference_in_the_start_request_fails() -> None:
    """Ids and clocks of a session are left out of the comparison."""
    mine, other = (
        journey_record(wire=(_start(userID=who, userUUID=who, timestamp=number),))
        for number, who in enumerate(("q", "w"))
    )
    assert _found(_check(mine, other)) == {("difference", "start", "userID")}


def _start(**data: object) -> WireFile:
    return WireFile("001.bin", "start", "", 0, "", is_accepted=True, data=json.dumps(data).encode())


def test_a_difference_in_what_umami_stored_fails() -> None:
    """One more event, or another name, page or title, is a difference."""
    other = journey_record(umami_events=(umami_event("pageview"), umami_event("event", "other", "/thanks")))
    found = _found(_check(journey_record(), other))
    assert ("difference", "event", "eventName") in found


def test_a_difference_in_what_umami_was_sent_fails_and_shows_no_key() -> None:
    """The application makes the keys of event data, so a key may hold what was typed."""
    mine, other = (
        journey_record(umami_wire=({"body": json.dumps({"payload": {"data": {key: 1}}}), "answer": ""},))
        for key in ("qzv", "wkp")
    )
    outcome = _check(mine, other)
    assert _found(outcome) == {("difference", "send", "payload.data.(keys)")}
    assert not any(key in outcome.explanation for key in ("qzv", "wkp"))


def test_nothing_to_compare_is_inconclusive() -> None:
    """Two empty recordings are equal, and prove nothing."""
    nothing = journey_record(recordings=(), umami_events=())
    assert _check(nothing, nothing).verdict == "inconclusive"


def _kept(properties: object, **changes: Any) -> JourneyRecord:
    """A journey whose database keeps a custom event, two clicks and an error."""
    events = SessionEvents(
        events=({"type": "CLICK", "label": str(changes)}, {"type": "LOCATION"}),
        user_events=({"name": "order", "properties": properties, "timestamp": len(str(changes))},),
        issues=(),
        incidents=(),
        errors=({"name": "Error", "message": "lost"},),
    )
    return journey_record(database=SessionInDatabase(events=events), **changes)


def test_a_difference_in_what_the_database_alone_keeps_fails() -> None:
    """It has the name of the message that it came by; clicks, which the server merges, are not compared."""
    assert _found(_check(_kept({"a": 1}), _kept({"a": 1}, umami_data=()))) == set()
    assert _found(_check(_kept({"a": 1}), _kept({"a": 2}))) == {("difference", "CustomEvent", "Payload")}


def _with_issue(kind: str, text: str) -> JourneyRecord:
    """A journey with one click, in which the server saw an issue."""
    issue = {"issueType": kind, "contextString": text, "timestamp": 1}
    events = SessionEvents(events=(), user_events=(), issues=(issue,), incidents=(), errors=())
    stored = recording((*MESSAGES, message("MouseClick", 5, 0, "Save", "#save", 0, 0)))
    return journey_record(recordings=(stored,), database=SessionInDatabase(events=events))


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("click_rage", "Save", set()),
        ("click_rage", "Save Brauzin", {("difference", "IssueEvent", "ContextString")}),
        ("custom", "Save", {("difference", "IssueEvent", "Type")}),
    ],
    ids=["by the clock", "of its own", "of the application"],
)
def test_whether_three_clicks_are_an_issue_depends_on_the_clock(
    kind: str, text: str, found: set[tuple[str, str, str]]
) -> None:
    """An issue that repeats the label of a click says nothing more than the click; any other text is compared."""
    mine = _with_issue(kind, text)
    none = SessionEvents(events=(), user_events=(), issues=(), incidents=(), errors=())
    assert _found(_check(mine, replace(mine, database=SessionInDatabase(events=none)))) == found


def test_declared_nondeterminism_counts_for_the_database_too() -> None:
    """The declaration names message and field, as on the wire."""
    form = replace(FORM, volatile=({"message": "CustomEvent", "field": "Payload"},))
    recorded = Recorded(
        case=Case(form, 1), user=_kept({"at": 1}), twin=_kept({"at": 2}), bare=LEDGER, fields=(), rules_used=frozenset()
    )
    assert check_twins(recorded, SETTINGS).verdict == "pass"


def test_with_a_wire_the_database_is_not_compared_again() -> None:
    """Each of its texts was compared on the wire."""
    sides = [replace(with_wire(), database=_kept({"a": number}).database) for number in (1, 2)]
    assert _found(_check(*sides)) == set()


def test_a_live_comparison_without_the_database_is_inconclusive() -> None:
    """What was not read cannot differ."""
    gap = SessionInDatabase(gap="its events could not be read")
    assert _check(journey_record(database=gap), journey_record(database=gap)).verdict == "inconclusive"


def test_each_declaration_is_evidence_with_its_reason() -> None:
    """One that names a place that neither recording has never applied."""
    volatile = ({"message": "ConsoleLog", "why": "a clock"}, {"message": "ConsoleLog", "field": "Gone"})
    outcome = _check(*[_stored(message("ConsoleLog", "log", text)) for text in ("qzv", "wkp")], volatile=volatile)
    assert "declared volatile: ConsoleLog (a clock): left out in 3 places" in outcome.seen
    assert any(line.startswith("declared volatile: ConsoleLog.Gone: never applied") for line in outcome.seen)


def _leaving(*, arrived: bool, name: str = "left") -> JourneyRecord:
    """A journey whose last event was cut off as its page was left, and arrived or not."""
    ledger = replace(LEDGER, sends_unanswered=(Send("event", name, "", url="/demo?x=1"),))
    body = json.dumps({"type": "event", "payload": {"name": name, "url": "/demo?x=1"}})
    events = (umami_event("pageview"), *[umami_event("event", name)] * arrived)
    return journey_record(ledger=ledger, umami_events=events, umami_wire=({"body": body, "answer": ""},) * arrived)


def test_an_event_that_was_cut_off_may_arrive_of_one_person_alone() -> None:
    """Whether it arrives as its page is left is the network's chance, and says nothing about a person."""
    for arrived in (True, False):
        outcome = _check(_leaving(arrived=True), _leaving(arrived=arrived))
        assert outcome.verdict == "pass", outcome.explanation


def test_an_event_that_was_cut_off_is_compared_all_the_same() -> None:
    """Where the other page sent another event in its place, or none, the two people differ."""
    for other in (_leaving(arrived=True, name="left Ann"), journey_record(umami_events=(umami_event("pageview"),))):
        assert _check(_leaving(arrived=True), other).verdict == "fail"


def test_an_event_that_nothing_cut_off_has_to_be_of_both() -> None:
    """Its absence is a difference."""
    whole = replace(_leaving(arrived=True), ledger=LEDGER)
    assert _check(whole, journey_record(umami_events=(umami_event("pageview"),))).verdict == "fail"


def _asking(*urls: str) -> JourneyRecord:
    """A recording of a page that asks for these URLs."""
    return _stored(
        *(message("NetworkRequest", "fetch", "GET", url, "", "", 200, 1, 1, 50 + at) for at, url in enumerate(urls))
    )


@pytest.mark.parametrize(
    ("polls", "verdict"),
    [
        ((), "fail"),
        ((Poll("GET", "/api/rooms", "a clock"),), "pass"),
        ((Poll("GET", "/api/other", "a clock"),), "fail"),
    ],
    ids=["not declared", "declared", "another one is"],
)
def test_a_page_that_polls_differs_only_if_it_is_not_declared(polls: tuple[Poll, ...], verdict: str) -> None:
    """What each poll carries, the clock decides; the declaration is evidence, also one that never applied."""
    mine, other = _asking("/api/rooms?t=1"), _asking("/api/rooms?t=2", "/api/rooms?t=3")
    outcome = _check(mine, other, polls=polls)
    assert outcome.verdict == verdict, outcome.explanation
    lines = [line for line in outcome.seen if "poll GET" in line]
    assert len(lines) == len(polls)
    assert all(("never applied" in line) is (verdict == "fail") for line in lines)
