"""
Writes uploads to the files of a session, as the server's sink and assets services do (4.1, 4.2).

A file of version 1 holds indexed records of the messages that the player needs, a file of version 2 holds the batches
without those of the analytics stream. Messages for the database only are in no file. Asset messages lose their base URL
(60, 61, 71, 73 become 12, 15, 72, 74). The real server also rewrites their URLs to its asset store; the collector does
not.
"""

from pathlib import Path

from maskproof.openreplay.batches import Batch, Message, decode_batch, split_visual
from maskproof.openreplay.collector.model import Session, Upload
from maskproof.openreplay.encode import encode_batch, encode_record
from maskproof.openreplay.messages import MESSAGES, URL_BASED_REWRITES
from maskproof.openreplay.primitives import DecodeError, Values
from maskproof.openreplay.recordings import HEADER_V1, HEADER_V2

FILE_SPLIT_MS = 15_000
FULL, PLAYER, ASSETS, DEVTOOLS = 1, 2, 3, 4
DOM_START, DOM_END, DEVTOOLS_FILE = "dom.mobs", "dom.mobe", "devtools.mob"
BASE_URL_FIELD = -1


class Sink:
    """
    Appends uploads to the uncompressed local files of a session, in `<folder>/<session id>/`.

    Args:
        folder: Folder for the files of all sessions.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, session: Session, name: str) -> Path:
        """
        The path of a local file, which may not exist.

        Args:
            session: The session of the file.
            name: `dom.mobs`, `dom.mobe` or `devtools.mob`.

        """
        return self._folder / session.key / name

    def write(self, session: Session) -> list[Batch]:
        """
        Write all pending uploads. An upload that does not decode is left out; it is kept on the wire.

        Returns:
            The decoded batches in order of arrival, also those that belong in no file.

        """
        pending, session.pending = session.pending, []
        batches: list[Batch] = []
        for upload in pending:
            try:
                decoded = _decode(upload)
            except DecodeError:
                continue
            for batch, data in decoded:
                batches.append(batch)
                self._write_batch(session, batch, data)
        return batches

    def _write_batch(self, session: Session, batch: Batch, data: bytes) -> None:
        dom = DOM_START if batch.timestamp - session.started_ms <= FILE_SPLIT_MS else DOM_END
        if (batch.version == FULL) != (session.protocol == 1):
            # A batch of the other protocol version belongs in no file.
            return
        if batch.version == FULL:
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
    """Id and values of a message as the server stores it: asset messages lose their base URL."""
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
