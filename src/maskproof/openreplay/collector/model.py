"""Plain values of the collector: addresses, faults, project, uploads and sessions."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEACON_SIZE_LIMIT = 1_000_000
COMPRESSION_THRESHOLD = 20_000
JSON_SIZE_LIMIT = 131_072
MAX_SESSION_DURATION_MS = 7_200_000
FULL_RATE = 100
JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CollectorAddresses:
    """The URLs of a running collector, with its temporary credentials."""

    ingest: str
    api: str
    project_id: int
    project_key: str = field(repr=False)
    user: str
    password: str = field(repr=False)
    api_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Faults:
    """
    Faults to cause on purpose.

    `block_ingest` answers `/start` and `/i` with 503. `drop_batches` is how many of the first uploads are answered with
    200 and not stored. `lose_answers` is how many of the first uploads are stored but answered with 503, so that the
    tracker repeats them.
    """

    block_ingest: bool = False
    drop_batches: int = 0
    lose_answers: int = 0


@dataclass(slots=True)
class EmbeddedProject:
    """The only project of the embedded target, with the only user and the API key of its tenant."""

    project_id: int = 1
    name: str = "Maskproof"
    project_key: str = field(default_factory=lambda: secrets.token_hex(10), repr=False)
    user: str = "maskproof@example.com"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)
    api_key: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    rate: int = FULL_RATE
    capture_all: bool = True
    created_ms: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """One request body that is not yet written to the files of its session; `split` is 0 if it is one batch."""

    file: Path
    data_type: str
    split: int


@dataclass(slots=True)
class Session:
    """
    One session. Times are in ms since 1970; `requested_at` is in seconds of the monotonic clock.

    `canvases` are the names of the files of its canvases, in order.
    """

    session_id: int
    project_id: int
    started_ms: int
    protocol: int
    user_uuid: str
    user_agent: str
    start: dict[str, object]
    requested_at: float | None = None
    stored: bool = False
    pending: list[Upload] = field(default_factory=list)
    seen: set[tuple[str, bytes]] = field(default_factory=set)
    canvases: dict[str, None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The id as the API writes it: a string, because it does not fit a JavaScript number."""
        return str(self.session_id)
