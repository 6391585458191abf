"""The recorded sessions of a run as the report shows them: what a person saw, and what the recording holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from maskproof.leaks.search.safe_texts import REDACTED
from maskproof.verdicts.pictures import INDEX, PICTURES_FOLDER, data_url


@dataclass(frozen=True, slots=True)
class Pair:
    """One moment: its title, both pictures as data URLs (empty where there is none), and what each place holds."""

    title: str
    seen: str
    recorded: str
    places: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class TextRow:
    """Texts of one field in one place: its channel, where it is, what it says, how often, and whether one is hidden."""

    channel: str
    field: str
    where: str
    texts: tuple[str, ...]
    count: int

    @property
    def has_value(self) -> bool:
        """Whether a text is not shown because it holds a value."""
        return any(REDACTED in text for text in self.texts)


@dataclass(frozen=True, slots=True)
class Session:
    """
    One recorded session.

    `versions` are those of tracker, Umami and browser. `texts` are those beyond the application's own, of which there
    are `static`; they and the events of database and analytics hold no value. `looked_at` counts the texts that were
    searched, by channel.
    """

    form: str
    protocol: int
    pairs: tuple[Pair, ...] = ()
    form_id: str = ""
    id: str = ""
    categories: tuple[str, ...] = ()
    versions: Mapping[str, str] | None = None
    texts: tuple[TextRow, ...] = ()
    database: tuple[TextRow, ...] = ()
    analytics: tuple[TextRow, ...] = ()
    static: int = 0
    looked_at: Mapping[str, int] | None = None

    @property
    def case(self) -> str:
        """The case that was recorded, as checks name it."""
        return f"{self.form_id}-v{self.protocol}"

    @property
    def places(self) -> list[tuple[dict[str, Any], tuple[str, ...]]]:
        """Each field that holds personal data, and what the recording holds in it at each moment."""
        numbers = {place["number"]: place for pair in self.pairs for place in pair.places}
        return [(place, tuple(map(partial(_holds, number), self.pairs))) for number, place in sorted(numbers.items())]


def read_sessions(reports: Path) -> list[Session]:
    """Every session of a run that was kept, in order of form and protocol version."""
    read = [_session(index) for index in (reports / PICTURES_FOLDER).glob(f"*/{INDEX}")]
    return sorted(read, key=lambda session: (session.form_id, session.protocol))


def _holds(number: int, pair: Pair) -> str:
    return next((str(place["holds"]) for place in pair.places if place["number"] == number), "")


def _session(index: Path) -> Session:
    data = json.loads(index.read_text(encoding="utf-8"))
    texts = data["texts"]
    return Session(
        form=data["form"],
        protocol=data["protocol"],
        pairs=tuple(_pair(index.parent, moment) for moment in data["moments"]),
        form_id=data["form_id"],
        id=data["session"],
        categories=tuple(data["categories"]),
        versions=data["versions"],
        texts=tuple(_row(row, (row["text"],)) for row in texts["session"]),
        database=_by_field(texts["database"]),
        analytics=_by_field(texts["analytics"]),
        static=data["static"],
        looked_at=data["looked_at"],
    )


def _by_field(rows: Sequence[dict[str, Any]]) -> tuple[TextRow, ...]:
    """One row for each field: an event has many, and what differs between events is what a reader looks for."""
    fields: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        fields.setdefault(row["field"], []).append(row)
    return tuple(_row(group[0], [row["text"] for row in group], group) for group in fields.values())


def _row(row: dict[str, Any], texts: Sequence[str], group: Sequence[dict[str, Any]] = ()) -> TextRow:
    count = sum(one["count"] for one in group or (row,))
    return TextRow(row["channel"], row["field"], row["where"], tuple(texts), count)


def _pair(folder: Path, moment: dict[str, Any]) -> Pair:
    paths = [folder / name for name in moment["pictures"]]
    urls = {path.stem.rpartition("-")[2]: data_url(path.suffix, path.read_bytes()) for path in paths}
    return Pair(moment["title"], urls.get("seen", ""), urls.get("recorded", ""), tuple(moment["places"]))
