"""Nothing that was sent may be lost: for each kind of loss, what is caught and what is let through."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from tests.unit.samples import LEDGER, SESSION, VISIT, journey_record, umami_event, wire, with_wire

from maskproof import capture
from maskproof.journey import Send, SessionStart
from maskproof.journey.model import RefusedSend, RefusedUpload
from maskproof.recording.stray import StrayRequest
from maskproof.verdicts.outcome import Outcome

TOO_LONG = "an address or title over 500 characters, or data that Umami does not take"
TWO_UPLOADS = {"1_1": "player", "1_2": "player"}
BEGINS_MS = 1000
check_capture = partial(capture.check_capture, begins_ms=BEGINS_MS)
THREE = ("1_1", "1_2", "1_3")
SENT = {"body": "{}", "answer": ""}


def of_ledger(**changes: Any) -> Outcome:
    """The outcome with another ledger, without a wire as live."""
    return check_capture(journey_record(ledger=replace(LEDGER, **changes)))


def test_everything_that_was_sent_is_there() -> None:
    """With and without a wire; the evidence says how much."""
    for seen in (journey_record(), with_wire(umami_wire=(SENT,) * 3)):
        outcome = check_capture(seen)
        assert outcome.verdict == "pass", outcome.explanation
        assert outcome.seen[1].startswith("2 batches sent; 3 Umami events sent, 3 pulled")


def test_a_session_that_is_not_stored_fails() -> None:
    """A lost session is a fail although other evidence is missing too."""
    outcome = check_capture(journey_record(stored_sessions=(), recordings=()))
    assert outcome.verdict == "fail"
    assert outcome.problems == (f"session {SESSION} was started and is not stored",)


def test_what_was_sent_and_what_arrived_are_figures_of_all_journeys() -> None:
    """A history of runs keeps them: sessions and events together; an event that is there twice arrived once."""
    whole = journey_record()
    doubled = journey_record(umami_events=(*whole.umami_events, *whole.umami_events))
    lost = journey_record(stored_sessions=(), recordings=(), umami_events=())
    each = len(LEDGER.session_ids) + len([send for send in LEDGER.sends if send.kind != "identify"])
    for journeys, arrived in (((whole, doubled), 2 * each), ((whole, lost), each)):
        figures = check_capture(*journeys).figures
        assert (figures["sent"], figures["arrived"]) == (2 * each, arrived)


def test_the_trackers_of_the_journeys_are_named_once() -> None:
    """The history of runs says which ones were verified."""
    assert check_capture(with_wire(), with_wire()).used == tuple(
        f"tracker {version}" for version in [with_wire().tracker] if version
    )


def test_a_second_session_of_the_journey_has_to_be_stored_too() -> None:
    """One stored session of two is a loss."""
    second = SessionStart(200, "7100000000000000002", "", 2000)
    outcome = of_ledger(starts=(*LEDGER.starts, second))
    assert outcome.problems == ("session 7100000000000000002 was started and is not stored",)


def test_a_batch_that_was_not_accepted_fails() -> None:
    """Neither the page nor the wire shows that it arrived."""
    lost = replace(LEDGER, batches=(*LEDGER.batches, "1_3"), batches_unanswered=("1_3",))
    outcome = check_capture(with_wire(ledger=lost, umami_wire=(SENT,) * 3))
    assert outcome.problems == ("batch 1_3 (page_sequence) was sent to OpenReplay and not accepted; not answered",)


def test_last_batches_of_a_page_that_the_browser_cut_off_are_reported_and_no_loss() -> None:
    """No browser guarantees that what is sent as the page is left still goes out."""
    cut = ("1_3", "1_4")
    left = replace(LEDGER, batches=(*LEDGER.batches, *cut), batches_unanswered=cut, batches_cut_off=cut)
    outcome = check_capture(with_wire(ledger=left, umami_wire=(SENT,) * 3))
    assert outcome.verdict == "pass"
    assert "batch 1_3 was cut off by the browser as its page was left" in outcome.seen


def test_a_batch_that_was_cut_off_before_others_of_its_page_fails() -> None:
    """Later batches arrived, so the page was still there and something else ended it."""
    cut = replace(LEDGER, batches=("1_1", "1_3", "1_4"), batches_unanswered=("1_3",), batches_cut_off=("1_3",))
    outcome = check_capture(with_wire(ledger=cut, umami_wire=(SENT,) * 3))
    assert "batch 1_3 (page_sequence) was sent to OpenReplay and not accepted; not answered" in outcome.problems


def test_a_batch_that_arrived_as_the_page_was_left_is_not_lost() -> None:
    """The wire has it, although the page got no answer."""
    on_its_way = replace(LEDGER, batches_unanswered=("1_2",))
    assert check_capture(with_wire(ledger=on_its_way, umami_wire=(SENT,) * 3)).verdict == "pass"


def test_a_retry_speaks_for_its_first_try() -> None:
    """A good answer to the second try is enough."""
    assert of_ledger(batches=("1_1", "1_2", "1_2"), batches_unanswered=()).verdict == "pass"


@pytest.mark.parametrize(
    ("batches", "missing"), [(("1_1", "1_3"), "2"), (("1_2",), "1"), (("1_1", "2_1", "1_4"), "2, 3")]
)
def test_a_gap_in_the_numbers_of_a_page_fails(batches: tuple[str, ...], missing: str) -> None:
    """The tracker counts the batches of a page from 1."""
    assert of_ledger(batches=batches).problems == (f"page 1: uploads {missing} never arrived",)


@pytest.mark.parametrize(
    ("lost", "problem"),
    [
        ("player", "stream player: 3 uploads were accepted, 2 are stored"),
        ("devtools", "stream devtools: 1 uploads were accepted, 0 are stored"),
        ("visual", "stream player: 3 uploads were accepted, 2 are stored"),
        ("visual", "stream assets: 1 uploads were accepted, 0 are stored"),
    ],
)
def test_an_upload_that_is_lost_behind_its_answer_fails(lost: str, problem: str) -> None:
    """The server answers 200 to what it drops later; only the stored batches show it, also without a wire."""
    outcome = of_ledger(batches=THREE, data_types=TWO_UPLOADS | {"1_3": lost})
    assert problem in outcome.problems
    assert outcome.verdict == "fail"


@pytest.mark.parametrize(
    "changes",
    [
        {"batches": THREE, "data_types": TWO_UPLOADS | {"1_3": "analytics"}},
        {"batches": THREE, "data_types": TWO_UPLOADS | {"1_3": "player"}, "batches_unanswered": ("1_3",)},
        {"batches": ("1_1", "1_2", "1_2"), "batches_unanswered": ("1_2",)},
    ],
    ids=["analytics goes to the database", "without an answer", "a retry that was answered"],
)
def test_only_accepted_uploads_with_a_stored_stream_are_asked_for(changes: dict[str, Any]) -> None:
    """Whether the others arrived is not known, or no file would show it."""
    assert of_ledger(**changes).problems == ()


def test_without_a_wire_files_that_hold_no_batches_prove_nothing() -> None:
    """A store of file version 1 cannot show that an upload is missing."""
    outcome = of_ledger(data_types={"1_1": "", "1_2": ""})
    assert outcome.verdict == "inconclusive"
    assert "a lost one leaves no trace" in outcome.explanation


def test_accepted_messages_that_are_not_stored_fail() -> None:
    """An ingest that accepts messages and drops them is noticed."""
    seen = with_wire(recordings=journey_record().recordings, umami_wire=(SENT,) * 3)
    assert check_capture(seen).problems == ("SetViewportSize: 1 messages were accepted, 0 are stored",)


@pytest.mark.parametrize("name", ["pageview", "event"])
def test_an_event_that_was_sent_and_is_not_pulled_fails(name: str) -> None:
    """Events are counted by kind and name."""
    kept = tuple(event for event in journey_record().umami_events if event.kind != name)
    outcome = check_capture(journey_record(umami_events=kept))
    assert outcome.verdict == "fail"
    assert outcome.problems[0].startswith(f"Umami {name} ")


def test_an_event_that_is_there_twice_fails() -> None:
    """An event that is stored twice is as wrong as a lost one."""
    doubled = (*journey_record().umami_events, umami_event("event", "sent"))
    assert check_capture(journey_record(umami_events=doubled)).problems == ("Umami event sent: 1 sent, 2 pulled",)


def test_an_event_that_umami_drops_without_an_error_fails() -> None:
    """The bot check of Umami answers 200 and stores nothing."""
    outcome = of_ledger(sends=(*LEDGER.sends[:2], Send("event", "sent", "", "sent")))
    expected = "1 Umami events were answered without a session: a bot check or an error dropped event sent"
    assert outcome.problems == (expected,)


@pytest.mark.parametrize(
    ("refused", "problem"),
    [
        (
            RefusedSend("event", "of [user.email]", 61, 400),
            "Umami event of [user.email] was refused with status 400: its name has 61 characters, and Umami takes 50",
        ),
        (RefusedSend("event", "sent", 4, 500), "Umami event sent was refused with status 500"),
        (RefusedSend("pageview", "", 0, 400), f"Umami pageview was refused with status 400: {TOO_LONG}"),
    ],
    ids=["long name", "error", "page view"],
)
def test_an_event_that_was_refused_fails_with_its_name_and_the_reason(refused: RefusedSend, problem: str) -> None:
    """Each is listed, with what Umami's limits tell."""
    assert of_ledger(sends_refused=(refused,)).problems == (problem,)


