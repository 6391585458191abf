"""Which cases a run has: every form fixture under every configured protocol version, in every configured browser."""

from collections.abc import Sequence

from maskproof.errors import ConfigurationError
from maskproof.forms import load_forms
from maskproof.forms.model import CORE, FormFixture
from maskproof.recording.recorder import Case
from maskproof.recording.shards import Shard, forms_of
from maskproof.settings import Settings
from maskproof.settings_schema import CHROMIUM
from maskproof.verdicts.checks import CASE_CHECKS, SEARCHED
from maskproof.verdicts.results import NO_CASE


def selected_cases(settings: Settings, shard: Shard | None = None) -> tuple[Case, ...]:
    """
    Every form that is asked for, under every protocol version that both it and the configuration name, in each browser.

    Those of Chromium come first.

    Args:
        settings: The configuration.
        shard: Leaves out the forms of other shards; None for a whole run.

    Raises:
        ConfigurationError: A fixture is invalid, there is none, a form would send data to a live target without
            permission, or another browser than Chromium is to drive a live target.
        UsageError: There are more shards than forms.

    """
    forms = [form for form in load_forms(settings.paths.forms) if _is_asked_for(form, settings)]
    if settings.target == "live":
        _refuse_other_browsers(settings)
        _refuse_to_submit(settings, forms)
    spoken = [form for form in forms if set(form.protocols).intersection(settings.run.protocols)]
    if shard is not None:
        mine = forms_of(shard, spoken, has_alone=bool(_alone(settings)))
        spoken = [form for form in spoken if form.id in mine]
    return tuple(
        Case(form, protocol, browser)
        for browser in settings.run.browsers
        for form in spoken
        for protocol in form.protocols
        if protocol in settings.run.protocols
    )


def left_out(settings: Settings) -> tuple[str, ...]:
    """Ids of the form fixtures that a run of the core alone leaves out."""
    return tuple(form.id for form in load_forms(settings.paths.forms) if not _is_asked_for(form, settings))


def _is_asked_for(form: FormFixture, settings: Settings) -> bool:
    return form.catalogue == CORE or settings.run.catalogue != CORE


def _refuse_other_browsers(settings: Settings) -> None:
    """What is submitted in Firefox is read between the browser and the embedded target's servers."""
    if set(settings.run.browsers) - {CHROMIUM}:
        raise settings.error(
            "run.browsers",
            "on a live target journeys run in Chromium only.",
            hint="Leave out browsers, or run the embedded target: --target embedded.",
        )


def _refuse_to_submit(settings: Settings, forms: Sequence[FormFixture]) -> None:
    sending = [form.id for form in forms if (form.submits or form.seeds) and form.id not in settings.run.allow_submit]
    if sending:
        raise ConfigurationError(
            f"{settings.file}: run.allow_submit: a live target is sent only what is named there, "
            f"and these forms send data: {', '.join(sending)}.",
            hint="Name them, or let [paths] forms point at a folder of others.",
        )


def expected_checks(settings: Settings) -> tuple[str, ...]:
    """Names (`check form-vN`) of every check that a whole run of this configuration has."""
    cases = selected_cases(settings)
    names = [f"{check} {case.id}" for case in cases for check in CASE_CHECKS[case.browser]]
    pages = ("umami-pages",) if settings.asks_umami_pages else ()
    whole = (*_alone(settings), *pages, SEARCHED)
    return (*names, *(f"{check} {NO_CASE}" for check in whole))


def _alone(settings: Settings) -> tuple[str, ...]:
    """The checks that are made once a run, beside no other."""
    overhead = ("overhead",) if settings.overhead.form else ()
    dashboards = ("dashboards",) if settings.asks_dashboards else ()
    return (*overhead, *(settings.project.checks if settings.project else ()), *dashboards)
