"""Inspects a target: what is reachable and set up right. A run would find out only after minutes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from maskproof.embedded.running import running_target
from maskproof.errors import EXIT_PASS, ConfigurationError, Inconclusive, MaskproofError
from maskproof.http import ApiClient
from maskproof.machine.probe import Probed, probe_browser, probe_machine
from maskproof.recording.target import Target
from maskproof.settings import Settings

State = Literal["ok", "warning", "wrong"]
FULL_RATE = 100
TIMEOUT_S = 10.0
ERRORS, SERVER_ERROR = range(400, 600), 500
REDIRECTS = range(300, 400)  # an application may redirect `/`


@dataclass(frozen=True, slots=True)
class Inspection:
    """One part of a target: its state, what was seen of it, what to do, and the exit status that follows."""

    what: str
    state: State
    seen: str
    advice: str = ""
    exit_code: int = EXIT_PASS

    @classmethod
    def of_error(cls, what: str, error: MaskproofError) -> "Inspection":
        """
        The inspection of a part that is wrong; its status separates a wrong configuration from a silent server.

        Args:
            what: The part, as it is printed.
            error: What went wrong, with a hint.

        """
        return cls(what, "wrong", error.message, error.hint, error.exit_code)


def examine(settings: Settings) -> list[Inspection]:
    """
    Start each part of this machine once, then inspect every part of the target.

    An embedded target is started for it. A part that cannot be reached is an inspection with a fault, not an error.

    Args:
        settings: The configuration.

    """
    parts = [probe_browser(own_pages=False)] if settings.target == "live" else probe_machine(settings.run.browsers)
    found = [_of_part(part) for part in parts]
    if settings.target != "live" and any(part.error for part in parts):
        return found
    try:
        with running_target(settings, work_dir=settings.paths.reports / "doctor") as target:
            found += list(_parts(target))
    except MaskproofError as error:
        found.append(Inspection.of_error("target", error))
    return found


def _parts(target: Target) -> Iterator[Inspection]:
    yield _asked("application, instrumented", lambda: _page(target.app.instrumented))
    yield _asked("application, bare", lambda: _page(target.app.bare))
    yield _asked("OpenReplay log-in", lambda: _openreplay(target))
    yield _asked("OpenReplay project", lambda: _project(target))
    yield _asked("OpenReplay sessions", lambda: _sessions(target))
    yield _asked("OpenReplay ingest", lambda: _ingest(target))
    yield _asked("OpenReplay capture rate", lambda: _rate(target))
    yield _asked("Umami", lambda: f"version {target.umami.version}")
    yield _asked("Umami website", lambda: f"{target.umami.website(target.website_id).name} is there")


def _asked(what: str, ask: Callable[[], str]) -> Inspection:
    try:
        return Inspection(what, "ok", ask())
    except MaskproofError as error:
        return Inspection.of_error(what, error)


def _of_part(part: Probed) -> Inspection:
    if part.error is not None:
        return Inspection.of_error(part.what, part.error)
    return Inspection(part.what, "ok", part.seen)


def _page(url: str) -> str:
    answer = ApiClient(url, name="application", timeout_s=TIMEOUT_S).request("GET", "/", allow=REDIRECTS)
    return f"{url} answers with {answer.status_code}"


def _openreplay(target: Target) -> str:
    for account in target.accounts:
        account.login()
    of_all = f"all {len(target.accounts)} accounts " if len(target.accounts) > 1 else ""
    return f"{of_all}accepted by {target.openreplay.base_url}"


def _project(target: Target) -> str:
    names = {str(project.project_id): project.name for project in target.openreplay.projects()}
    if target.project_id not in names:
        raise ConfigurationError(
            f"no project has the id {target.project_id}.", hint=f"Projects there: {', '.join(sorted(names)) or 'none'}."
        )
    return f"{target.project_id} is {names[target.project_id]}"


def _sessions(target: Target) -> str:
    """The services that keep the sessions are other ones than those that keep accounts and projects."""
    return f"they know the project, and capture {target.openreplay.conditions(target.project_id)} %"


def _ingest(target: Target) -> str:
    answer = ApiClient(target.ingest, name="OpenReplay's ingest", timeout_s=TIMEOUT_S).request("GET", "/", allow=ERRORS)
    if answer.status_code >= SERVER_ERROR:
        raise Inconclusive(
            f"{target.ingest} answers with {answer.status_code}.", hint="Is the service behind that address running?"
        )
    return f"{target.ingest} answers with {answer.status_code}"


def _rate(target: Target) -> str:
    rate = target.openreplay.sample_rate(target.project_id)
    if rate.rate < FULL_RATE and not rate.capture_all:
        raise Inconclusive(
            f"only {rate.rate} % of sessions are captured: the capture check cannot pass.",
            hint="Set the project's capture rate to 100 %.",
        )
    return f"{FULL_RATE if rate.capture_all else rate.rate} %"
