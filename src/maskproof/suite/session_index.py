"""The index of one recorded session for the reports: its pictures, its texts, and the versions that recorded it."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from maskproof.recording.journey_record import JourneyRecord
from maskproof.recording.recorder import Recorded
from maskproof.suite.recorded_texts import RecordedTexts
from maskproof.verdicts.pictures import INDEX

BROWSER = re.compile(r"Chrome/([\d.]+)")


def write_index(
    folder: Path, recorded: Recorded, *, moments: Sequence[Mapping[str, object]], texts: RecordedTexts, umami: str
) -> None:
    """
    Write the index of a session.

    Args:
        folder: The folder of its pictures.
        recorded: The recordings of the case.
        moments: What is said of each moment.
        texts: What was recorded as text.
        umami: The version of Umami.

    """
    form, journey = recorded.case.form, recorded.user
    index = {
        "form": form.title,
        "form_id": form.id,
        "protocol": recorded.case.protocol,
        "session": journey.session_id,
        "sessions": {"user": journey.ledger.session_ids, "twin": recorded.twin.ledger.session_ids},
        "categories": sorted({field.category for field in form.pii_fields} | _planted(recorded)),
        "versions": _versions(journey, umami),
        "moments": list(moments),
        "static": texts.static,
        "texts": {"session": texts.session, "database": texts.database, "analytics": texts.analytics},
        "looked_at": texts.looked_at,
    }
    (folder / INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")


def _planted(recorded: Recorded) -> set[str]:
    """The categories of what a page shows without a field."""
    return {secret.category for secret in recorded.user.personas.pii_of(recorded.case.form)}


def _versions(journey: JourneyRecord, umami: str) -> dict[str, str]:
    """The versions of what recorded a session; empty where it did not say."""
    stored = next((replay.tracker_version for replay in journey.database.replays), "")
    browser = BROWSER.search(journey.ledger.user_agent)
    return {"tracker": journey.tracker or stored, "umami": umami, "browser": browser[1] if browser else ""}
