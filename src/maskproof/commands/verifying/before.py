"""What can be known of a run before anything is started: a wrong configuration costs seconds, not minutes."""

import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

from maskproof.commands.project import load_project
from maskproof.embedded.app_check import check_app
from maskproof.embedded.bundle_check import check_bundle, check_protocols
from maskproof.embedded.running import refuse_switches
from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.leaks.judging.configured import configured_judge
from maskproof.machine.progress import note
from maskproof.machine.waiting import host_and_port
from maskproof.panels.model import load_dashboards
from maskproof.recording.cases import left_out, selected_cases
from maskproof.recording.target import confirm, target_of
from maskproof.settings import AppSettings, Settings
from maskproof.suite.overhead_check import measured_form
from maskproof.verdicts.declared import TRACKING_OFF
from maskproof.verdicts.outside import proofs_outside

CONNECT_TIMEOUT_S = 3.0


def check_before(settings: Settings, switches: Mapping[str, object]) -> None:
    """
    Check the configuration and what it names, and say what is worth knowing.

    Args:
        settings: The configuration.
        switches: Test-only switches, by name.

    Raises:
        ConfigurationError: A part of it cannot work; names file and line.
        Inconclusive: A server that should be there does not answer.

    """
    if settings.target == "live":
        refuse_switches(switches)
    for line in _configured(settings):
        note(line)
    if settings.target == "live":
        confirm(target_of(settings, None))
    _answer(settings)


def _configured(settings: Settings) -> Iterator[str]:
    rules, forms = load_project(settings)
    for own in (own for form in forms for own in form.own):
        own.read()
    configured_judge(settings.leaks)
    proofs_outside(settings.paths, "")
    if settings.dashboards is not None:
        load_dashboards(settings.dashboards)
    check_app(settings)
    yield from check_protocols(settings, forms)
    if not selected_cases(settings):
        raise ConfigurationError("No form fixture runs under the configured protocol versions.")
    if others := left_out(settings):
        yield f"the core of the catalogue: {len(others)} more form fixtures run with --all"
    if settings.run.umami_pages and not settings.asks_umami_pages:
        yield "the check umami-pages: not on a live target, whose Umami counts other people too"
    if settings.overhead.form:
        measured_form(settings)
    if settings.is_off_for_bare:
        yield f"{settings.place('app.static')}: no bare_dir, so {TRACKING_OFF}"
    if settings.target == "embedded" and (build := _given_build(settings.app)) is not None:
        yield from check_bundle(settings, *build, rules)


def _given_build(app: AppSettings) -> tuple[str, Path] | None:
    """The folder of a build with tracking that is there already, and what names it."""
    if app.static is not None:
        return "app.static.instrumented_dir", app.static.instrumented_dir
    if app.server is not None and app.server.instrumented_dir and not app.server.source:
        return "app.server.instrumented_dir", app.server.instrumented_dir
    return None


def _answer(settings: Settings) -> None:
    """Knock at the builds that run already: a stuck journey would tell much later, and not why."""
    if settings.app.is_started and settings.target == "embedded":
        return
    for name in ("instrumented", "bare"):
        url = getattr(settings.app, name)
        if not url:
            continue
        try:
            socket.create_connection(host_and_port(url), CONNECT_TIMEOUT_S).close()
        except OSError as error:
            raise Inconclusive(
                f"{settings.place(f'app.{name}')}: nothing answers at {url}: {error.strerror or error}.",
                hint="Start the application there, or name the address that it has.",
            ) from error
