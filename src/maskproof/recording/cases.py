"""Which cases a run has: every form fixture under every configured protocol version."""

from maskproof.forms import load_forms
from maskproof.recording.recorder import Case
from maskproof.settings import Settings

CASE_CHECKS = ("masking", "twin", "first-layer", "rules", "fidelity", "capture", "analytics", "behaviour")


def selected_cases(settings: Settings) -> tuple[Case, ...]:
    """
    Every form under every protocol version that both it and the configuration name.

    Raises:
        ConfigurationError: A fixture has a fault, or there is none.

    """
    return tuple(
        Case(form, protocol)
        for form in load_forms(settings.paths.forms)
        for protocol in form.protocols
        if protocol in settings.run.protocols
    )


def expected_checks(settings: Settings) -> tuple[str, ...]:
    """Names (`check form-vN`) of every check that a whole run of this configuration has."""
    cases = selected_cases(settings)
    names = [f"{check} {case.id}" for case in cases for check in CASE_CHECKS]
    return (*names, *(("overhead all",) if settings.overhead.form else ()))
