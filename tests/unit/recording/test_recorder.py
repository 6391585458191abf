"""Recording a case, and what is to blame if a journey fails."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.samples import FORM, LEDGER, journey_record

from maskproof.errors import Inconclusive
from maskproof.journey import BrokenByTracking, JourneyFailed, Ledger, NotRecorded, Trackers
from maskproof.openreplay.batches import Batch
from maskproof.openreplay.records import Messages
from maskproof.recording.case_browser import CaseBrowser, session_user_agent
from maskproof.recording.journey_record import WireFile
from maskproof.recording.recorder import Case, Driven, Recorder, refuse_other_protocol
from maskproof.rules.coverage import Inspector

CASE = Case(FORM, 2)
PERSONAS = FORM.personas("seed")


class Context:
    """A browser context without a browser."""

    def new_page(self) -> None:
        """No page."""

    def close(self) -> None:
        """Nothing to close."""


class Target:
    """A target of which only the application's addresses are used."""

    class app:  # noqa: N801 - a name space
        """Base URLs of the two builds."""

        instrumented, bare = "http://instrumented", "http://bare"

    trackers = Trackers()


class Journeys:
    """
    Journeys that fail where the test says so.

    Args:
        failing: Numbers of the journeys that fail, by build, counted from 1.

    """

    def __init__(self, **failing: tuple[int, ...]) -> None:
        self.driven: list[str] = []
        self._failing = failing

    def __call__(self, *_: object, build: str, **__: object) -> Ledger:
        """Drive a journey."""
        self.driven.append(build)
        if self.driven.count(build) in self._failing.get(build, ()):
            raise JourneyFailed(f"forms/demo.yaml:12: cannot be done on the {build} build")
        return replace(LEDGER, build=build)  # type: ignore[arg-type]


Record = Callable[[Journeys], Any]


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> Record:
    """Records the case with pretended journeys."""

    def run(journeys: Journeys) -> Any:
        monkeypatch.setattr("maskproof.recording.recorder.run_journey", journeys)
        monkeypatch.setattr("maskproof.recording.recorder.ask_for", lambda *_: journeys.driven.append("asked for"))
        monkeypatch.setattr("maskproof.recording.recorder.pull", lambda *_: journey_record())
        target: Any = Target()
        recorder = Recorder(target=target, seed="seed", rules={"rules": []})
        context: Any = Context()
        browser = CaseBrowser("126", lambda **_: context)
        return lambda: recorder.record(CASE, browser)

    return run


def test_a_case_is_recorded_once(record: Record) -> None:
    """Two personas on the instrumented build and one on the bare one; later checks get the same recordings."""
    journeys = Journeys()
    again = record(journeys)
    assert again() is again()
    assert journeys.driven == ["instrumented", "asked for", "instrumented", "asked for", "bare"]


def test_a_case_is_given_up_when_the_next_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker holds one decoded case at a time; the checks of a case follow each other."""
    recorded: list[str] = []

    def note(_self: Recorder, case: Case, _driven: object) -> Case:
        recorded.append(case.id)
        return case

    driven = Driven((LEDGER, PERSONAS), (LEDGER, PERSONAS), LEDGER, Inspector(FORM, {"rules": []}))
    monkeypatch.setattr(Recorder, "_drive", lambda *_: driven)
    monkeypatch.setattr(Recorder, "_pulled", note)
    target: Any = None
    recorder = Recorder(target=target, seed="seed", rules={"rules": []})
    browser: Any = None
    for case in (CASE, CASE, replace(CASE, protocol=3 - CASE.protocol)):
        recorder.record(case, browser)
    assert recorded == [CASE.id, replace(CASE, protocol=3 - CASE.protocol).id]
    assert list(recorder._kept) == recorded[-1:]


def test_the_journeys_of_a_group_are_driven_before_the_first_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A live target stores a session after minutes: a worker waits once, and not once a case."""
    done: list[str] = []
    first, second, third = (Case(replace(FORM, id=name), 2) for name in ("first", "second", "third"))

    def drive(_self: Recorder, case: Case, _browser: object) -> Driven:
        done.append(f"drive {case.form.id}")
        if case == second:
            raise JourneyFailed("forms/second.yaml:12: cannot be done")
        return Driven((LEDGER, PERSONAS), (LEDGER, PERSONAS), LEDGER, Inspector(FORM, {"rules": []}))

    monkeypatch.setattr(Recorder, "_drive", drive)
    monkeypatch.setattr(Recorder, "_pulled", lambda _self, case, _driven: done.append(f"pull {case.form.id}"))
    target: Any = None
    recorder = Recorder(target=target, seed="s", rules={"rules": []}, groups=((first, second), (third,)))
    browser: Any = None
    recorder.record(first, browser)
    with pytest.raises(JourneyFailed, match=r"second\.yaml"):
        recorder.record(second, browser)
    recorder.record(third, browser)
    assert done == ["drive first", "drive second", "pull first", "drive third", "pull third"]


