"""What one recorded session left behind: on the wire, in OpenReplay's store, in Umami."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from maskproof.errors import Inconclusive
from maskproof.forms.model import Personas
from maskproof.journey.failure import first_of
from maskproof.journey.model import Ledger
from maskproof.journey.sends import umami_session_of
from maskproof.openreplay.batches import Batch, decode_batch, split_visual
from maskproof.openreplay.client import SessionInDatabase
from maskproof.openreplay.recordings import Recording
from maskproof.openreplay.session import SessionView
from maskproof.recording.stored_sessions import NOT_STORED, database_of, stored_sessions
from maskproof.recording.stray import StrayRequest, asked_requests, stray_requests
from maskproof.recording.target import Target
from maskproof.umami.model import UmamiDatum, UmamiEvent

CLOCK_SLACK_MS = 5_000
HTTP_OK = 200
INGEST = "/ingest/v1/web"
SHOWN_REASONS = 3


@dataclass(frozen=True, slots=True)
class WireFile:
    """
    One request as the collector kept it.

    `endpoint` is what follows `/ingest/v1/web/`: start, i, tags, images; `batch` is an upload's id,
    `<page>_<sequence>`; `data` is its body, empty without one.
    """

    name: str
    endpoint: str
    data_type: str
    split: int
    batch: str
    is_accepted: bool
    data: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""


@dataclass(frozen=True)
class JourneyRecord:
    """
    What one journey left behind, decoded; `batches` and `wire` are empty where no raw wire is kept (live).

    It is one session, whose id stands in findings, unless the page opened another: then it is all of them. All checks
    read the same sessions, so their two views, `stored` and `sent`, are built once.
    """

    ledger: Ledger
    personas: Personas
    session_id: str
    wire: tuple[WireFile, ...]
    batches: tuple[Batch, ...]
    recordings: tuple[Recording, ...]
    stored_sessions: tuple[str, ...]
    umami_events: tuple[UmamiEvent, ...]
    umami_data: tuple[UmamiDatum, ...]
    umami_wire: tuple[Mapping[str, Any], ...]
    database: SessionInDatabase = NOT_STORED
    stray: tuple[StrayRequest, ...] = ()
    asked: tuple[StrayRequest, ...] = ()

    @cached_property
    def tracker(self) -> str:
        """The version that the tracker gave itself; empty where no wire is kept."""
        starts = (json.loads(file.data) for file in self.wire if file.endpoint == "start")
        return next((str(start.get("trackerVersion", "")) for start in starts), "")

    @cached_property
    def stored(self) -> SessionView:
        """The session as it was stored."""
        return SessionView(self.recordings)

    @cached_property
    def sent(self) -> SessionView:
        """The session as it was sent."""
        return SessionView(self.batches)


def ask_for(target: Target, ledger: Ledger) -> None:
    """
    Request a session once, so that the embedded store, which waits until it is quiet, does so during the next journey.

    A live one does not wait to be asked, and counts each request.

    Args:
        target: Where it was recorded.
        ledger: What the browser did.

    Raises:
        Inconclusive: The server cannot be reached.

    """
    for session_id in ledger.session_ids if target.work_dir else ():
        target.openreplay.replay(target.project_id, session_id)


def pull(target: Target, ledger: Ledger, personas: Personas) -> JourneyRecord:
    """
    Pull what one journey left behind, through the APIs.

    A session that was started and is not stored in time gives a record without recordings, and the capture check
    reports it as lost. Event data is pulled for every event, not only for those that the fixture names: an unknown
    event can leak too.

    Args:
        target: Where it was recorded.
        ledger: What the browser did.
        personas: What was typed.

    Raises:
        Inconclusive: No session was started, or a server cannot be reached.

    """
    _require_session(ledger)
    umami_wire = tuple(_umami_wire(target.work_dir, ledger.user_agent))
    visits = _visits(ledger, umami_wire)
    stored, recordings = stored_sessions(target, ledger)
    wire = tuple(file for session_id in ledger.session_ids for file in _wire_files(target.work_dir, ledger, session_id))
    span = {"start_ms": ledger.started_ms - CLOCK_SLACK_MS, "end_ms": ledger.ended_ms + CLOCK_SLACK_MS}
    events = tuple(_events(target, visits, **span))
    return JourneyRecord(
        ledger=ledger,
        personas=personas,
        session_id=ledger.session_ids[0],
        wire=wire,
        batches=tuple(_batches(wire)),
        recordings=recordings,
        stored_sessions=tuple(session.session_id for session in stored),
        umami_events=events,
        umami_data=tuple(_data(target, visits, events, **span)),
        umami_wire=umami_wire,
        database=database_of(target, stored),
        stray=stray_requests(target.work_dir, ledger.user_agent),
        asked=asked_requests(target.work_dir, ledger.user_agent),
    )


def _require_session(ledger: Ledger) -> None:
    if ledger.session_ids:
        return
    asked = [f"/start was answered with {start.status}, {start.reason}" for start in ledger.starts]
    reason = first_of(asked, most=SHOWN_REASONS) or "/start was never asked"
    stopped = "a content security policy of the page stopped requests; " if ledger.blocked else ""
    raise Inconclusive(
        f"OpenReplay recorded no session of {ledger.form}: {stopped}{reason}.",
        hint="Console errors of the page: " + (first_of(ledger.console_errors, most=SHOWN_REASONS) or "none"),
    )


def _visits(ledger: Ledger, wire: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The Umami sessions of a journey: as the page was answered, and as the tap saw where no page read the answer."""
    answered = (umami_session_of(str(line["answer"])) for line in wire)
    return tuple(dict.fromkeys([*ledger.umami_sessions, *filter(None, answered)]))


