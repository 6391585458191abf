"""Pulling what a journey left behind, from the collector with recorded uploads and from recorded answers of Umami."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.conftest import DATA, Server
from tests.unit.openreplay.collector.conftest import FakeTracker
from tests.unit.samples import FORM, LEDGER
from tests.unit.umami.conftest import FOLDER_3, SPAN_3, WEBSITE_3, client_of

from maskproof.capture.message_counts import lost_messages
from maskproof.clock import now_ms
from maskproof.errors import Inconclusive
from maskproof.journey import Ledger, Send, SessionStart
from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector, CollectorAddresses, Faults
from maskproof.recording import stored_sessions
from maskproof.recording.addresses import AppAddresses
from maskproof.recording.journey_record import ask_for, pull
from maskproof.recording.stored_uploads import lost_uploads
from maskproof.recording.target import Target

FIRST, IDENTIFIED = "95099d46-1fb7-5386-b97a-34b6b7b37a3d", "e44ca851-34cc-5752-adfd-66896fe28459"
PERSONAS = FORM.personas("seed")


@pytest.fixture
def addresses(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[CollectorAddresses]:
    """The addresses of a running collector with the faults of the parameter."""
    collector = Collector(tmp_path, session_idle_s=0.05, faults=getattr(request, "param", None))
    yield collector.start()
    collector.stop()


@pytest.fixture
def tracker(addresses: CollectorAddresses) -> FakeTracker:
    """A tracker that sends recorded uploads of the real one."""
    return FakeTracker(addresses.ingest, addresses.project_key)


@pytest.fixture
def target(addresses: CollectorAddresses, server: Server, tmp_path: Path) -> Target:
    """A target of the collector and of recorded answers of Umami 3.1."""
    server.give(FOLDER_3, "version", "login-ok", "website-get", "events", "event-data-by-id", "event-data-by-id-click")
    server.give(FOLDER_3, "session-get-identified", "session-properties-identified")
    server.give(FOLDER_3, "session-get-first", "session-properties-first")
    return Target(
        app=AppAddresses("", ""),
        project_id="1",
        website_id=WEBSITE_3,
        openreplay=OpenReplayClient(addresses.api, user=addresses.user, password=addresses.password),
        umami=client_of(server),
        work_dir=tmp_path,
        session_deadline_s=10,
    )


def ledger_of(session: str, *umami: str) -> Ledger:
    """A ledger that names these sessions."""
    return replace(
        LEDGER,
        starts=(SessionStart(200, session, "", 0),),
        sends=tuple(Send("event", "", session_id) for session_id in umami),
        started_ms=SPAN_3["start_ms"],
        ended_ms=SPAN_3["end_ms"],
    )


@pytest.mark.parametrize(("folder", "protocol"), [("v1", 1), ("v2", 2), ("v2-no-assets", 2)])
def test_what_was_sent_is_pulled_whole(tracker: FakeTracker, target: Target, folder: str, protocol: int) -> None:
    """Wire and store agree in every upload and every message, repetitions included."""
    tracker.protocol = protocol
    seen = pull(target, ledger_of(tracker.repeat_recorded(folder, times=2)), PERSONAS)
    assert seen.stored_sessions == (seen.session_id,)
    assert {file.endpoint for file in seen.wire} == {"start", "i"}
    assert all(file.is_accepted for file in seen.wire)
    assert seen.batches
    assert list(lost_messages(seen)) == []


@pytest.mark.parametrize("addresses", [Faults(drop_batches=1)], indirect=True)
def test_an_upload_that_is_accepted_and_forgotten_is_noticed(tracker: FakeTracker, target: Target) -> None:
    """Messages that are on the wire and not in the store are listed as lost."""
    tracker.protocol = 1
    seen = pull(target, ledger_of(tracker.repeat_recorded("v1")), PERSONAS)
    assert any(line.startswith("CreateElementNode: ") for line in lost_messages(seen))


@pytest.mark.parametrize("addresses", [Faults(lose_answers=1)], indirect=True)
def test_the_answer_of_a_retry_speaks_for_its_first_try(tracker: FakeTracker, target: Target) -> None:
    """An upload that was kept and answered 503 counts as accepted once its repetition is answered 200."""
    seen = pull(target, ledger_of(tracker.repeat_recorded("v2", times=2)), PERSONAS)
    assert all(file.is_accepted for file in seen.wire)


def test_a_session_that_is_never_stored_leaves_no_recording(tracker: FakeTracker, target: Target) -> None:
    """It gives evidence without recordings, not an error."""
    tracker.start()
    never = replace(target, session_deadline_s=0.5)
    seen = pull(never, ledger_of(str(tracker.session["sessionID"])), PERSONAS)
    assert (seen.stored_sessions, seen.recordings) == ((), ())


def test_events_and_data_of_the_journey_alone_are_kept(tracker: FakeTracker, target: Target) -> None:
    """Events of other sessions of the website are left out."""
    seen = pull(target, ledger_of(tracker.repeat_recorded("v2"), FIRST), PERSONAS)
    assert {event.session_id for event in seen.umami_events} == {FIRST}
    assert {datum.event_name for datum in seen.umami_data} == {"checkout", "newsletter-click"}


def test_what_identify_left_is_kept_with_the_data(tracker: FakeTracker, target: Target) -> None:
    """The distinct id of `identify` is kept, because a page may use an e-mail address for it."""
    seen = pull(target, ledger_of(tracker.repeat_recorded("v2"), IDENTIFIED), PERSONAS)
    assert "distinctId" in {datum.key for datum in seen.umami_data}


def test_the_wire_of_umami_is_found_by_the_user_agent(tracker: FakeTracker, target: Target, tmp_path: Path) -> None:
    """Only the lines with the user agent of the session are kept."""
    lines = [{"user_agent": agent, "body": "{}", "answer": ""} for agent in (LEDGER.user_agent, "another")]
    (tmp_path / "umami").mkdir()
    (tmp_path / "umami" / "wire.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    seen = pull(target, ledger_of(tracker.repeat_recorded("v2")), PERSONAS)
    assert seen.umami_wire == (lines[0],)


def test_a_second_session_of_the_journey_is_pulled_too(tracker: FakeTracker, target: Target) -> None:
    """A page that had to begin again opens another session: what is in it left the page, too."""
    ids = [tracker.repeat_recorded(folder) for folder in ("v2", "v2-plain")]
    starts = tuple(SessionStart(200, session, "", 0) for session in ids)
    seen = pull(target, replace(ledger_of(ids[0]), starts=starts), PERSONAS)
    alone = [pull(target, ledger_of(session), PERSONAS) for session in ids]
    assert (seen.session_id, seen.stored_sessions) == (ids[0], tuple(ids))
    for part in ("recordings", "batches", "wire"):
        assert len(getattr(seen, part)) == sum(len(getattr(one, part)) for one in alone)
    assert len({file.name for file in seen.wire}) == len(seen.wire)
    texts = {text.text for one in alone for text in one.database.texts()}
    assert {text.text for text in seen.database.texts()} == texts
    assert list(lost_messages(seen)) == []
    values = [string.text for string in seen.stored.strings]
    assert all(string.text in values for one in alone for string in one.stored.strings)


def test_only_the_embedded_store_is_asked_ahead(target: Target, server: Server) -> None:
    """A real server stores without being asked; a busy one would cost the case."""
    client = OpenReplayClient(server.url, user="a", password="b", retries=0)
    asked = replace(target, openreplay=client)
    server.give("openreplay-api/python", "login-ok")
    server.answer("GET", "/v2/api/1/sessions/7/replay", 429, b"")
    ask_for(replace(asked, work_dir=None), ledger_of("7"))
    assert server.paths() == []
    with pytest.raises(Inconclusive, match="429"):
        ask_for(asked, ledger_of("7"))


def test_a_second_session_that_is_not_stored_is_known(tracker: FakeTracker, target: Target) -> None:
    """The capture check says which one was started and is not stored."""
    first = tracker.repeat_recorded("v2")
    tracker.start()
    second = str(tracker.session["sessionID"])
    starts = tuple(SessionStart(200, session, "", 0) for session in (first, second))
    seen = pull(replace(target, session_deadline_s=2), replace(ledger_of(first), starts=starts), PERSONAS)
    assert seen.stored_sessions == (first,)


@pytest.mark.parametrize(("ago_s", "left_s"), [(0, 480), (400, 80), (4000, 15)])
def test_a_live_deadline_counts_from_the_end_of_its_journey(target: Target, ago_s: int, left_s: int) -> None:
    """Sessions of many journeys are waited for at once, not one after the other; each gets a last look."""
    live = replace(target, work_dir=None, session_deadline_s=480)
    ledger = replace(LEDGER, ended_ms=now_ms() - ago_s * 1000)
    assert stored_sessions._deadline_s(live, ledger) == pytest.approx(left_s, abs=5)
    assert stored_sessions._deadline_s(replace(live, work_dir=Path()), ledger) == 480


def test_a_live_target_has_no_wire(tracker: FakeTracker, target: Target) -> None:
    """JourneyRecord from a live target has recordings and neither wire nor batches."""
    seen = pull(replace(target, work_dir=None), ledger_of(tracker.repeat_recorded("v2")), PERSONAS)
    assert (seen.wire, seen.batches, seen.umami_wire) == ((), (), ())
    assert seen.recordings


@pytest.mark.parametrize(
    ("starts", "reason"),
    [((), "/start was never asked"), ((SessionStart(503, "", "blocked", 0),), "/start was answered with 503, blocked")],
)
def test_a_journey_without_a_session_is_inconclusive(
    target: Target, starts: tuple[SessionStart, ...], reason: str
) -> None:
    """The message says why."""
    with pytest.raises(Inconclusive, match=f"no session of demo: {reason}"):
        pull(target, replace(LEDGER, starts=starts), PERSONAS)


def test_a_missing_wire_is_inconclusive(target: Target, tracker: FakeTracker, tmp_path: Path) -> None:
    """Without its wire an embedded target would not be searched, so the result is inconclusive."""
    session = tracker.repeat_recorded("v2")
    with pytest.raises(Inconclusive, match="kept no wire"):
        pull(replace(target, work_dir=tmp_path / "elsewhere"), ledger_of(session), PERSONAS)


STORED = DATA / "openreplay-stored/event-only"
UPLOADS = {"1_1": "visual", "1_2": "analytics", "1_3": "player", "1_4": "devtools", "1_5": "analytics"}


def live_target(target: Target, server: Server, monkeypatch: pytest.MonkeyPatch) -> tuple[Target, Ledger]:
    """A real server's session, as a live target has it, and what the browser sent of it."""
    monkeypatch.setattr(stored_sessions, "SETTLE_PAUSE_S", 0.01)
    document = json.loads((DATA / "openreplay-go/replay-event-only.json").read_text())
    record = document["response"]["body"]["data"]
    record |= {"domURL": [f"{server.url}/dom.mobs"], "devtoolsURL": [f"{server.url}/devtools.mob"]}
    server.give("openreplay-api/python", "login-ok")
    server.answer("GET", document["request"]["path"], 200, json.dumps({"data": record}).encode())
    server.give("openreplay-go", "events-event-only")
    server.answer("GET", "/dom.mobs", 200, (STORED / "dom.mobs").read_bytes())
    client = OpenReplayClient(server.url, user="a@example.com", password="b")
    ledger = replace(ledger_of(record["sessionId"]), batches=tuple(UPLOADS), data_types=UPLOADS)
    return replace(target, openreplay=client, work_dir=None), ledger


