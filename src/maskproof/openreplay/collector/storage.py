"""Puts the files of a session into the object store: `<session id>/dom.mobs` canvases and others, as zstd (4.3)."""

import hashlib
import hmac
import secrets
import time
from pathlib import Path

import zstandard

from maskproof.openreplay.collector.model import Session
from maskproof.openreplay.collector.sink import DEVTOOLS_FILE, DOM_END, DOM_START, Sink

BUCKET = "mobs"
URL_LIFE_S = 900
PACKED = ".zst"
FASTEST = 1


class Storage:
    """
    The object store: files in `<folder>/<session id>/`, fetched by pre-signed URLs.

    Args:
        folder: Folder for the objects.
        sink: Provides the local files.

    """

    def __init__(self, folder: Path, sink: Sink) -> None:
        self._folder = folder
        self._sink = sink
        self._secret = secrets.token_bytes(32)

    def upload(self, session: Session) -> None:
        """Store a session in its current state. A late part without a first part is stored as `dom.mobs`."""
        start, end = self._sink.file(session, DOM_START), self._sink.file(session, DOM_END)
        dom = [file for file in (start, end) if file.exists()]
        for name, file in zip((DOM_START, DOM_END), dom, strict=False):
            self._put(session, name, file)
        devtools = self._sink.file(session, DEVTOOLS_FILE)
        if devtools.exists():
            self._put(session, DEVTOOLS_FILE, devtools)
        for name in session.canvases:
            self._put(session, name + PACKED, self._sink.file(session, name))
        session.stored = bool(dom)

    def sign(self, session_id: str, name: str) -> str:
        """
        Path and query of a pre-signed URL, valid for 15 minutes. The object need not exist.

        Args:
            session_id: Id of the session.
            name: Name of the file in the session.

        """
        expires = int(time.time()) + URL_LIFE_S
        signature = self._signature(session_id, name, str(expires))
        return f"/{BUCKET}/{session_id}/{name}?Expires={expires}&Signature={signature}"

    def accepts(self, session_id: str, name: str, expires: str, signature: str) -> bool:
        """
        Whether a URL was signed here and has not expired.

        Args:
            session_id: Id of the session in the path.
            name: Name of the file in the path.
            expires: Query parameter `Expires`, in seconds since 1970.
            signature: Query parameter `Signature`.

        """
        wanted = self._signature(session_id, name, expires)
        return hmac.compare_digest(wanted.encode(), signature.encode()) and int(expires) >= time.time()

    def get(self, session_id: str, name: str) -> bytes | None:
        """
        The content of an object; None if it does not exist.

        Args:
            session_id: Id of the session.
            name: Name of the file in the session.

        """
        file = self._folder / session_id / name
        return file.read_bytes() if file.is_file() else None

    def _put(self, session: Session, name: str, source: Path) -> None:
        target = self._folder / session.key / name
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f"{target.name}.new")
        fresh.write_bytes(zstandard.ZstdCompressor(level=FASTEST).compress(source.read_bytes()))
        fresh.replace(target)

    def _signature(self, session_id: str, name: str, expires: str) -> str:
        return hmac.new(self._secret, f"{session_id}/{name}/{expires}".encode(), hashlib.sha256).hexdigest()