def test_a_journey_that_tracking_breaks_is_reported_as_such(record: Record) -> None:
    """A journey that works without tracking and fails twice with it is broken by tracking."""
    with pytest.raises(BrokenByTracking, match="on the instrumented build"):
        record(Journeys(instrumented=(1, 2)))()


def test_a_journey_that_failed_by_chance_is_inconclusive(record: Record) -> None:
    """If the second try works, tracking is not blamed."""
    with pytest.raises(JourneyFailed) as caught:
        record(Journeys(instrumented=(1,)))()
    assert not isinstance(caught.value, BrokenByTracking)


def test_a_journey_that_fails_on_both_builds_is_inconclusive(record: Record) -> None:
    """If the bare build fails too, the fixture may be wrong and tracking is not blamed."""
    with pytest.raises(JourneyFailed) as caught:
        record(Journeys(instrumented=(1,), bare=(1,)))()
    assert not isinstance(caught.value, BrokenByTracking)


def test_every_check_of_a_case_that_failed_says_why(record: Record) -> None:
    """Each check gets the same error, and the journey is not driven again."""
    journeys = Journeys(instrumented=(1, 2))
    again = record(journeys)
    for _ in range(2):
        with pytest.raises(Inconclusive, match=r"forms/demo\.yaml:12"):
            again()
    assert len(journeys.driven) == 3


def test_each_session_has_a_user_agent_of_its_own() -> None:
    """Umami distinguishes sessions by their user agent, and drops one that says `Headless`."""
    first, second = session_user_agent("126", 1), session_user_agent("126", 1)
    assert first != second
    assert "Headless" not in first
    assert first.endswith("mp-protocol/1")


def test_firefox_calls_itself_firefox() -> None:
    """As the browser does; workers have that name whatever the context says, and it is what theirs begins with."""
    agent = session_user_agent("153.7.0", 2, "firefox")
    assert agent.startswith("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0 mp-session/")
    assert "Chrome" not in agent


def test_a_journey_reads_bodies_as_its_browser_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each journey begins with its user agent, which its context has too."""
    begun: list[str] = []
    opened: list[str] = []
    read: list[object] = []

    def begin(user_agent: str) -> Any:
        begun.append(user_agent)
        return f"reader {len(begun)}"

    def new_context(*, user_agent: str) -> Any:
        opened.append(user_agent)
        return Context()

    def drive(*_: object, trackers: Trackers, build: str, **__: object) -> Ledger:
        read.append(trackers.body)
        return replace(LEDGER, build=build)  # type: ignore[arg-type]

    monkeypatch.setattr("maskproof.recording.recorder.run_journey", drive)
    monkeypatch.setattr("maskproof.recording.recorder.ask_for", lambda *_: None)
    monkeypatch.setattr("maskproof.recording.recorder.pull", lambda *_: journey_record())
    target: Any = Target()
    recorder = Recorder(target=target, seed="seed", rules={"rules": []})
    recorder.record(replace(CASE, browser="firefox"), CaseBrowser("153.7.0", new_context, begin))
    assert begun == opened
    assert len(set(begun)) == 3
    assert read == ["reader 1", "reader 2", "reader 3"]


def test_a_user_agent_has_no_word_that_lists_of_bots_look_for() -> None:
    """Only digits vary: `feed` among random letters made Umami drop a session."""
    agents = {session_user_agent("126", 1) for _ in range(50)}
    assert len(agents) == 50
    assert len({re.sub(r"[0-9]+", "", agent) for agent in agents}) == 1


def test_a_server_that_does_not_answer_is_reported_by_one_check(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every check of the case gets the same error, which names the check that says why."""
    again = record(Journeys())

    def unreachable(*_: object) -> None:
        raise Inconclusive("no session", hint="look at the console")

    monkeypatch.setattr("maskproof.recording.recorder.pull", unreachable)
    with pytest.raises(NotRecorded) as caught:
        again()
    assert caught.value.reported_by == "capture"
    assert str(caught.value) == "no session\n  look at the console"


@pytest.mark.parametrize(("protocol", "version"), [(2, 1), (1, 2)])
def test_a_tracker_that_speaks_another_protocol_version_is_named(protocol: int, version: int) -> None:
    """Its sessions are not stored, and that is no loss."""
    start = WireFile("1-start", "start", "", 0, "", True, b'{"trackerVersion": "17.2.11"}')
    pulled = journey_record(wire=(start,), batches=(Batch(version, 1, 0, 0, "", Messages([]), "1-i"),))
    with pytest.raises(Inconclusive, match=rf"tracker 17.2.11 sends protocol version {version}") as caught:
        refuse_other_protocol(Case(FORM, protocol), pulled)
    assert 'protocols = "auto"' in caught.value.hint


def test_a_tracker_that_speaks_what_was_asked_for_is_not_named() -> None:
    """Nor is one that sent nothing: other checks say that."""
    refuse_other_protocol(Case(FORM, 2), journey_record(batches=(Batch(3, 1, 0, 0, "", Messages([]), "1-i"),)))
    refuse_other_protocol(Case(FORM, 2), journey_record(batches=()))
