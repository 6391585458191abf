"""
Accepted findings: a baseline file whose entries have a reason, an owner and a last day.

An entry that has expired, or that matches no finding, fails the scan, so that no baseline goes stale. No entry covers
all channels.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from maskproof.documents import Document, read_document
from maskproof.leaks.channels import BY_MESSAGE, CHANNELS, RAW_CHANNELS
from maskproof.leaks.findings import Finding
from maskproof.openreplay.messages import BY_NAME

SCHEMA = "accepted-findings.json"
# The kind of an entry for recorded canvases, which are no findings: what they show is not known.
CANVAS = "canvas"
UNNAMED_CHANNELS = frozenset({"attribute", "base url", "network size", "json"})
KNOWN_CHANNELS = frozenset({*CHANNELS.values(), *BY_MESSAGE.values(), *BY_NAME}) | UNNAMED_CHANNELS


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted kind of finding: `match` holds fields and their required values; `place` is file and line."""

    id: str
    match: Mapping[str, str]
    reason: str
    owner: str
    expires: date
    place: str

    def covers(self, finding: Finding) -> bool:
        """Whether a finding has the required value in every field."""
        return all(getattr(finding, name, None) == wanted for name, wanted in self.match.items())


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings of a project, as of `today`."""

    entries: tuple[Entry, ...] = ()
    today: date = field(default_factory=date.today)

    def entry_for(self, finding: Finding) -> Entry | None:
        """The first entry that covers a finding and has not expired."""
        return next((entry for entry in self.entries if not self._is_expired(entry) and entry.covers(finding)), None)

    def canvas_entry(self, form: str) -> Entry | None:
        """The first entry that accepts the recorded canvases of a form and has not expired: their pixels are unseen."""
        wanted = {"kind": CANVAS, "form": form}
        entries = (entry for entry in self.entries if not self._is_expired(entry))
        return next((entry for entry in entries if wanted.items() <= entry.match.items()), None)

    def expired(self) -> tuple[str, ...]:
        """A line for each entry that has expired."""
        return tuple(
            f"{entry.place}: {entry.id} expired on {entry.expires.isoformat()}: {entry.owner} has to fix or renew it"
            for entry in self.entries
            if self._is_expired(entry)
        )

    def unused(self, used: Collection[str]) -> tuple[str, ...]:
        """A line for each entry that matched no finding and has not expired; `used` are the ids of those that did."""
        return tuple(
            f"{entry.place}: {entry.id} accepts what was not found: take it out"
            for entry in self.entries
            if entry.id not in used and not self._is_expired(entry)
        )

    def _is_expired(self, entry: Entry) -> bool:
        return entry.expires < self.today


def load_baseline(path: Path | None, *, today: date | None = None) -> Baseline:
    """
    Read the accepted findings.

    Args:
        path: The file; none accepts nothing.
        today: The day that `expires` is compared with; an entry counts through its last day.

    Raises:
        ConfigurationError: The file cannot be read, or has a fault; the message names file and line.

    """
    today = today or date.today()  # noqa: DTZ011 - an entry ends with the day of whoever runs it
    if path is None:
        return Baseline((), today)
    document = read_document(path, SCHEMA)
    entries: dict[str, Entry] = {}
    for number, data in enumerate(document.data["accepted"]):
        if data["id"] in entries:
            raise document.error(("accepted", number, "id"), f"the id {data['id']} is there twice.")
        _check_channel(document, number, data["match"])
        entries[data["id"]] = Entry(
            id=data["id"],
            match=dict(data["match"]),
            reason=" ".join(data["reason"].split()),
            owner=data["owner"],
            expires=document.day(("accepted", number, "expires"), data["expires"]),
            place=str(document.error(("accepted", number), "").message).removesuffix(": "),
        )
    return Baseline(tuple(entries.values()), today)


def _check_channel(document: Document, number: int, match: Mapping[str, str]) -> None:
    key = ("accepted", number, "match", "channel")
    channel = match["channel"]
    if channel not in KNOWN_CHANNELS:
        raise document.error(
            key,
            f"there is no channel {channel!r}, and no entry can stand for all of them.",
            hint="Name the channel as the finding does, e.g. console, dom text, url.",
        )
    if channel in RAW_CHANNELS and "source" not in match:
        raise document.error(
            key,
            f"{channel!r} is what was found in bytes, of any channel.",
            hint="Name the file too, as source; what its messages show is accepted by their channel.",
        )
