"""
Writes uploads to the files of a session, as the server's sink and assets services do (4.1, 4.2).

A file of version 1 holds indexed records of the messages that the player needs, a file of version 2 holds the batches
without those of the analytics stream. Messages for the database only are in no file. Asset messages lose their base URL
(60, 61, 71, 73 become 12, 15, 72, 74), and their addresses are rewritten (`assets`).
"""

from datetime import UTC, datetime
from pathlib import Path

from maskproof.openreplay.batches import Batch, Message, decode_batch, split_visual
from maskproof.openreplay.collector.assets import stored_address, stored_style
from maskproof.openreplay.collector.model import Session, Upload
from maskproof.openreplay.encode import encode_batch, encode_record
from maskproof.openreplay.messages import MESSAGES, URL_BASED_REWRITES
from maskproof.openreplay.primitives import DecodeError, Values
from maskproof.openreplay.recordings import HEADER_V1, HEADER_V2

FILE_SPLIT_MS = 15_000
FULL, PLAYER, ASSETS, DEVTOOLS = 1, 2, 3, 4
DOM_START, DOM_END, DEVTOOLS_FILE = "dom.mobs", "dom.mobe", "devtools.mob"
BASE_URL_FIELD = -1
# Fields of asset messages that hold styles, and attributes that hold an address.
STYLES = {"Data", "Text", "Rule"}
ADDRESSES = {"src", "href"}


class Sink:
    """
    Appends uploads to the uncompressed local files of a session, in `<folder>/<session id>/`.

    Args:
        folder: Folder for the files of all sessions.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The day on which the collector starts, for all sessions: the twins of a run over midnight would differ in it.
        self._day = datetime.now(UTC).day

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

    def append_frames(self, session: Session, name: str, data: bytes) -> None:
        """
        Write frames of a canvas.

        Args:
            session: The session of the canvas.
            name: Name of the file that has all frames of this canvas.
            data: The frames.

        """
        self._append(session, name, b"", data)
        session.canvases[name] = None

    def _write_batch(self, session: Session, batch: Batch, data: bytes) -> None:
        dom = DOM_START if batch.timestamp - session.started_ms <= FILE_SPLIT_MS else DOM_END
        if (batch.version == FULL) != (session.protocol == 1):
            # A batch of the other protocol version belongs in no file.
            return
        if batch.version == FULL:
            self._append(session, dom, HEADER_V1, _records(batch, "dom", self._day))
            self._append(session, DEVTOOLS_FILE, HEADER_V1, _records(batch, "devtools", self._day))
        elif batch.version == PLAYER:
            self._append(session, dom, HEADER_V2, data)
        elif batch.version == ASSETS:
            self._append(session, dom, HEADER_V2, _rewritten_batch(batch, self._day))
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


def rewritten(message: Message, day: int) -> tuple[int, Values]:
    """
    Id and values of a message as the server stores it: asset messages lose their base URL.

    Args:
        message: One message.
        day: Day of the month, which ends addresses in the asset store.

    """
    kind = URL_BASED_REWRITES.get(message.id)
    if kind is None:
        return message.id, message.values
    base = str(message.values[BASE_URL_FIELD])
    fields = message.fields()
    fields.pop("BaseURL")
    for name in STYLES & fields.keys():
        fields[name] = stored_style(str(fields[name]), base, day)
    if fields.get("Name") in ADDRESSES:
        fields["Value"] = stored_address(str(fields["Value"]), base, day)
    elif fields.get("Name") == "style":
        fields["Value"] = stored_style(str(fields["Value"]), base, day)
    return kind, tuple(fields.values())


def _records(batch: Batch, file: str, day: int) -> bytes:
    return b"".join(
        encode_record(message.index, *rewritten(message, day))
        for message in batch.messages
        if file in MESSAGES[message.id].stored
    )


def _rewritten_batch(batch: Batch, day: int) -> bytes:
    return encode_batch(
        (rewritten(message, day) for message in batch.messages),
        version=batch.version,
        page_no=batch.page_no,
        first_index=batch.first_index,
        timestamp=batch.timestamp,
        location=batch.location,
    )