LEFT = Send("event", "sent", "", "sent")


@pytest.mark.parametrize("pulled", [1, 2])
def test_an_event_without_an_answer_may_have_arrived(pulled: int) -> None:
    """A window was closed, or a page was left: whether it is stored or not, nothing is lost that was promised."""
    events = (*journey_record().umami_events[:2], *[umami_event("event", "sent", "/thanks")] * pulled)
    outcome = check_capture(journey_record(ledger=replace(LEDGER, sends_unanswered=(LEFT,)), umami_events=events))
    assert outcome.problems == ()
    (line,) = [line for line in outcome.seen if "no known answer" in line]
    assert line.endswith(f"page or window was left; {pulled - 1} of them are stored")


@pytest.mark.parametrize("pulled", [0, 3])
def test_more_or_less_than_can_have_been_sent_fails(pulled: int) -> None:
    """An event with an answer has to be there, and nothing twice."""
    events = (*journey_record().umami_events[:2], *[umami_event("event", "sent", "/thanks")] * pulled)
    outcome = check_capture(journey_record(ledger=replace(LEDGER, sends_unanswered=(LEFT,)), umami_events=events))
    assert outcome.problems == (f"Umami event sent: 1 sent and 1 without an answer, {pulled} pulled",)


def test_a_lost_event_is_named_without_a_value() -> None:
    """The name that was sent is compared, and the one without a value is shown."""
    lost = Send("event", "hello a@example.test", VISIT, "hello [user.email]")
    assert of_ledger(sends=(*LEDGER.sends, lost)).problems == ("Umami event hello [user.email]: 1 sent, 0 pulled",)


