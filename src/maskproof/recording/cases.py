"""Which cases a run has: every form fixture under every configured protocol version."""

from collections.abc import Sequence

from maskproof.errors import ConfigurationError
from maskproof.forms import load_forms
from maskproof.forms.model import CORE, FormFixture
from maskproof.recording.recorder import Case
from maskproof.settings import Settings
from maskproof.verdicts.checks import SEARCHED, TITLES, WHOLE_RUN
from maskproof.verdicts.results import NO_CASE

CASE_CHECKS = tuple(check for check in TITLES if check not in WHOLE_RUN)


def selected_cases(settings: Settings) -> tuple[Case, ...]:
    """
    Every form that is asked for, under every protocol version that both it and the configuration name.

    Raises:
        ConfigurationError: A fixture is invalid, there is none, or a form would send data to a live target without
            permission.

    """
    forms = [form for form in load_forms(settings.paths.forms) if _is_asked_for(form, settings)]
    if settings.target == "live":
        _refuse_to_submit(settings, forms)
    return tuple(
        Case(form, protocol) for form in forms for protocol in form.protocols if protocol in settings.run.protocols
    )


def left_out(settings: Settings) -> tuple[str, ...]:
    """Ids of the form fixtures that a run of the core alone leaves out."""
    return tuple(form.id for form in load_forms(settings.paths.forms) if not _is_asked_for(form, settings))


def _is_asked_for(form: FormFixture, settings: Settings) -> bool:
    return form.catalogue == CORE or settings.run.catalogue != CORE


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
    names = [f"{check} {case.id}" for case in cases for check in CASE_CHECKS]
    whole = ["overhead"] if settings.overhead.form else []
    whole += settings.project.checks if settings.project else ()
    whole += ["dashboards"] if settings.asks_dashboards else []
    return (*names, *(f"{check} {NO_CASE}" for check in (*whole, SEARCHED)))
