"""
The addresses of a running target, for the suite, the command line and the workers.

They are plain values, so that one controller process can start a target and pass it to its workers as JSON.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class AppAddresses:
    """Base URLs of the two builds of the application under test."""

    instrumented: str
    bare: str


@dataclass(frozen=True, slots=True)
class OpenReplayAddresses:
    """Where OpenReplay is reached and with which (throw-away) credentials."""

    ingest: str
    api: str
    project_id: str
    project_key: str
    user: str
    password: str
    api_key: str


@dataclass(frozen=True, slots=True)
class UmamiAddresses:
    """Where Umami is reached; `url` is the address pages send to (the tap), `server` Umami itself."""

    url: str
    server: str
    script: str
    user: str
    password: str
    website_id: str


@dataclass(frozen=True, slots=True)
class StackAddresses:
    """All addresses of a target; `work_dir` keeps the raw wire and the stored sessions."""

    app: AppAddresses
    openreplay: OpenReplayAddresses
    umami: UmamiAddresses
    work_dir: Path

    def public(self) -> dict[str, Any]:
        """The object that `maskproof up --json` prints (see docs/reference/commands.md)."""
        return {
            "app": asdict(self.app),
            "openreplay": asdict(self.openreplay),
            "umami": {name: value for name, value in asdict(self.umami).items() if name != "server"},
        }

    def to_json(self) -> str:
        """All addresses as one line of JSON, for the workers."""
        return json.dumps({**asdict(self), "work_dir": str(self.work_dir)})

    @classmethod
    def from_json(cls, text: str) -> "StackAddresses":
        """
        The inverse of `to_json`.

        Raises:
            KeyError: A part is missing.

        """
        data = json.loads(text)
        return cls(
            app=AppAddresses(**data["app"]),
            openreplay=OpenReplayAddresses(**data["openreplay"]),
            umami=UmamiAddresses(**data["umami"]),
            work_dir=Path(data["work_dir"]),
        )
