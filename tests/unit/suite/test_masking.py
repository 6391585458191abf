"""PII on the wire, in the stored session or in Umami is found, and a recording that shows too little is no pass."""

import base64
import gzip
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.unit.samples import (
    FORM,
    LEDGER,
    MESSAGES,
    Sent,
    journey_record,
    recording,
    umami_event,
    wire,
    with_wire,
    without,
)

from maskproof.forms.locators import Locator
from maskproof.forms.model import Field
from maskproof.json_fields import Json
from maskproof.leaks import ScanOptions
from maskproof.openreplay.client import Replay, SessionEvents, SessionInDatabase
from maskproof.openreplay.client.model import OpenReplayResponse
from maskproof.openreplay.encode import message
from maskproof.recording.journey_record import JourneyRecord, WireFile
from maskproof.recording.recorder import Case, Recorded
from maskproof.recording.stray import StrayRequest
from maskproof.settings import LeaksSettings
from maskproof.suite.masking import check_masking
from maskproof.verdicts.outcome import Outcome

SETTINGS = LeaksSettings("advisory", test_ranges=False, phone_regions=("US",), baseline=None, policy=None)
EMAIL = FORM.personas("seed").value("user.email").reveal()
FIELD: tuple[Sent, ...] = (
    message("CreateElementNode", 8, 0, 3, "INPUT", False),
    message("SetNodeAttribute", 8, "id", "email"),
)


def _check(mine: JourneyRecord, settings: LeaksSettings = SETTINGS, **changes: Any) -> Outcome:
    case = Case(replace(FORM, **changes), 1)
    recorded = Recorded(case=case, user=mine, twin=journey_record(), bare=LEDGER, fields=(), rules_used=frozenset())
    return check_masking(recorded, settings)


def _stored(*messages: Sent) -> JourneyRecord:
    return journey_record(recordings=(recording((*MESSAGES, *messages)),))


def _found(outcome: Outcome) -> set[tuple[str, str, str, str]]:
    return {(found["kind"], found["value_id"], found["system"], found["channel"]) for found in outcome.findings}


@pytest.mark.parametrize("recorded", [journey_record(), with_wire()], ids=["live", "with the wire"])
def test_a_recording_without_pii_passes(recorded: JourneyRecord) -> None:
    """The evidence says how much was searched, and for how many values."""
    outcome = _check(recorded)
    assert outcome.verdict == "pass", outcome.explanation
    assert "1 PII values: 1 searched for" in outcome.seen[1]


LEAKS = {
    "in the store": (_stored(message("ConsoleLog", "log", f"sent {EMAIL}")), "openreplay", "console"),
    "on the wire alone": (
        replace(with_wire(), wire=(WireFile("001.bin", "start", "", 0, "", is_accepted=True, data=EMAIL.encode()),)),
        "openreplay",
        "start request",
    ),
    "in an event that Umami stored": (
        journey_record(umami_events=(replace(umami_event("event", EMAIL), id="1"),)),
        "umami",
        "analytics event",
    ),
    "in what Umami was sent": (
        journey_record(umami_wire=({"body": EMAIL, "answer": ""},)),
        "umami",
        "analytics request",
    ),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_value_anywhere_fails(name: str) -> None:
    """The finding has value id, system and channel, and not the value."""
    recorded, system, channel = LEAKS[name]
    outcome = _check(recorded)
    assert outcome.verdict == "fail"
    assert ("value", "user.email", system, channel) in _found(outcome)
    assert EMAIL not in outcome.explanation


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recordings": (recording(without("SetNodeData")),)}, "no SetNodeData message"),
        ({"recordings": (recording(without("SetNodeData")),)}, "'Welcome to the demo' is not there"),
        ({"umami_events": ()}, "Umami: no event of this session"),
    ],
    ids=["messages", "control text", "analytics"],
)
def test_a_recording_that_shows_too_little_is_inconclusive(changes: dict[str, Any], expected: str) -> None:
    """No PII in an empty recording proves nothing."""
    outcome = _check(journey_record(**changes))
    assert outcome.verdict == "inconclusive"
    assert expected in outcome.explanation


