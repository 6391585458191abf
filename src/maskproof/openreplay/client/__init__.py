"""The OpenReplay API client: the Python services, the Go services and the public API behind one class."""

from maskproof.openreplay.client.client import OpenReplayClient
from maskproof.openreplay.client.files import SessionNotStored
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
    "Account",
    "OpenReplayClient",
    "Project",
    "Replay",
    "SampleRate",
    "SessionEvents",
    "SessionNotStored",
    "SessionRecord",
    "StoredSession",
]