def _events(target: Target, visits: Sequence[str], **span: int) -> Iterator[UmamiEvent]:
    for event in target.umami.events(target.website_id, **span) if visits else ():
        if event.session_id in visits:
            yield event


def _data(target: Target, visits: Sequence[str], events: tuple[UmamiEvent, ...], **span: int) -> Iterator[UmamiDatum]:
    if visits:
        yield from target.umami.event_data(target.website_id, events, **span)
    for session in visits:
        yield from target.umami.session_data(target.website_id, session)


def _wire_files(work_dir: Path | None, ledger: Ledger, session_id: str) -> Iterator[WireFile]:
    if work_dir is None:
        return
    folder = work_dir / "wire" / session_id
    manifest = folder / "manifest.jsonl"
    if not manifest.is_file():
        raise Inconclusive(f"{manifest}: the collector kept no wire of this session.")
    entries = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    # Further sessions number their files anew.
    prefix = "" if session_id == ledger.session_ids[0] else f"{session_id}/"
    accepted = {_batch_of(entry) for entry in entries if entry["status"] == HTTP_OK} - {""}
    for number, entry in enumerate(entries, 1):
        if entry.get("duplicate"):
            continue
        file = entry.get("file") or ""
        headers = {name.lower(): value for name, value in entry["headers"].items()}
        yield WireFile(
            name=prefix + (file or f"{manifest.name}:{number}"),
            endpoint=entry["path"].removeprefix(INGEST).lstrip("/"),
            data_type=headers.get("datatype", ""),
            split=int(entry["query"].get("split", 0)),
            batch=_batch_of(entry),
            is_accepted=entry["status"] == HTTP_OK or _batch_of(entry) in accepted,
            data=(folder / file).read_bytes() if file else b"",
            headers=headers,
            query=entry["query_string"],
        )


def _batch_of(entry: Mapping[str, Any]) -> str:
    """Page and sequence number; a retry has those of its first try, and its answer speaks for both."""
    return "_".join(entry["query"].get("batch", "").split("_")[:2])


def _batches(wire: tuple[WireFile, ...]) -> Iterator[Batch]:
    for file in wire:
        if file.endpoint != "i" or not file.data:
            continue
        if file.data_type == "visual":
            for part, data in zip(("player", "assets"), split_visual(file.data, file.split), strict=True):
                yield decode_batch(data, source=f"{file.name}#{part}")
        else:
            yield decode_batch(file.data, source=file.name)


def _umami_wire(work_dir: Path | None, user_agent: str) -> Iterator[Mapping[str, Any]]:
    if work_dir is None:
        return
    file = work_dir / "umami" / "wire.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        entry: dict[str, Any] = json.loads(line)
        if entry["user_agent"] == user_agent:
            yield entry