def test_the_length_that_an_input_shows_belongs_to_its_field() -> None:
    """The policy accepts it by the category of the field, and the evidence says so."""
    outcome = _check(_stored(*FIELD, message("SetInputValue", 8, "", 24)))
    assert outcome.verdict == "pass", outcome.explanation
    (length,) = outcome.advisory
    assert (length["kind"], length["value_id"], length["category"]) == ("length", "user.email", "email")
    assert any(line.startswith("accepted by policy:obscured-inputs") for line in outcome.seen)


CVC = Field("cvc", "#cvc", "Security code", "payment", value="user.card_cvc")
DIGITS = FORM.personas("seed").value("user.card_cvc").reveal()
CVC_NODE: tuple[Sent, ...] = (
    message("CreateElementNode", 8, 0, 3, "INPUT", False),
    message("SetNodeAttribute", 8, "id", "cvc"),
)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (message("SetInputValue", 8, DIGITS, 0), {("value", "user.card_cvc", "openreplay", "input value")}),
        (message("SetNodeAttribute", 8, "value", DIGITS), {("value", "user.card_cvc", "openreplay", "attribute")}),
        (message("SetNodeAttribute", 8, "style", f"width: {DIGITS}px; height: 40px;"), set()),
        (message("SetNodeAttribute", 4, "title", DIGITS), set()),
    ],
    ids=["typed", "in an attribute", "as a width", "elsewhere"],
)
def test_a_short_value_may_not_stand_by_itself_at_its_node(shown: Sent, expected: set[Any]) -> None:
    """Digits within a size of the field are no finding: the tracker writes it to the same node."""
    fields = {**FORM.fields, "cvc": CVC}
    outcome = _check(_stored(*CVC_NODE, shown), fields=fields)
    assert _found(outcome) == expected


ZIP = FORM.personas("seed").value("user.zip").reveal()
CELL: tuple[Sent, ...] = (
    message("CreateElementNode", 8, 0, 3, "TD", False),
    message("SetNodeAttribute", 8, "id", "zip"),
    message("CreateTextNode", 9, 8, 0),
)


@pytest.mark.parametrize(
    ("shown", "is_named", "verdict"),
    [(ZIP, True, "fail"), ("*****", True, "pass"), ("*****", False, "inconclusive")],
    ids=["shown", "masked", "nowhere to look"],
)
def test_a_short_value_that_the_page_shows_is_compared_with_its_element(
    shown: str,
    is_named: bool,  # noqa: FBT001
    verdict: str,
) -> None:
    """With the texts in it; a fixture that does not say where it is shown leaves the check inconclusive."""
    cell = Field("planted user.zip", Locator("text", "ZIP"), "user.zip", "address", value="user.zip")
    mine = _stored(*CELL, message("SetNodeData", 9, shown))
    ledger = replace(LEDGER, addresses={cell.id: ('td[id="zip"]',)})
    both = replace(mine, ledger=ledger)
    case = Case(replace(FORM, planted=("user.zip",), shown=(cell,) if is_named else ()), 1)
    masked = replace(_stored(*CELL, message("SetNodeData", 9, "*****")), ledger=ledger)
    outcome = check_masking(
        Recorded(case=case, user=both, twin=masked, bare=LEDGER, fields=(), rules_used=frozenset()), SETTINGS
    )
    assert outcome.verdict == verdict, outcome.explanation
    if verdict == "fail":
        assert _found(outcome) == {("value", "user.zip", "openreplay", "dom text")}


SIDE_BY_SIDE: tuple[Sent, ...] = (
    message("CreateElementNode", 20, 0, 4, "P", False),
    message("CreateTextNode", 21, 20, 0),
    message("CreateTextNode", 22, 20, 1),
)


@pytest.mark.parametrize(("first", "reported"), [(9, 0), (len(EMAIL), 1)], ids=["together", "alone"])
def test_masks_side_by_side_show_no_length(first: int, reported: int) -> None:
    """Together they match a length by chance; a single mask as long as a value shows its length."""
    stars = message("SetNodeData", 21, "*" * first), message("SetNodeData", 22, "*" * abs(len(EMAIL) - first) or "-")
    outcome = _check(_stored(*SIDE_BY_SIDE, *stars))
    assert len({found["node"] for found in outcome.advisory}) == reported


