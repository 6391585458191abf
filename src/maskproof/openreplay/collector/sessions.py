"""Keeps the sessions of a collector: begun by `/start`, extended by `/i`, stored once they are idle."""

import asyncio
import hashlib
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from maskproof.openreplay.collector.database import DatabaseRecord
from maskproof.openreplay.collector.model import Session, Upload
from maskproof.openreplay.collector.sink import Sink
from maskproof.openreplay.collector.storage import Storage

# A session counts as settled this long after it was first requested, so that the last flush of a page is included.
SETTLE_S = 0.2


class Sessions:
    """
    Keeps and stores sessions. May be used in the event loop of the collector only.

    Args:
        work_dir: Folder of the collector.
        idle_s: Seconds without an upload after which a session is stored.

    """

    def __init__(self, work_dir: Path, *, idle_s: float) -> None:
        self.sink = Sink(work_dir / "sink")
        self.storage = Storage(work_dir / "mobs", self.sink)
        self._idle_s = idle_s
        self._sessions: dict[str, Session] = {}
        self._database: dict[str, DatabaseRecord] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def add(self, session: Session) -> None:
        """Add a new session."""
        self._sessions[session.key] = session
        self._database[session.key] = DatabaseRecord()

    def find(self, session_id: str) -> Session | None:
        """The session with an id; None if there is none."""
        return self._sessions.get(session_id)

    def database(self, session: Session) -> DatabaseRecord:
        """What the database keeps of a session, from the uploads written so far."""
        return self._database[session.key]

    def stored(self) -> Iterable[Session]:
        """The sessions that are in the object store."""
        return [session for session in self._sessions.values() if session.stored]

    def is_duplicate(self, session: Session, batch: str, body: bytes) -> bool:
        """
        Whether an upload repeats an earlier one.

        A repeated upload has the same page and sequence number (1.5). The content is compared too, because two tabs
        of one session may use the same numbers.

        Args:
            session: The session of the upload.
            batch: The query parameter `batch`, which begins with `<page>_<sequence number>`.
            body: The inflated upload.

        """
        mark = ("_".join(batch.split("_")[:2]), hashlib.sha256(body).digest())
        if mark in session.seen:
            return True
        session.seen.add(mark)
        return False

    def receive(self, session: Session, upload: Upload) -> None:
        """
        Receive one upload. It is written when the session is idle or requested.

        Args:
            session: The session of the upload.
            upload: The kept request body.

        """
        session.pending.append(upload)
        self._wait(session)

    def receive_frames(self, session: Session, frames: Mapping[str, bytes]) -> None:
        """
        Receive frames of canvases, which need no decoding.

        Args:
            session: The session of the frames.
            frames: The frames, by the name of their file.

        """
        if not frames:
            return
        for name, data in frames.items():
            self.sink.append_frames(session, name, data)
        self._wait(session)

    def _wait(self, session: Session) -> None:
        """Store a session once it is idle."""
        session.stored = False
        if timer := self._timers.pop(session.key, None):
            timer.cancel()
        self._timers[session.key] = asyncio.get_running_loop().call_later(self._idle_s, self._store, session)

    def ask(self, session: Session) -> bool:
        """Note that a session is requested; returns whether it is stored and settled."""
        now = time.monotonic()
        if session.requested_at is None:
            session.requested_at = now
        return session.stored and now - session.requested_at >= min(SETTLE_S, self._idle_s)

    def write(self, session: Session) -> None:
        """Write the pending uploads to the local files."""
        database = self._database[session.key]
        for batch in self.sink.write(session):
            database.add(batch)

    def close(self) -> None:
        """Store all pending uploads, so that nothing recorded is lost."""
        for timer in self._timers.values():
            timer.cancel()
        for session in self._sessions.values():
            if not session.stored:
                self._store(session)

    def _store(self, session: Session) -> None:
        self.write(session)
        self.storage.upload(session)
