"""All sessions of a collector: begun by `/start`, fed by `/i`, stored once they are idle."""

import asyncio
import hashlib
import time
from collections.abc import Iterable
from pathlib import Path

from maskproof.openreplay.collector.facts import Facts
from maskproof.openreplay.collector.model import Session, Upload
from maskproof.openreplay.collector.sink import Sink
from maskproof.openreplay.collector.storage import Storage

# After the first question for a session this much quiet is waited for, so that a closing flush still counts.
SETTLE_S = 0.2


class Sessions:
    """
    Keeps and stores sessions; used from the collector's event loop only.

    Args:
        work_dir: The collector's folder.
        idle_s: Seconds without an upload after which a session is stored.

    """

    def __init__(self, work_dir: Path, *, idle_s: float) -> None:
        self.sink = Sink(work_dir / "sink")
        self.storage = Storage(work_dir / "mobs", self.sink)
        self._idle_s = idle_s
        self._sessions: dict[str, Session] = {}
        self._facts: dict[str, Facts] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def add(self, session: Session) -> None:
        """Take in a new session."""
        self._sessions[session.key] = session
        self._facts[session.key] = Facts()

    def find(self, session_id: str) -> Session | None:
        """A session by id."""
        return self._sessions.get(session_id)

    def facts(self, session: Session) -> Facts:
        """What is known of a session from what was written so far."""
        return self._facts[session.key]

    def stored(self) -> Iterable[Session]:
        """The sessions that are in the object store."""
        return [session for session in self._sessions.values() if session.stored]

    def is_duplicate(self, session: Session, batch: str, body: bytes) -> bool:
        """
        Whether an upload is a repetition of one that is kept.

        Page and sequence number say it (1.5); the content is compared too, as two tabs of one session may
        count alike.
        """
        mark = ("_".join(batch.split("_")[:2]), hashlib.sha256(body).digest())
        if mark in session.seen:
            return True
        session.seen.add(mark)
        return False

    def receive(self, session: Session, upload: Upload) -> None:
        """Take in one upload, to be written when the session is idle or asked for."""
        session.pending.append(upload)
        session.last_activity = time.monotonic()
        session.stored = False
        if timer := self._timers.pop(session.key, None):
            timer.cancel()
        self._timers[session.key] = asyncio.get_running_loop().call_later(self._idle_s, self._store, session)

    def ask(self, session: Session) -> bool:
        """Note that a session is asked for; whether it is stored and settled."""
        now = time.monotonic()
        if session.asked is None:
            session.asked = now
        return session.stored and now - session.asked >= min(SETTLE_S, self._idle_s)

    def write(self, session: Session) -> None:
        """Write what is pending into the local files."""
        facts = self._facts[session.key]
        for batch in self.sink.write(session):
            facts.add(batch)

    def close(self) -> None:
        """Store what is not stored yet, so that nothing recorded is lost."""
        for timer in self._timers.values():
            timer.cancel()
        for session in self._sessions.values():
            if session.pending:
                self._store(session)

    def _store(self, session: Session) -> None:
        self.write(session)
        self.storage.upload(session)