def test_a_part_in_clear_fails() -> None:
    """The domain that a mask leaves readable belongs to the persona."""
    domain = EMAIL.partition("@")[2]
    outcome = _check(_stored(message("SetNodeData", 3, f"Sent to ***@{domain}")))
    assert _found(outcome) == {("partial", "user.email", "openreplay", "dom text")}


UNKNOWN = message("ConsoleLog", "log", "sent jane.doe42@gmail.com")


@pytest.mark.parametrize(
    ("mode", "verdict", "reported"), [("advisory", "pass", 1), ("gate", "fail", 0), ("off", "pass", 0)], ids=str
)
def test_pii_that_nobody_planted_is_reported_and_fails_by_its_switch(mode: Any, verdict: str, reported: int) -> None:
    """By default it is advisory."""
    outcome = _check(_stored(UNKNOWN), replace(SETTINGS, second_net=mode))
    assert outcome.verdict == verdict
    assert len(outcome.advisory) == reported
    assert {found["value_id"] for found in (*outcome.advisory, *outcome.findings)} <= {"pattern:email"}


def test_values_of_the_persona_are_reported_once() -> None:
    """Pattern-based detection does not repeat a value that is searched for, even if test ranges count."""
    settings = replace(SETTINGS, second_net="gate", test_ranges=True)
    outcome = _check(_stored(message("ConsoleLog", "log", f"sent {EMAIL}")), settings)
    assert {found["kind"] for found in outcome.findings} == {"value"}


def test_an_accepted_finding_passes_and_is_noted(tmp_path: Path) -> None:
    """An entry of the baseline accepts it by kind, channel and category."""
    path = tmp_path / "accepted.yaml"
    path.write_text(
        "version: 1\naccepted:\n  - id: known\n    match: {kind: value, channel: console, category: email}\n"
        "    reason: The vendor's widget logs it.\n    owner: Pat\n    expires: 2999-12-31\n",
        encoding="utf-8",
    )
    outcome = _check(_stored(message("ConsoleLog", "log", EMAIL)), replace(SETTINGS, baseline=path))
    assert outcome.verdict == "pass", outcome.explanation
    assert outcome.used == ("known",)
    assert [found["accepted_by"] for found in outcome.advisory] == ["known"]


def _kept(group: str, **event: Any) -> SessionInDatabase:
    """A database that keeps one event."""
    groups: dict[str, tuple[Json, ...]] = {"user_events": (), "issues": (), "errors": (), group: (event,)}
    return SessionInDatabase(events=SessionEvents(events=(), incidents=(), **groups))


@pytest.mark.parametrize(
    ("database", "channel"),
    [
        (_kept("user_events", name="order", properties={"mail": EMAIL}), "custom event"),
        (_kept("errors", message=f"no customer {EMAIL}"), "exception"),
        (_kept("issues", contextString=EMAIL), "issue"),
        (SessionInDatabase(public=({"$user_id": EMAIL},)), "session record"),
    ],
    ids=["custom event", "error", "issue", "public row"],
)
def test_a_value_that_the_database_alone_keeps_fails(database: SessionInDatabase, channel: str) -> None:
    """It is in no stored file; on a live target there is no wire that shows it."""
    outcome = _check(journey_record(database=database))
    assert {finding["channel"] for finding in outcome.findings} == {channel}


def test_a_database_that_was_not_searched_is_inconclusive() -> None:
    """Its gap is the missing evidence."""
    outcome = _check(journey_record(database=SessionInDatabase(gap="its events could not be read")))
    assert outcome.verdict == "inconclusive"
    assert "database: its events could not be read" in outcome.explanation


@pytest.mark.parametrize("system", ["openreplay", "umami"])
@pytest.mark.parametrize("part", ["path", "query to", "header x-note", "body"])
def test_a_value_in_a_request_that_nobody_reads_fails(system: str, part: str) -> None:
    """A body of bytes that are no text is searched too."""
    content: str | bytes = b"\xff" + EMAIL.encode() if part == "body" else f"/a/{EMAIL}"
    stray = StrayRequest(system, "POST", "unknown.jsonl:1", ((part, content),))
    outcome = _check(with_wire(stray=(stray,)))
    assert {(found["system"], found["channel"]) for found in outcome.findings} == {(system, "unknown request")}


