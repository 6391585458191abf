"""The pictures of a run as the report shows them: what a person saw, beside what the recording shows."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maskproof.verdicts.pictures import INDEX, PICTURES_FOLDER


@dataclass(frozen=True, slots=True)
class Pair:
    """One moment: its title, both pictures as data URLs (empty where there is none), and what each place holds."""

    title: str
    seen: str
    recorded: str
    places: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Session:
    """The moments of one session."""

    form: str
    protocol: int
    pairs: tuple[Pair, ...]


def read_pictures(reports: Path) -> list[Session]:
    """The sessions of a run that were drawn: of each form one, under its newest protocol version."""
    sessions: dict[str, Session] = {}
    for index in sorted((reports / PICTURES_FOLDER).glob(f"*/{INDEX}")):
        data = json.loads(index.read_text(encoding="utf-8"))
        pairs = tuple(_pair(index.parent, moment) for moment in data["moments"])
        session = Session(data["form"], data["protocol"], pairs)
        if pairs and session.protocol >= sessions.get(session.form, session).protocol:
            sessions[session.form] = session
    return list(sessions.values())


def _pair(folder: Path, moment: dict[str, Any]) -> Pair:
    urls = {name.rpartition("-")[2]: _data_url(folder / name) for name in moment["pictures"]}
    return Pair(moment["title"], urls.get("seen.png", ""), urls.get("recorded.png", ""), tuple(moment["places"]))


def _data_url(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"
