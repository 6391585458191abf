"""Keeps the raw wire as files: every request body as received, only inflated, and a manifest."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from maskproof.kept_requests import append, head_of, keep_whole

UNASSIGNED = "unassigned"


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
        self._unknown, self._asked = work_dir / "unknown.jsonl", work_dir / "asked.jsonl"
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
        append(folder / "manifest.jsonl", _entry(kept, file))
        return file

    def keep_unknown(self, request: web.Request, body: bytes) -> None:
        """
        Keep a request to an unknown endpoint whole: whatever it holds has left the page.

        Args:
            request: The request.
            body: Its body as received.

        """
        self.unknown.append(f"{request.method} {request.path}")
        keep_whole(self._unknown, request, body)

    def keep_asked(self, request: web.Request) -> None:
        """Keep a request of a browser before it sends anything: its address and headers have left the page, too."""
        keep_whole(self._asked, request, b"")


def _entry(kept: KeptRequest, file: Path | None) -> dict[str, object]:
    entry: dict[str, object] = {
        **head_of(kept.request),
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