def test_identify_is_no_event() -> None:
    """Umami stores no row for it."""
    assert of_ledger(sends=(*LEDGER.sends, Send("identify", "", VISIT))).verdict == "pass"


@pytest.mark.parametrize(("first", "second", "verdict"), [(1001, 999, "pass"), (1001, 1001, "inconclusive")])
def test_one_journey_that_begins_in_time_shows_that_they_do(first: int, second: int, verdict: str) -> None:
    """Both journeys of a case begin alike; a busy machine may delay one of them."""
    journeys = [journey_record(ledger=replace(LEDGER, gap_ms=gap)) for gap in (first, second)]
    assert check_capture(*journeys).verdict == verdict


def test_how_late_a_recording_may_begin_is_the_callers_number() -> None:
    """A network between page and ingest takes its time; the number is in the configuration."""
    journey = journey_record(ledger=replace(LEDGER, gap_ms=1900))
    assert capture.check_capture(journey, begins_ms=2000).verdict == "pass"
    assert capture.check_capture(journey, begins_ms=1800).unseen == (
        "recording began 1900 ms after the page at the soonest, later than 1800 ms",
    )


@pytest.mark.parametrize(
    ("changes", "unseen"),
    [
        ({"batches": ()}, "no batch was sent to OpenReplay"),
        ({"batches": ("",)}, "uploads carry no number"),
        ({"sends": ()}, "no event was sent to Umami"),
        ({"gap_ms": None}, "it is not known when the recording began"),
        ({"gap_ms": 1001}, "recording began 1001 ms after the page at the soonest"),
        ({"starts": ()}, "no session was started"),
    ],
    ids=["batches", "numbers", "sends", "gap", "late", "starts"],
)
def test_a_journey_that_sent_nothing_is_inconclusive(changes: dict[str, Any], unseen: str) -> None:
    """Nothing sent and nothing lost is no pass."""
    outcome = of_ledger(**changes)
    assert outcome.verdict == "inconclusive"
    assert any(line.startswith(unseen) for line in outcome.unseen)


