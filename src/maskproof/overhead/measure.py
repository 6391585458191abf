"""
Interleaved rounds over both builds and two controls, until the verdict is clear or the rounds are used up.

A round visits the bare build, the instrumented one, the bare one again (A/A control) and the bare one with
60 ms of busy work (sabotage), in an order that turns with each round, so that slow changes of the machine
hit all four alike. Looks after N, 2N and 3N rounds share the 5 % error between them (Bonferroni).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser

from maskproof.forms.model import FormFixture
from maskproof.overhead.model import Controls, Metric, OverheadReport
from maskproof.overhead.probe import Sample, visit
from maskproof.overhead.statistics import judge
from maskproof.stack.addresses import AppAddresses
from maskproof.stack.progress import note
from maskproof.verdict import Verdict, combine

SABOTAGE_MS = 60
LOOKS = 3
ERROR = 0.05
CONTROL_METRIC = "form_ready"
ARMS = ("bare", "instrumented", "again", "sabotage")


@dataclass(slots=True)
class _Arms:
    samples: dict[str, list[Sample]] = field(default_factory=lambda: {arm: [] for arm in ARMS})

    def differences(self, arm: str, metric: str) -> list[float]:
        pairs = zip(self.samples[arm], self.samples["bare"], strict=True)
        return [getattr(one, metric) - getattr(bare, metric) for one, bare in pairs]


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
        pairs: Rounds before the first look; at most three times as many are run.

    Raises:
        Inconclusive: A visit timed nothing.

    """
    started = time.monotonic()
    selector = next(iter(form.fields.values())).selector
    arms = _Arms()

    def timed(arm: str) -> Sample:
        is_instrumented = arm == "instrumented"
        return visit(
            browser,
            (app.instrumented if is_instrumented else app.bare) + form.path,
            selector,
            user_agent=user_agent(),
            running=running if is_instrumented else "",
            busy_ms=SABOTAGE_MS if arm == "sabotage" else 0,
        )

    for arm in ARMS:
        timed(arm)  # warm-up, not counted
    report = None
    for look in range(1, LOOKS + 1):
        for number in range(pairs):
            for arm in _turned(number):
                arms.samples[arm].append(timed(arm))
        report = _report(arms, margin_ms, time.monotonic() - started)
        note(_progress(report))
        if report.verdict != "inconclusive" or look == LOOKS:
            break
    if report is None:
        raise AssertionError
    return report


def _turned(number: int) -> tuple[str, ...]:
    """The arms in the order of one round."""
    offset = number % len(ARMS)
    return (*ARMS[offset:], *ARMS[:offset])


def _report(arms: _Arms, margin_ms: float, seconds: float) -> OverheadReport:
    confidence = 1 - ERROR / LOOKS

    def judged(arm: str, metric: str) -> Metric:
        return judge(metric, arms.differences(arm, metric), margin_ms=margin_ms, confidence=confidence)

    metrics = tuple(judged("instrumented", name) for name in Sample.names())
    controls = Controls(
        a_a=_alike(judged("again", CONTROL_METRIC), margin_ms),
        sabotage_60ms=judged("sabotage", CONTROL_METRIC).verdict,
    )
    return OverheadReport(
        verdict=_verdict(metrics, controls),
        margin_ms=margin_ms,
        metrics=metrics,
        controls=controls,
        seconds=round(seconds, 1),
    )


def _alike(again: Metric, margin_ms: float) -> Verdict:
    """An A/A control passes only within the margin on both sides: a second arm that is quicker is no control."""
    if again.verdict == "pass" and again.lower_ms <= -margin_ms:
        return "fail" if again.upper_ms < -margin_ms else "inconclusive"
    return again.verdict


def _verdict(metrics: Sequence[Metric], controls: Controls) -> Verdict:
    if controls.a_a != "pass" or controls.sabotage_60ms == "pass":
        return "inconclusive"
    return combine(metric.verdict for metric in metrics)


def _progress(report: OverheadReport) -> str:
    shown = ", ".join(f"{one.name} {one.median_ms:+.0f} ms (under {one.upper_ms:.0f})" for one in report.metrics)
    return f"overhead after {report.metrics[0].pairs} pairs: {shown}"
