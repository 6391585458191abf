"""Plain values of the collector: its addresses, its faults, the project it records for, one session."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

BEACON_SIZE_LIMIT = 1_000_000
COMPRESSION_THRESHOLD = 20_000
JSON_SIZE_LIMIT = 131_072
MAX_SESSION_DURATION_MS = 7_200_000
FULL_RATE = 100


@dataclass(frozen=True, slots=True)
class CollectorAddresses:
    """Where a running collector is reached, with its throw-away credentials."""

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
    What goes wrong on purpose.

    `block_ingest` answers `/start` and `/i` with 503. `drop_batches` takes the first uploads with 200 and
    forgets them. `lose_answers` keeps the first uploads but answers 503, so that the tracker repeats them.
    """

    block_ingest: bool = False
    drop_batches: int = 0
    lose_answers: int = 0


@dataclass(slots=True)
class Project:
    """The one project of the embedded target, and the tenant's only user."""

    project_id: int = 1
    name: str = "Maskproof"
    project_key: str = field(default_factory=lambda: secrets.token_hex(10), repr=False)
    user: str = "maskproof@example.com"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)
    api_key: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    rate: int = FULL_RATE
    capture_all: bool = True
    created_ms: int = 0
    metadata_keys: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Upload:
    """One kept request body that is still to be written to the session's files; `split` is 0 without one."""

    file: Path
    data_type: str
    split: int


@dataclass(slots=True)
class Session:
    """What the collector knows of one session; times in ms since 1970, `last_activity` and `asked` monotonic s."""

    session_id: int
    project_id: int
    started_ms: int
    protocol: int
    user_uuid: str
    user_agent: str
    start: dict[str, object]
    last_activity: float = 0.0
    asked: float | None = None
    stored: bool = False
    pending: list[Upload] = field(default_factory=list)
    seen: set[tuple[str, bytes]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The id as the API writes it: a string, as it does not fit a JavaScript number."""
        return str(self.session_id)
