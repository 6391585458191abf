"""
Interleaved rounds over both builds and two controls, until the verdict is clear or the rounds are used up.

A round visits the bare build, the instrumented one, the bare one again (A/A control) and the bare one with
60 ms of busy work (sabotage). The order rotates from round to round, so that slow changes of the machine affect
all four alike. After every `pairs` rounds comes a look at the verdict; the looks share an error of 5 % (Bonferroni).
A metric that is clear is not judged again, and once all metrics of typing are clear, nothing more is typed.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser

from maskproof.errors import ConfigurationError
from maskproof.forms.model import FormFixture
from maskproof.machine.progress import note
from maskproof.matchers import css_fault
from maskproof.overhead.model import Controls, Metric, OverheadReport
from maskproof.overhead.page_timing import Sample, visit
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
    """The samples of each round, by arm, and the metrics that are clear."""

    margin_ms: float
    samples: list[dict[str, Sample]] = field(default_factory=list)
    clear: dict[str, Metric] = field(default_factory=dict)

    @property
    def types(self) -> bool:
        """Whether a metric of typing is not clear yet, so that visits have to type."""
        return any(name not in self.clear for name in Sample.of_typing())

    def report(self, seconds: float) -> OverheadReport:
        """Judge all rounds so far; `seconds` is how long they took."""
        metrics = tuple(self._metric(name) for name in Sample.names())
        self.clear |= {metric.name: metric for metric in metrics if metric.verdict != "inconclusive"}
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
        pairs = [(getattr(samples[arm], metric), getattr(samples["bare"], metric)) for samples in self.samples]
        differences = [timed - bare for timed, bare in pairs if None not in (timed, bare)]
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
        form: The form that is visited; its first field with a CSS selector is typed into.
        user_agent: Makes the user agent of one visit.
        running: JavaScript function that returns in the page whether the instrumented build's tracking runs.
        margin_ms: The upper bound has to stay below it, in milliseconds.
        pairs: Rounds before each look; at most five times as many are run.

    Raises:
        ConfigurationError: No field of the form has a CSS selector.
        Inconclusive: A visit timed nothing.

    """
    started = time.monotonic()
    selector = timed_field(form)
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


def timed_field(form: FormFixture) -> str:
    """
    The CSS selector of the field that is typed into: the first one that the page itself can look for.

    Raises:
        ConfigurationError: The form has no such field.

    """
    known = (field.selector for field in form.fields.values() if isinstance(field.selector, str))
    selector = next((selector for selector in known if not css_fault(selector)), None)
    if selector is None:
        raise ConfigurationError(
            f"{form.source}: overhead is measured as a field is typed into, and no field here has a CSS selector.",
            hint="Give one a CSS selector, or name another form: [overhead] form.",
        )
    return selector


def _turned(number: int) -> tuple[str, ...]:
    """The arms in the order of one round."""
    offset = number % len(ARMS)
    return (*ARMS[offset:], *ARMS[:offset])


def _alike(again: Metric, margin_ms: float) -> Verdict:
    """The A/A control passes only within the margin on both sides: a second arm that is much faster is no control."""
    if again.verdict == "pass" and again.lower_ms <= -margin_ms:
        return "fail" if again.upper_ms < -margin_ms else "inconclusive"
    return again.verdict


def _verdict(metrics: Sequence[Metric], controls: Controls) -> Verdict:
    if controls.a_a != "pass" or controls.sabotage_60ms == "pass":
        return "inconclusive"
    return combine(metric.verdict for metric in metrics)


def _progress(report: OverheadReport, rounds: int) -> str:
    shown = ", ".join(
        f"{metric.name} {metric.median_ms:+.0f} ms (under {metric.upper_ms:.0f})" for metric in report.metrics
    )
    return f"overhead after {rounds} rounds: {shown}"
