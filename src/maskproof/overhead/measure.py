"""
Interleaved rounds over both builds and two controls, until the verdict is clear or the rounds are used up.

A round visits the bare build, the instrumented one, the bare one again (A/A control) and the bare one with
60 ms of busy work (sabotage), in an order that turns with each round, so that slow changes of the machine
hit all four alike. The looks after each so many rounds share the 5 % error between them (Bonferroni); a metric
that is clear is not looked at again, and once typing is, nothing is typed any more.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser

from maskproof.forms.model import FormFixture
from maskproof.machine.progress import note
from maskproof.overhead.model import Controls, Metric, OverheadReport
from maskproof.overhead.probe import Sample, visit
from maskproof.overhead.statistics import judge
from maskproof.recording.addresses import AppAddresses
from maskproof.verdicts.verdict import Verdict, combine

SABOTAGE_MS = 60
LOOKS = 5
ERROR = 0.05
CONTROL_METRIC = "form_ready"
ARMS = ("bare", "instrumented", "again", "sabotage")


@dataclass(slots=True)
class _Rounds:
    """What the visits of each round took, and what is clear of it."""

    margin_ms: float
    samples: list[dict[str, Sample]] = field(default_factory=list)
    clear: dict[str, Metric] = field(default_factory=dict)

    @property
    def types(self) -> bool:
        """Whether something about typing is still open."""
        return any(name not in self.clear for name in Sample.of_typing())

    def report(self, seconds: float) -> OverheadReport:
        """A look at all rounds."""
        metrics = tuple(self._metric(name) for name in Sample.names())
        self.clear |= {one.name: one for one in metrics if one.verdict != "inconclusive"}
        controls = Controls(
            a_a=_alike(self._judged("again", CONTROL_METRIC), self.margin_ms),
            sabotage_60ms=self._judged("sabotage", CONTROL_METRIC).verdict,
        )
        return OverheadReport(
            verdict=_verdict(metrics, controls),
            margin_ms=self.margin_ms,
            metrics=metrics,
            controls=controls,
            seconds=round(seconds, 1),
        )

    def _metric(self, name: str) -> Metric:
        return self.clear.get(name) or self._judged("instrumented", name)

    def _judged(self, arm: str, metric: str) -> Metric:
        """One arm against the bare build, round by round, where both were timed."""
        pairs = [(getattr(one[arm], metric), getattr(one["bare"], metric)) for one in self.samples]
        differences = [one - bare for one, bare in pairs if None not in (one, bare)]
        return judge(metric, differences, margin_ms=self.margin_ms, confidence=1 - ERROR / LOOKS)


def measure_overhead(
    browser: Browser,
    app: AppAddresses,
    form: FormFixture,
    *,
    user_agent: Callable[[], str],
    running: str,
    margin_ms: float = 50.0,
    pairs: int = 20,
) -> OverheadReport:
    """
    Measure what the instrumented build costs over the bare one.

    Args:
        browser: A browser that nothing else uses meanwhile.
        app: Base URLs of the two builds.
        form: The form that is visited; its first field is typed into.
        user_agent: Makes the user agent of one visit.
        running: Tells in the page whether the instrumented build's tracking runs, a JavaScript function.
        margin_ms: What the upper bound has to stay under, in milliseconds.
        pairs: Rounds before each look; at most five times as many are run.

    Raises:
        Inconclusive: A visit timed nothing.

    """
    started = time.monotonic()
    selector = next(iter(form.fields.values())).selector
    rounds = _Rounds(margin_ms)

    def timed(arm: str) -> Sample:
        is_instrumented = arm == "instrumented"
        return visit(
            browser,
            (app.instrumented if is_instrumented else app.bare) + form.path,
            selector,
            user_agent=user_agent(),
            running=running if is_instrumented else "",
            busy_ms=SABOTAGE_MS if arm == "sabotage" else 0,
            types=rounds.types,
        )

    for arm in ARMS:
        timed(arm)  # warm-up, not counted
    for look in range(1, LOOKS + 1):
        for number in range(pairs):
            rounds.samples.append({arm: timed(arm) for arm in _turned(number)})
        report = rounds.report(time.monotonic() - started)
        note(_progress(report, look * pairs))
        if report.verdict != "inconclusive":
            break
    return report


def _turned(number: int) -> tuple[str, ...]:
    """The arms in the order of one round."""
    offset = number % len(ARMS)
    return (*ARMS[offset:], *ARMS[:offset])


def _alike(again: Metric, margin_ms: float) -> Verdict:
    """An A/A control passes only within the margin on both sides: a second arm that is quicker is no control."""
    if again.verdict == "pass" and again.lower_ms <= -margin_ms:
        return "fail" if again.upper_ms < -margin_ms else "inconclusive"
    return again.verdict


def _verdict(metrics: Sequence[Metric], controls: Controls) -> Verdict:
    if controls.a_a != "pass" or controls.sabotage_60ms == "pass":
        return "inconclusive"
    return combine(metric.verdict for metric in metrics)


def _progress(report: OverheadReport, rounds: int) -> str:
    shown = ", ".join(f"{one.name} {one.median_ms:+.0f} ms (under {one.upper_ms:.0f})" for one in report.metrics)
    return f"overhead after {rounds} rounds: {shown}"