@pytest.mark.parametrize("system", ["openreplay", "umami"])
def test_a_value_in_a_request_that_every_page_makes_fails(system: str) -> None:
    """A script that is asked for with a value has carried it away, although the request itself is no fault."""
    asked = StrayRequest(system, "GET", "asked.jsonl:1", (("query", f"u={EMAIL}"),))
    outcome = _check(with_wire(asked=(asked,)))
    assert {(found["system"], found["channel"]) for found in outcome.findings} == {(system, "request address")}
    assert _check(with_wire(asked=(replace(asked, parts=(("path", "/script.js"),)),))).verdict == "pass"


@pytest.mark.parametrize("where", ["upload", "send"])
def test_a_value_in_the_query_of_a_known_request_fails(where: str) -> None:
    """A body is not all that a request carries."""
    line = {"body": "{}", "answer": "", "query_string": f"u={EMAIL}"}
    mine = (
        with_wire(replace(wire(), query=f"batch=1&u={EMAIL}")) if where == "upload" else with_wire(umami_wire=(line,))
    )
    assert {found["channel"] for found in _check(mine).findings} == {"request address"}


def test_a_value_in_a_header_of_an_upload_fails() -> None:
    """Every header is searched."""
    outcome = _check(with_wire(replace(wire(), headers={"x-user": EMAIL})))
    assert {found["channel"] for found in outcome.findings} == {"request header"}


FRAMES = WireFile("003-images.bin", "images", "", 0, "", is_accepted=True, data=b"pixels")
CANVAS = """
version: 1
accepted:
  - id: signature-pad
    match: {kind: canvas, channel: canvas, form: FORM}
    reason: The pad draws the outline of the form alone; looked at by hand.
    owner: Pat
    expires: 2999-01-01
"""


def _with_canvas(where: str) -> JourneyRecord:
    """A recording with the frames of a canvas, stored or sent only."""
    if where == "sent":
        mine = with_wire()
        return replace(mine, wire=(*mine.wire, FRAMES))
    answer = {"domURL": [], "sessionId": "7", "startTs": 1, "canvasFrames": ["u/1_2.webp.frames.zst"]}
    replay = Replay.read(OpenReplayResponse(answer | {"canvasURL": ["u/1_2.tar.zst"]}, "replay"))
    return journey_record(database=SessionInDatabase(replays=(replay,)))


@pytest.mark.parametrize("where", ["stored", "sent"])
@pytest.mark.parametrize(("form", "verdict"), [("", "inconclusive"), ("other", "inconclusive"), (FORM.id, "pass")])
def test_a_recorded_canvas_is_no_pass_until_somebody_answers_for_it(
    tmp_path: Path, form: str, verdict: str, where: str
) -> None:
    """Pixels are not searched. An entry of the baseline names the form and the reason, and the report shows both."""
    (tmp_path / "accepted.yaml").write_text(CANVAS.replace("FORM", form or "other"), encoding="utf-8")
    settings = replace(SETTINGS, baseline=tmp_path / "accepted.yaml" if form else None)
    outcome = _check(_with_canvas(where), settings)
    assert outcome.verdict == verdict
    if verdict == "pass":
        assert outcome.used == ("signature-pad",)
        assert any("looked at by hand. (Pat); 1 recorded canvases" in line for line in outcome.seen)
    else:
        assert "1 recorded canvases" in outcome.unseen[-1]


def test_what_unpacks_to_too_much_is_never_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts of a recording share one budget; a value that stands in plain text beside the bomb still fails."""
    monkeypatch.setattr("maskproof.suite.masking.ScanOptions", partial(ScanOptions, unpack_limit=1 << 20))
    bomb = message("SetNodeData", 7, base64.b64encode(gzip.compress(bytes(3 << 20))).decode())
    outcome = _check(_stored(bomb))
    assert outcome.verdict == "inconclusive"
    assert "not scanned further: unpacks to more than 1 MB" in outcome.explanation
    assert _check(_stored(bomb, message("SetNodeData", 7, EMAIL))).verdict == "fail"
