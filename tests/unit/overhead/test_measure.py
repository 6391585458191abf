"""The overhead verdict of timed visits, and the two controls that show that the measurement works."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.samples import FORM

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.forms.locators import Locator, Selector
from maskproof.forms.model import Field
from maskproof.overhead import OverheadReport, measure_overhead
from maskproof.overhead.measure import ARMS, timed_field
from maskproof.overhead.page_timing import Sample
from maskproof.recording.addresses import AppAddresses

BARE, INSTRUMENTED = "http://bare", "http://instrumented"
PAIRS = 12


class Visits:
    """
    Stands in for a browser: every visit takes what its build costs, with a little noise.

    Args:
        cost_ms: Cost of the instrumented build in milliseconds.
        busy: Share of the busy work that the visit measures.
        again_ms: Cost of the second visit of the bare build in a round, in milliseconds.

    """

    def __init__(self, cost_ms: float = 5, *, busy: float = 1, again_ms: float = 0) -> None:
        self.urls: list[str] = []
        self.typed: list[bool] = []
        self._cost_ms = cost_ms
        self._busy = busy
        self._again_ms = again_ms

    def __call__(self, _: object, url: str, *__: object, types: bool, busy_ms: float = 0, **___: object) -> Sample:
        """Time one visit."""
        costs = {"instrumented": self._cost_ms, "again": self._again_ms}
        cost = costs.get(self._arm(len(self.urls)), 0)
        self.urls.append(url)
        self.typed.append(types)
        time_ms = 100 + cost + busy_ms * self._busy + len(self.urls) % 3
        return Sample(time_ms, time_ms, time_ms, time_ms) if types else Sample(time_ms, time_ms)

    def _arm(self, number: int) -> str:
        """The arm of a visit, counted from the warm-up; each round begins with another arm."""
        number_of_round, place = divmod(number - len(ARMS), len(ARMS))
        turned = max(0, number_of_round) % PAIRS
        return ARMS[(place + turned) % len(ARMS)]


Measure = Callable[[Visits], OverheadReport]


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> Measure:
    """Measures pretended visits."""

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
    """It passes if every metric is under the margin and both controls work."""
    report = measure(Visits(5))
    assert report.verdict == "pass"
    assert verdicts(report) == ["pass"] * 4
    assert (report.controls.a_a, report.controls.sabotage_60ms) == ("pass", "fail")
    assert report.metrics[0].pairs == PAIRS


def test_a_dear_build_fails(measure: Measure) -> None:
    """It fails if it costs more than the margin."""
    assert measure(Visits(80)).verdict == "fail"


def test_a_build_at_the_margin_is_measured_longer_and_stays_unclear(measure: Measure) -> None:
    """After five looks without a clear verdict the result is inconclusive."""
    report = measure(Visits(50))
    assert report.verdict == "inconclusive"
    assert report.metrics[0].pairs == 5 * PAIRS


def test_what_is_clear_is_not_measured_again(measure: Measure) -> None:
    """Once typing is clear, nothing more is typed and its metrics stay."""

    class SlowPaint(Visits):
        def __call__(self, *arguments: Any, **options: Any) -> Sample:
            sample = super().__call__(*arguments, **options)
            at_margin = 49 if self.urls[-1] == INSTRUMENTED + FORM.path else 0
            return replace(sample, first_contentful_paint=sample.first_contentful_paint + at_margin)

    visits = SlowPaint(1)
    report = measure(visits)
    assert verdicts(report) == ["inconclusive", "pass", "pass", "pass"]
    assert [metric.pairs for metric in report.metrics] == [5 * PAIRS, PAIRS, PAIRS, PAIRS]
    assert visits.typed == [True] * 4 * (1 + PAIRS) + [False] * 4 * 4 * PAIRS


def test_busy_work_that_is_not_measured_prevents_a_pass(measure: Measure) -> None:
    """A measurement that misses 60 ms of busy work is inconclusive."""
    report = measure(Visits(5, busy=0))
    assert verdicts(report) == ["pass"] * 4
    assert (report.controls.sabotage_60ms, report.verdict) == ("pass", "inconclusive")


@pytest.mark.parametrize("again_ms", [200, -90])
def test_a_build_that_differs_from_itself_prevents_a_pass(measure: Measure, again_ms: float) -> None:
    """The A/A control compares the bare build with itself, which may be neither slower nor faster."""
    report = measure(Visits(5, again_ms=again_ms))
    assert report.controls.a_a != "pass"
    assert report.verdict == "inconclusive"


def test_the_arms_of_a_round_change_their_order(measure: Measure) -> None:
    """Each arm comes first in some round, so that a machine that slows down affects all alike."""
    visits = Visits()
    measure(visits)
    counted = visits.urls[4:]  # after the warm-up
    rounds = [counted[start : start + 4] for start in range(0, len(counted), 4)]
    firsts = {next(at for at, url in enumerate(urls) if url.startswith(INSTRUMENTED)) for urls in rounds}
    assert firsts == {0, 1, 2, 3}


def test_a_visit_that_times_nothing_is_inconclusive(measure: Measure) -> None:
    """One visit without times makes the whole measurement inconclusive."""

    class Nothing(Visits):
        def __call__(self, *_: object, **__: object) -> Sample:
            raise Inconclusive("Nothing was timed.")

    with pytest.raises(Inconclusive):
        measure(Nothing())


def test_a_field_that_the_page_can_look_for_is_typed_into() -> None:
    """The first one with a CSS selector; a form that has none is wrong configuration."""
    selectors: tuple[Selector, ...] = (Locator("label", "E-mail"), "text=E-mail", "form input", "#email")
    fields = {
        str(number): Field(str(number), selector, "E-mail", "email", value="user.email")
        for number, selector in enumerate(selectors)
    }
    assert timed_field(replace(FORM, fields=fields)) == "form input"
    for left in ({}, {"0": fields["0"], "1": fields["1"]}):
        with pytest.raises(ConfigurationError, match="no field here has a CSS selector"):
            timed_field(replace(FORM, fields=left))
