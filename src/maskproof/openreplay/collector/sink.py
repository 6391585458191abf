"""
Writes uploads into the files of a session as the server's sink and assets services do (4.1, 4.2).

File version 1 holds indexed records of the replayer's messages; version 2 the batches themselves, analytics
left out. What only the database gets is in no file. Asset messages lose their base URL (60, 61, 71, 73 become
12, 15, 72, 74); the real server also points their addresses at its asset store, which is not imitated.
"""

from pathlib import Path

from maskproof.openreplay.batches import Batch, Message, decode_batch, split_visual
from maskproof.openreplay.collector.model import Session, Upload
from maskproof.openreplay.encode import encode_batch, encode_record
from maskproof.openreplay.messages import MESSAGES, URL_BASED_REWRITES
from maskproof.openreplay.primitives import DecodeError, Values
from maskproof.openreplay.recordings import HEADER_V1, HEADER_V2

FILE_SPLIT_MS = 15_000
FULL, PLAYER, ASSETS, DEVTOOLS, ANALYTICS = 1, 2, 3, 4, 5
DOM_START, DOM_END, DEVTOOLS_FILE = "dom.mobs", "dom.mobe", "devtools.mob"
BASE_URL_FIELD = -1


class Sink:
    """
    Appends uploads to a session's local files (`<folder>/<session id>/`, not compressed).

    Args:
        folder: Where the files of all sessions are.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, session: Session, name: str) -> Path:
        """The local file of that name, there or not."""
        return self._folder / session.key / name

    def write(self, session: Session) -> list[Batch]:
        """
        Write everything that is pending.

        Returns:
            The batches written or dropped, in order of arrival; what does not decode is in `session.problems`.

        """
        pending, session.pending = session.pending, []
        batches: list[Batch] = []
        for upload in pending:
            try:
                decoded = _decode(upload)
            except DecodeError as error:
                session.problems.append(str(error))
                continue
            for batch, data in decoded:
                batches.append(batch)
                self._write_batch(session, batch, data)
        return batches

    def _write_batch(self, session: Session, batch: Batch, data: bytes) -> None:
        dom = DOM_START if batch.timestamp - session.started_ms <= FILE_SPLIT_MS else DOM_END
        if (batch.version == FULL) != (session.protocol == 1):
            session.problems.append(
                f"{batch.source}: header version {batch.version} does not belong to protocol version {session.protocol}"
            )
        elif batch.version == FULL:
            self._append(session, dom, HEADER_V1, _records(batch, "dom"))
            self._append(session, DEVTOOLS_FILE, HEADER_V1, _records(batch, "devtools"))
        elif batch.version == PLAYER:
            self._append(session, dom, HEADER_V2, data)
        elif batch.version == ASSETS:
            self._append(session, dom, HEADER_V2, _rewritten_batch(batch))
        elif batch.version == DEVTOOLS:
            self._append(session, DEVTOOLS_FILE, HEADER_V2, data)

    def _append(self, session: Session, name: str, header: bytes, data: bytes) -> None:
        if not data:
            return
        file = self.file(session, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = name != DOM_END and not file.exists()
        with file.open("ab") as out:
            out.write(header + data if fresh else data)


def _decode(upload: Upload) -> list[tuple[Batch, bytes]]:
    body = upload.file.read_bytes()
    parts = split_visual(body, upload.split) if upload.split else (body,)
    return [(decode_batch(part, source=upload.file.name), part) for part in parts]


def rewritten(message: Message) -> tuple[int, Values]:
    """A message as the server stores it: asset messages without their base URL."""
    kind = URL_BASED_REWRITES.get(message.id)
    return (message.id, message.values) if kind is None else (kind, message.values[:BASE_URL_FIELD])


def _records(batch: Batch, file: str) -> bytes:
    return b"".join(
        encode_record(message.index, *rewritten(message))
        for message in batch.messages
        if file in MESSAGES[message.id].stored
    )


def _rewritten_batch(batch: Batch) -> bytes:
    return encode_batch(
        (rewritten(message) for message in batch.messages),
        version=batch.version,
        page_no=batch.page_no,
        first_index=batch.first_index,
        timestamp=batch.timestamp,
        location=batch.location,
    )
