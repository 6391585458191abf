"""Fetches stored files by their pre-signed URLs. No message shows such a URL with its signature."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from maskproof.errors import Inconclusive
from maskproof.http import DEFAULT_LIMIT, ApiClient, ApiError
from maskproof.openreplay.client.model import Replay, StoredSession

DEADLINE_S = 600.0
NOT_FOUND = 404
# How long pre-signed URLs are used, which serve for 15 minutes.
URL_LIFE_S = 600.0
ERRORS = range(400, 600)
# Pauses between two requests for a session: the first, and the longest.
FIRST_POLL_S, POLL_S = 0.05, 2.0


class Files:
    """
    The object store, read by pre-signed URLs.

    Args:
        timeout_s: Deadline of one try in seconds, for connecting and between bytes.
        retries: Maximum number of repetitions of one fetch.

    """

    def __init__(self, *, timeout_s: float, retries: int) -> None:
        name = "OpenReplay's files"
        self._api = ApiClient("", name=name, timeout_s=timeout_s, retries=retries, deadline_s=DEADLINE_S)

    def fetch(self, url: str, *, limit: int = DEFAULT_LIMIT) -> bytes | None:
        """
        Fetch a file; None if there is none (404).

        Args:
            url: The pre-signed URL of the file.
            limit: Maximum size of the file in bytes.

        Raises:
            ApiError: No answer, another error status, or a file above the limit. The message leaves out the answer
                of the object store, which may repeat the signature.

        """
        answer = self._api.request("GET", url, allow=ERRORS, limit=limit)
        if answer.status_code == NOT_FOUND:
            return None
        if not answer.ok:
            raise ApiError(
                f"OpenReplay's files: GET {url.partition('?')[0]} was answered with {answer.status_code}.",
                status=answer.status_code,
                hint="Pre-signed URLs are valid for 15 minutes, and only if the clocks agree.",
            )
        return answer.content

    def session(self, session_id: str, replay: Replay, limit: int) -> StoredSession | None:
        """
        Fetch the files of a session; None if its first one is not there.

        Args:
            session_id: Id of the session.
            replay: The session's record, with the URLs of its files.
            limit: Maximum size of one file in bytes.

        Raises:
            ApiError: A file cannot be read.

        """
        # The late part is stored with the first or after it: until that is there, it is not asked for.
        first = self.fetch(replay.dom_urls[0], limit=limit) if replay.dom_urls else None
        if first is None:
            return None
        dom = [first, *(self.fetch(url, limit=limit) for url in replay.dom_urls[1:])]
        devtools = [self.fetch(url, limit=limit) for url in replay.devtools_urls]
        return StoredSession(
            session_id=session_id,
            replay=replay,
            dom=tuple(part for part in dom if part is not None),
            devtools=tuple(part for part in devtools if part is not None),
        )

    def settled(self, stored: StoredSession, limit: int, settle_s: float) -> StoredSession:
        """
        The session once two looks at its files agree, or none is missing.

        Args:
            stored: The first look.
            limit: Maximum size of one file in bytes.
            settle_s: Seconds between two looks.

        Raises:
            ApiError: A file cannot be read.

        """
        while stored.missing_files:
            time.sleep(settle_s)
            again = self.session(stored.session_id, stored.replay, limit)
            if again is None or again.missing_files == stored.missing_files:
                break
            stored = again
        return stored


def polls(deadline_s: float, most_s: float = POLL_S, *, first_s: float = FIRST_POLL_S) -> Iterator[float]:
    """
    Yield the seconds left before the deadline, at least once, with growing pauses between.

    Args:
        deadline_s: Seconds until the last poll.
        most_s: Longest pause in seconds. Above the usual one each request counts, and all pauses are as long.
        first_s: First pause in seconds.

    """
    end = time.monotonic() + deadline_s
    pause = first_s if most_s <= POLL_S else most_s
    while True:
        yield end - time.monotonic()
        left = end - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(pause, left))
        pause = min(pause * 1.5, most_s)


@dataclass(slots=True)
class Wanted:
    """
    A session that is waited for.

    The URLs of its files serve for minutes, and asking for them costs the server more than asking for a file.
    """

    session_id: str
    seen: str = "the server does not know it"
    replay: Replay | None = None
    asked_s: float = 0.0

    @property
    def needs_urls(self) -> bool:
        """Whether the server has to be asked for the URLs, for the first time or again."""
        return self.replay is None or time.monotonic() - self.asked_s > URL_LIFE_S

    def answered(self, replay: Replay | None) -> None:
        """
        Keep what the server says of the session; one that is still live has no files yet.

        Raises:
            ApiError: Its files are encrypted.

        """
        if replay is None:
            return
        if replay.encrypted:
            raise ApiError(f"OpenReplay: session {self.session_id} is stored encrypted, which is not supported.")
        self.seen = "it is still live" if replay.live else "its first file is missing"
        self.replay, self.asked_s = None if replay.live else replay, time.monotonic()


class SessionNotStored(Inconclusive):
    """The server answers, but the session is not stored in time."""


def missing(session_id: str, deadline_s: float, seen: str) -> SessionNotStored:
    """
    The error for a session that was not stored in time.

    Args:
        session_id: Id of the session.
        deadline_s: Seconds that were waited for.
        seen: What the last poll saw, as the end of a sentence.

    """
    return SessionNotStored(
        f"OpenReplay: session {session_id} was not stored within {deadline_s:g} s; {seen}.",
        hint="A real server stores a session 150 to 312 s after its last batch; the deadline must be longer.",
    )
