"""Finds one stored session: in the store of the last run, or at a live target; and whose values it may hold."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maskproof.errors import ConfigurationError, UsageError
from maskproof.evidence.summary import FILE_NAME as SUMMARY
from maskproof.forms.model import FormFixture, Personas
from maskproof.machine.progress import note
from maskproof.openreplay.recordings import Recording, decode_recording, unpack
from maskproof.recording.cases import selected_cases
from maskproof.recording.recorder import personas_of
from maskproof.recording.target import LIVE_POLL_S, live_openreplay_client
from maskproof.secrets import Secret
from maskproof.settings import Settings
from maskproof.verdicts.pictures import INDEX, PICTURES_FOLDER

STORE = "run/mobs"
PARTS = (("dom", ("dom.mobs", "dom.mobe")), ("devtools", ("devtools.mob",)))
SHOWN = 4
SETTLE_S = 5.0


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose session it is: the form that was filled in, and its people."""

    form: FormFixture
    personas: Personas

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """The values of its people."""
        return self.personas.pii_of(self.form)


def recordings_of(settings: Settings, session: str) -> list[Recording]:
    """
    The files of a session, decoded.

    Args:
        settings: Name the target, and the folder of the reports.
        session: Its id.

    Raises:
        UsageError: The last run stored no such session, or there is no run.
        Inconclusive: A live target does not store it in time.

    """
    if settings.target == "live":
        client, project, _ = live_openreplay_client(settings)
        note(f"pull session {session}")
        deadline_s = settings.run.session_deadline_s
        settle_s = min(deadline_s, SETTLE_S)
        stored = client.wait_for_session(project, session, deadline_s, settle_s=settle_s, poll_s=LIVE_POLL_S)
        return list(stored.recordings())
    store = settings.paths.reports / STORE
    if not store.is_dir():
        raise UsageError(
            f"there is no run in {settings.paths.reports}: no session is stored there.",
            hint="Run maskproof verify first; for a deployment, give --target live.",
        )
    # The id is a name in that folder, and no path.
    if session not in {folder.name for folder in store.iterdir()}:
        raise UsageError(f"the last run stored no session {session}.", hint=_known(settings.paths.reports))
    return list(_decoded(store / session))


def owner_of(settings: Settings, session: str) -> Owner | None:
    """
    Whose session it is, if the last run recorded it.

    Args:
        settings: Name the folder of the reports, and the form fixtures.
        session: Its id.

    """
    for index in _indexes(settings.paths.reports):
        for role, sessions in index.get("sessions", {}).items():
            if session in sessions:
                seed = _seed(settings.paths.reports)
                case = f"{index['form_id']}-v{index['protocol']}"
                for known in selected_cases(settings) if seed else ():
                    if known.id == case:
                        return Owner(known.form, personas_of(known, seed, role))
    return None


def _decoded(folder: Path) -> Iterator[Recording]:
    for name, files in PARTS:
        parts = [unpack((folder / file).read_bytes(), source=file) for file in files if (folder / file).is_file()]
        if parts:
            yield decode_recording(parts, source=f"{folder.name}/{name}")


def _indexes(reports: Path) -> list[dict[str, Any]]:
    files = sorted((reports / PICTURES_FOLDER).glob(f"*/{INDEX}"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def _known(reports: Path) -> str:
    known = [f"{index['form_id']}-v{index['protocol']}: {index['session']}" for index in _indexes(reports)]
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"Sessions of it: {', '.join(known[:SHOWN]) or 'none with pictures'}{more}."


def _seed(reports: Path) -> str:
    """The seed of the last run; a run that did not end has none."""
    try:
        return str(json.loads((reports / SUMMARY).read_text(encoding="utf-8")).get("seed", ""))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{reports / SUMMARY} cannot be read: {type(error).__name__}.") from None
