"""
Requests to OpenReplay or Umami that nobody reads: to a path that the server does not have, or of no session.

A tracker of another version, or an application's own code, may send to a path that we do not know. What it sends left
the page all the same, so it is kept whole and searched, and the run is never green.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OPENREPLAY, UMAMI = Path("unknown.jsonl"), Path("umami/unknown.jsonl")
OPENREPLAY_ASKED, UMAMI_ASKED = Path("asked.jsonl"), Path("umami/asked.jsonl")
UNASSIGNED = Path("wire/unassigned")


@dataclass(frozen=True, slots=True)
class StrayRequest:
    """
    One such request of a journey.

    Attributes:
        system: `openreplay` or `umami`.
        method: HTTP method.
        source: File and line in which it is kept, below the folder of the run.
        parts: Everything that it holds, by what it is: path, query, each header, body.

    """

    system: str
    method: str
    source: str
    parts: tuple[tuple[str, str | bytes], ...] = field(repr=False)


def stray_requests(work_dir: Path | None, user_agent: str) -> tuple[StrayRequest, ...]:
    """
    The stray requests of one journey.

    Args:
        work_dir: Folder of the run; None where no wire is kept.
        user_agent: User agent of the journey, which no other has.

    """
    if work_dir is None:
        return ()
    unknown = (_kept(work_dir, OPENREPLAY, "openreplay"), _kept(work_dir, UMAMI, "umami"), _of_no_session(work_dir))
    return _of_agent(unknown, user_agent)


def asked_requests(work_dir: Path | None, user_agent: str) -> tuple[StrayRequest, ...]:
    """
    The requests of one journey that every page makes and that carry nothing: for a script, and for leave to send.

    They are no fault; their addresses and headers are searched as those of any request.

    Args:
        work_dir: Folder of the run; None where no wire is kept.
        user_agent: User agent of the journey, which no other has.

    """
    if work_dir is None:
        return ()
    asked = (_kept(work_dir, OPENREPLAY_ASKED, "openreplay"), _kept(work_dir, UMAMI_ASKED, "umami"))
    return _of_agent(asked, user_agent)


def _of_agent(kept: Iterable[Iterable[tuple[str, StrayRequest]]], user_agent: str) -> tuple[StrayRequest, ...]:
    return tuple(request for entries in kept for agent, request in entries if agent == user_agent)


def _kept(work_dir: Path, name: Path, system: str) -> Iterator[tuple[str, StrayRequest]]:
    for number, entry in _lines(work_dir / name):
        yield _read(entry, system, f"{name}:{number}", base64.b64decode(entry["body"]))


def _of_no_session(work_dir: Path) -> Iterator[tuple[str, StrayRequest]]:
    for number, entry in _lines(work_dir / UNASSIGNED / "manifest.jsonl"):
        file = entry.get("file")
        body = (work_dir / UNASSIGNED / file).read_bytes() if file else b""
        yield _read(entry, "openreplay", f"{UNASSIGNED}/manifest.jsonl:{number}", body)


def _read(entry: Mapping[str, Any], system: str, source: str, body: bytes) -> tuple[str, StrayRequest]:
    headers = {name.lower(): str(value) for name, value in entry["headers"].items()}
    parts: list[tuple[str, str | bytes]] = [("path", entry["path"])]
    parts += [(f"query {name}", str(value)) for name, value in entry["query"].items()]
    # As it was sent: names may repeat or have no value.
    parts += [("query", entry["query_string"])] if entry["query_string"] else []
    parts += [(f"header {name}", value) for name, value in headers.items()]
    parts += [("body", body)] if body else []
    return headers.get("user-agent", ""), StrayRequest(system, entry["method"], source, tuple(parts))


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    if file.is_file():
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield number, json.loads(line)
