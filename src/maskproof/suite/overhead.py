"""The overhead verdict of a target: which form, which browser, which margin."""

from playwright.sync_api import Browser

from maskproof.errors import ConfigurationError
from maskproof.forms import load_forms
from maskproof.forms.model import FormFixture
from maskproof.journey import IS_ACTIVE
from maskproof.overhead import OverheadReport, measure_overhead
from maskproof.recording.recorder import session_user_agent
from maskproof.recording.target import Target
from maskproof.settings import Settings
from maskproof.verdicts.outcome import Outcome


def overhead_of(settings: Settings, target: Target, browser: Browser) -> OverheadReport:
    """
    Measure the configured form.

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
        ConfigurationError: `[overhead] form` names none of them.

    """
    forms = {form.id: form for form in load_forms(settings.paths.forms)}
    if settings.overhead.form not in forms:
        raise ConfigurationError(
            f"{settings.file}: overhead.form: expected one of {', '.join(forms)}, got {settings.overhead.form!r}."
        )
    return forms[settings.overhead.form]


def outcome_of(report: OverheadReport) -> Outcome:
    """The report as a check's outcome."""
    lines = [
        f"{one.name}: median {one.median_ms:+.1f} ms, bounds {one.lower_ms:+.1f} to {one.upper_ms:+.1f} ms "
        f"of {one.pairs} pairs: {one.verdict}"
        for one in report.metrics
    ]
    controls = f"controls: A/A {report.controls.a_a}, 60 ms of busy work {report.controls.sabotage_60ms}"
    figures = {
        f"{one.name}.{name}": getattr(one, name)
        for one in report.metrics
        for name in ("median_ms", "lower_ms", "upper_ms")
    }
    failed = [line for line, one in zip(lines, report.metrics, strict=True) if one.verdict == "fail"]
    unclear = () if report.verdict != "inconclusive" else (*lines, controls)
    return Outcome(
        seen=(*lines, controls),
        problems=tuple(failed) if report.verdict == "fail" else (),
        unseen=unclear,
        figures=figures,
    )
