"""When a journey fails: who is to blame."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.samples import FORM, LEDGER, evidence

from maskproof.errors import Inconclusive
from maskproof.journey import BrokenByTracking, JourneyFailed, Ledger
from maskproof.recording.recorder import Case, Recorder, session_user_agent

CASE = Case(FORM, 2)


class Context:
    """A browser context without a browser."""

    def new_page(self) -> None:
        """No page."""

    def close(self) -> None:
        """Nothing to close."""


class Target:
    """A target of which only the application is asked."""

    class app:  # noqa: N801 - a name space
        """Two builds."""

        instrumented, bare = "http://instrumented", "http://bare"


class Journeys:
    """
    Journeys that fail as told.

    Args:
        failing: Numbers of the journeys that fail, by build, counted from 1.

    """

    def __init__(self, **failing: tuple[int, ...]) -> None:
        self.driven: list[str] = []
        self._failing = failing

    def __call__(self, *_: object, build: str, **__: object) -> Ledger:
        """Drive one."""
        self.driven.append(build)
        if self.driven.count(build) in self._failing.get(build, ()):
            raise JourneyFailed(f"forms/demo.yaml:12: cannot be done on the {build} build")
        return replace(LEDGER, build=build)  # type: ignore[arg-type]


Record = Callable[[Journeys], Any]


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> Record:
    """Records the case with journeys that only pretend."""

    def run(journeys: Journeys) -> Any:
        monkeypatch.setattr("maskproof.recording.recorder.run_journey", journeys)
        monkeypatch.setattr("maskproof.recording.recorder.ask_for", lambda *_: journeys.driven.append("asked for"))
        monkeypatch.setattr("maskproof.recording.recorder.pull", lambda *_: evidence())
        target: Any = Target()
        recorder = Recorder(target=target, seed="seed", chromium="126", rules={"rules": []})
        new_context: Any = lambda **_: Context()  # noqa: E731 - one line
        return lambda: recorder.record(CASE, new_context)

    return run


def test_a_case_is_recorded_once(record: Record) -> None:
    """Two people on the instrumented build, asked for at once, one of them on the bare; later checks get the same."""
    journeys = Journeys()
    again = record(journeys)
    assert again() is again()
    assert journeys.driven == ["instrumented", "asked for", "instrumented", "asked for", "bare"]


def test_a_journey_that_tracking_breaks_is_told_apart(record: Record) -> None:
    """It ends well without tracking, and twice not with it."""
    with pytest.raises(BrokenByTracking, match="on the instrumented build"):
        record(Journeys(instrumented=(1, 2)))()


def test_a_journey_that_failed_by_chance_is_inconclusive(record: Record) -> None:
    """The second try ends well, so that nobody is to blame."""
    with pytest.raises(JourneyFailed) as caught:
        record(Journeys(instrumented=(1,)))()
    assert not isinstance(caught.value, BrokenByTracking)


def test_a_journey_that_fails_on_both_builds_is_inconclusive(record: Record) -> None:
    """The fixture may be wrong."""
    with pytest.raises(JourneyFailed) as caught:
        record(Journeys(instrumented=(1,), bare=(1,)))()
    assert not isinstance(caught.value, BrokenByTracking)


def test_every_check_of_a_case_that_failed_hears_why(record: Record) -> None:
    """The journey is not driven again for each."""
    journeys = Journeys(instrumented=(1, 2))
    again = record(journeys)
    for _ in range(2):
        with pytest.raises(Inconclusive, match=r"forms/demo\.yaml:12"):
            again()
    assert len(journeys.driven) == 3


def test_each_session_has_a_user_agent_of_its_own() -> None:
    """Umami tells sessions apart by it, and would drop a headless one."""
    first, second = session_user_agent("126", 1), session_user_agent("126", 1)
    assert first != second
    assert "Headless" not in first
    assert first.endswith("mp-protocol/1")


def test_a_user_agent_has_no_word_that_lists_of_bots_look_for() -> None:
    """Of letters it has only those that are always there; `feed` among random ones had Umami drop a session."""
    agents = {session_user_agent("126", 1) for _ in range(50)}
    assert len(agents) == 50
    assert len({re.sub(r"[0-9]+", "", agent) for agent in agents}) == 1