def test_a_session_whose_files_come_one_by_one_is_pulled_whole(
    target: Target, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a session is never taken for a whole one: it is fetched again until each accepted upload is there."""
    live, ledger = live_target(target, server, monkeypatch)
    server.answer("GET", "/devtools.mob", 404, b"")
    server.answer("GET", "/devtools.mob", 200, (STORED / "devtools.mob").read_bytes())
    seen = pull(live, ledger, PERSONAS)
    assert [recording.source.rpartition("/")[2] for recording in seen.recordings] == ["dom", "devtools"]
    assert list(lost_uploads(ledger, seen.recordings)) == []


def test_files_may_come_one_by_one_after_a_long_wait(
    target: Target, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real server takes minutes for the first file; the others have their time after it, not before."""
    live, ledger = live_target(target, server, monkeypatch)
    monkeypatch.setattr(stored_sessions, "SETTLE_S", 0.4)
    first = server.answers.pop(("GET", "/dom.mobs"))
    for _ in range(7):
        server.answer("GET", "/dom.mobs", 404, b"")
    server.answers["GET", "/dom.mobs"] += first
    server.answer("GET", "/devtools.mob", 404, b"")
    server.answer("GET", "/devtools.mob", 200, (STORED / "devtools.mob").read_bytes())
    assert list(lost_uploads(ledger, pull(live, ledger, PERSONAS).recordings)) == []


def test_a_file_that_never_comes_is_a_loss(target: Target, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some seconds the session is taken as it is, and the capture check names the stream."""
    monkeypatch.setattr(stored_sessions, "SETTLE_S", 0.05)
    live, ledger = live_target(target, server, monkeypatch)
    server.answer("GET", "/devtools.mob", 404, b"")
    seen = pull(live, ledger, PERSONAS)
    assert list(lost_uploads(ledger, seen.recordings)) == ["stream devtools: 1 uploads were accepted, 0 are stored"]


def test_what_the_database_keeps_is_pulled_too(target: Target, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record of the session and its events, as a real server gives them."""
    live, ledger = live_target(target, server, monkeypatch)
    server.answer("GET", "/devtools.mob", 200, (STORED / "devtools.mob").read_bytes())
    database = pull(live, ledger, PERSONAS).database
    assert database.gap == ""
    assert {text.message for text in database.texts() if "alpha@example.com" in text.text} == {
        "database session",
        "database custom event",
        "database error",
    }
