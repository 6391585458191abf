"""The overhead verdict of timed visits: both builds, and two controls that show that the measurement works."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from tests.unit.samples import FORM

from maskproof.errors import Inconclusive
from maskproof.overhead import OverheadReport, measure_overhead
from maskproof.overhead.probe import Sample
from maskproof.stack.addresses import AppAddresses

BARE, INSTRUMENTED = "http://bare", "http://instrumented"
PAIRS = 12


class Visits:
    """
    Stands in for a browser: every visit takes what its build costs, with a little noise.

    Args:
        cost_ms: Of the instrumented build.
        busy: How much of the busy work shows.
        again_ms: What the second visit of the bare build in a round costs.

    """

    def __init__(self, cost_ms: float = 5, *, busy: float = 1, again_ms: float = 0) -> None:
        self.urls: list[str] = []
        self._cost_ms = cost_ms
        self._busy = busy
        self._again_ms = again_ms

    def __call__(self, _browser: object, url: str, *_: object, busy_ms: float = 0, **__: object) -> Sample:
        """Time one visit."""
        self.urls.append(url)
        is_again = url.startswith(BARE) and not busy_ms and self._bare_before() % 2 == 0
        cost = self._cost_ms if url.startswith(INSTRUMENTED) else self._again_ms if is_again else 0
        time_ms = 100 + cost + busy_ms * self._busy + len(self.urls) % 3
        return Sample(time_ms, time_ms, time_ms, time_ms)

    def _bare_before(self) -> int:
        return sum(url.startswith(BARE) for url in self.urls[:-1])


Measure = Callable[[Visits], OverheadReport]


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> Measure:
    """Measures visits that only pretend."""

    def run(visits: Visits) -> OverheadReport:
        monkeypatch.setattr("maskproof.overhead.measure.visit", visits)
        app = AppAddresses(INSTRUMENTED, BARE)
        browser: Any = None
        return measure_overhead(browser, app, FORM, user_agent=lambda: "mp", running="", margin_ms=50, pairs=PAIRS)

    return run


def verdicts(report: OverheadReport) -> Sequence[str]:
    """The verdict of each metric."""
    return [metric.verdict for metric in report.metrics]


def test_a_cheap_build_passes(measure: Measure) -> None:
    """Every metric is under the margin, and both controls are as they have to be."""
    report = measure(Visits(5))
    assert report.verdict == "pass"
    assert verdicts(report) == ["pass"] * 4
    assert (report.controls.a_a, report.controls.sabotage_60ms) == ("pass", "fail")
    assert report.metrics[0].pairs == PAIRS


def test_a_dear_build_fails(measure: Measure) -> None:
    """By more than the margin."""
    assert measure(Visits(80)).verdict == "fail"


def test_a_build_at_the_margin_is_measured_longer_and_stays_unclear(measure: Measure) -> None:
    """Three looks, then nothing can be said."""
    report = measure(Visits(50))
    assert report.verdict == "inconclusive"
    assert report.metrics[0].pairs == 3 * PAIRS


def test_busy_work_that_does_not_show_takes_the_pass_away(measure: Measure) -> None:
    """A measurement that is blind to 60 ms proves nothing."""
    report = measure(Visits(5, busy=0))
    assert verdicts(report) == ["pass"] * 4
    assert (report.controls.sabotage_60ms, report.verdict) == ("pass", "inconclusive")


@pytest.mark.parametrize("again_ms", [200, -90])
def test_a_build_that_differs_from_itself_takes_the_pass_away(measure: Measure, again_ms: float) -> None:
    """The A/A control compares the bare build with itself, and may be neither slower nor quicker."""
    report = measure(Visits(5, again_ms=again_ms))
    assert report.controls.a_a != "pass"
    assert report.verdict == "inconclusive"


def test_the_arms_of_a_round_change_their_order(measure: Measure) -> None:
    """A machine that slows down hits all of them alike."""
    visits = Visits()
    measure(visits)
    counted = visits.urls[4:]  # after the warm-up
    rounds = [counted[start : start + 4] for start in range(0, len(counted), 4)]
    firsts = {next(at for at, url in enumerate(one) if url.startswith(INSTRUMENTED)) for one in rounds}
    assert firsts == {0, 1, 2, 3}


def test_a_visit_that_times_nothing_is_inconclusive(measure: Measure) -> None:
    """The whole is."""

    class Nothing(Visits):
        def __call__(self, *_: object, **__: object) -> Sample:
            raise Inconclusive("Nothing was timed.")

    with pytest.raises(Inconclusive):
        measure(Nothing())
