"""The OpenReplay API client: one class for the Python services, the Go services and the public API."""

from maskproof.openreplay.client.client import OpenReplayClient
from maskproof.openreplay.client.database import DatabaseText, SessionInDatabase
from maskproof.openreplay.client.files import POLL_S, SessionNotStored, polls
from maskproof.openreplay.client.model import (
    Account,
    Project,
    Replay,
    SampleRate,
    SessionEvents,
    SessionRecord,
    StoredSession,
)

__all__ = [
    "POLL_S",
    "Account",
    "DatabaseText",
    "OpenReplayClient",
    "Project",
    "Replay",
    "SampleRate",
    "SessionEvents",
    "SessionInDatabase",
    "SessionNotStored",
    "SessionRecord",
    "StoredSession",
    "polls",
]
