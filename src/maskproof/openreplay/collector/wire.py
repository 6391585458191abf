"""Keeps the raw wire as files: every request body as received, only inflated, and a manifest."""

import base64
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from maskproof.openreplay.collector.tokens import now_ms

UNASSIGNED = "unassigned"
# Headers that hold tokens of ours are kept by name.
TOKENS = {"authorization": "Bearer TOKEN", "cookie": "COOKIE"}


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """One request to keep. `body` is None if there was none; `wire_size` is the size in bytes before inflating."""

    request: web.Request
    endpoint: str
    status: int
    body: bytes | None = None
    wire_size: int = 0
    duplicate: bool = False
    error: str = ""


class WireLog:
    """
    Keeps requests in `<work_dir>/wire/<session id>/`, and requests without a session in `wire/unassigned/`.

    Args:
        work_dir: Folder of the collector.

    """

    def __init__(self, work_dir: Path) -> None:
        self._folder = work_dir / "wire"
        self._unknown = work_dir / "unknown.jsonl"
        self._numbers: Counter[str] = Counter()
        self.unknown: list[str] = []

    def keep(self, session_id: str, kept: KeptRequest) -> Path | None:
        """
        Write a body and its manifest entry.

        Args:
            session_id: Id of the session; empty if there is none.
            kept: The request to keep.

        Returns:
            The file of the body; None if there was no body.

        """
        session = session_id or UNASSIGNED
        folder = self._folder / session
        folder.mkdir(parents=True, exist_ok=True)
        self._numbers[session] += 1
        file = None
        if kept.body is not None:
            data_type = kept.request.headers.get("DataType", "")
            suffix = f"-{data_type}" if data_type.isalnum() else ""
            file = folder / f"{self._numbers[session]:03}-{kept.endpoint}{suffix}.bin"
            file.write_bytes(kept.body)
        _append(folder / "manifest.jsonl", _entry(kept, file))
        return file

    def keep_unknown(self, request: web.Request, body: bytes) -> None:
        """
        Keep a request to an unknown endpoint whole: whatever it holds has left the page.

        Args:
            request: The request.
            body: Its body as received.

        """
        self.unknown.append(f"{request.method} {request.path}")
        entry = {
            "time_ms": now_ms(),
            "method": request.method,
            "path": request.path,
            "query": dict(request.query),
            "headers": _headers(request),
            "body": base64.b64encode(body).decode(),
        }
        self._unknown.parent.mkdir(parents=True, exist_ok=True)
        _append(self._unknown, entry)


def _entry(kept: KeptRequest, file: Path | None) -> dict[str, object]:
    entry: dict[str, object] = {
        "time_ms": now_ms(),
        "method": kept.request.method,
        "path": kept.request.path,
        "query": dict(kept.request.query),
        "headers": _headers(kept.request),
        "status": kept.status,
        "size": len(kept.body or b""),
        "size_on_the_wire": kept.wire_size,
        "file": file.name if file else None,
    }
    if kept.duplicate:
        entry["duplicate"] = True
    if kept.error:
        entry["error"] = kept.error
    return entry


def _headers(request: web.Request) -> dict[str, str]:
    return {name: TOKENS.get(name.lower(), value) for name, value in request.headers.items()}


def _append(file: Path, entry: dict[str, object]) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(entry, ensure_ascii=False) + "\n")
