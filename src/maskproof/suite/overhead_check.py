"""Measures the overhead of the configured form, and turns the report into an outcome."""

from playwright.sync_api import Browser

from maskproof.errors import ConfigurationError
from maskproof.forms import load_forms
from maskproof.forms.model import FormFixture
from maskproof.journey import IS_ACTIVE
from maskproof.overhead import OverheadReport, measure_overhead
from maskproof.overhead.measure import timed_field
from maskproof.recording.case_browser import session_user_agent
from maskproof.recording.target import Target
from maskproof.settings import Settings
from maskproof.verdicts.declared import LIMITS
from maskproof.verdicts.outcome import Outcome


def overhead_of(settings: Settings, target: Target, browser: Browser) -> OverheadReport:
    """
    Measure the configured form.

    Args:
        settings: Name the form, the margin and the number of pairs.
        target: Serves both builds of the application.
        browser: Opens every page that is timed.

    Raises:
        ConfigurationError: `[overhead] form` names none of the form fixtures.
        Inconclusive: Nothing could be timed.

    """
    form = measured_form(settings)
    return measure_overhead(
        browser,
        target.app,
        form,
        user_agent=lambda: session_user_agent(browser.version, max(settings.run.protocols)),
        running=IS_ACTIVE,
        margin_ms=settings.overhead.margin_ms,
        pairs=settings.overhead.pairs,
    )


def measured_form(settings: Settings) -> FormFixture:
    """
    The form fixture that is measured.

    Raises:
        ConfigurationError: `[overhead] form` names none of the form fixtures, or one without a field to type into.

    """
    forms = {form.id: form for form in load_forms(settings.paths.forms)}
    if settings.overhead.form not in forms:
        raise ConfigurationError(
            f"{settings.file}: overhead.form: expected one of {', '.join(forms)}, got {settings.overhead.form!r}."
        )
    form = forms[settings.overhead.form]
    timed_field(form)
    return form


def outcome_of(report: OverheadReport, *, is_off: bool = False) -> Outcome:
    """
    Turn the overhead report into the outcome of the check.

    Args:
        report: What was measured.
        is_off: Whether tracking off stands for the bare build.

    """
    lines = [
        f"{metric.name}: median {metric.median_ms:+.1f} ms, bounds {metric.lower_ms:+.1f} to {metric.upper_ms:+.1f} ms "
        f"of {metric.pairs} pairs: {metric.verdict}"
        for metric in report.metrics
    ]
    controls = f"controls: A/A {report.controls.a_a}, 60 ms of busy work {report.controls.sabotage_60ms}"
    figures = {
        f"{metric.name}.{name}": getattr(metric, name)
        for metric in report.metrics
        for name in ("median_ms", "lower_ms", "upper_ms")
    }
    failed = [line for line, metric in zip(lines, report.metrics, strict=True) if metric.verdict == "fail"]
    unclear = () if report.verdict != "inconclusive" else (*lines, controls)
    return Outcome(
        seen=(*lines, controls, *((LIMITS["overhead"],) if is_off else ())),
        problems=tuple(failed) if report.verdict == "fail" else (),
        unseen=unclear,
        figures=figures,
    )