def test_an_empty_recording_is_inconclusive() -> None:
    """A stored session without a message shows nothing."""
    assert check_capture(journey_record(recordings=())).unseen == ("the stored session holds no message",)


def test_a_tap_that_kept_less_than_was_sent_is_inconclusive() -> None:
    """Requests that are not on the wire could not be searched."""
    assert check_capture(with_wire(umami_wire=(SENT,))).unseen == ("the tap kept 1 of 3 requests to Umami",)


def test_an_upload_that_was_refused_is_no_arrival() -> None:
    """A batch on the wire with an error status is lost."""
    refused = replace(wire(), name="003.bin", batch="1_2", is_accepted=False)
    lost = replace(LEDGER, batches_unanswered=("1_2",))
    outcome = check_capture(with_wire(wire(), refused, ledger=lost, umami_wire=(SENT,) * 3))
    assert outcome.problems == ("batch 1_2 (page_sequence) was sent to OpenReplay and not accepted; not answered",)


def test_a_request_that_nobody_reads_fails() -> None:
    """Where it is kept is said; its path may hold what was typed, so it is not."""
    stray = StrayRequest("openreplay", "POST", "unknown.jsonl:3", (("path", "/users/somebody"),))
    outcome = check_capture(with_wire(stray=(stray,), umami_wire=(SENT,) * 3))
    assert outcome.problems == ("openreplay: a POST that no part of it reads, see unknown.jsonl:3",)


def test_uploads_that_were_refused_say_why_once() -> None:
    """Status and reason of the server, together for all uploads with the same ones."""
    refused = tuple(RefusedUpload(batch, 413, "body too large") for batch in ("1_3", "1_4"))
    batches = ("1_3", "1_4")
    lost = replace(LEDGER, batches=(*LEDGER.batches, *batches), batches_unanswered=batches, batches_refused=refused)
    expected = (
        "batches 1_3, 1_4 (page_sequence) were sent to OpenReplay and not accepted; "
        "refused with status 413: body too large"
    )
    assert check_capture(with_wire(ledger=lost, umami_wire=(SENT,) * 3)).problems == (expected,)


def test_an_upload_that_was_refused_fails_without_a_wire_too() -> None:
    """A live target keeps no wire, but the browser saw the answer."""
    refused = (RefusedUpload("1_2", 401, ""),)
    outcome = of_ledger(batches_unanswered=("1_2",), batches_refused=refused)
    assert any("refused with status 401" in problem for problem in outcome.problems)


def test_a_refused_upload_that_was_accepted_later_is_not_lost() -> None:
    """The tracker tries again, and a good answer to any try counts."""
    again = (*LEDGER.batches, "1_2")
    outcome = of_ledger(batches=again, batches_unanswered=("1_2",), batches_refused=(RefusedUpload("1_2", 503, ""),))
    assert outcome.verdict == "pass", outcome.explanation


def test_a_policy_of_the_page_that_stopped_umami_is_named() -> None:
    """No event was sent, and the browser knows why."""
    blocked = ("Refused to load the script: it violates the following Content Security Policy directive",)
    outcome = of_ledger(sends=(), blocked=blocked)
    assert any(blocked[0] in line for line in outcome.unseen)


def test_events_whose_answers_were_all_cut_off_were_sent() -> None:
    """Umami has them, though no page read an answer."""
    outcome = of_ledger(sends=(), sends_unanswered=LEDGER.sends)
    assert outcome.verdict == "pass", outcome.explanation
