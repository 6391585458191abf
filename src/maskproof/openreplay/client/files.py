"""Fetches stored files by their signed addresses, which no message ever shows whole."""

import time
from collections.abc import Iterator

from maskproof.errors import Inconclusive
from maskproof.http import DEFAULT_LIMIT, ApiClient, ApiError

DEADLINE_S = 600.0
NOT_FOUND = 404
ERRORS = range(400, 600)


class Files:
    """
    The object store behind signed addresses.

    Args:
        timeout_s: Deadline of one try in seconds, to connect and between bytes.
        retries: How often a fetch is repeated.

    """

    def __init__(self, *, timeout_s: float, retries: int) -> None:
        name = "OpenReplay's files"
        self._api = ApiClient("", name=name, timeout_s=timeout_s, retries=retries, deadline_s=DEADLINE_S)

    def fetch(self, url: str, *, limit: int = DEFAULT_LIMIT) -> bytes | None:
        """
        A file, or None if there is none (404).

        Args:
            url: The signed address.
            limit: The most bytes it may have.

        Raises:
            ApiError: No answer, another error status, or more bytes than the limit. What an object store says of
                a signature is not repeated.

        """
        answer = self._api.request("GET", url, allow=ERRORS, limit=limit)
        if answer.status_code == NOT_FOUND:
            return None
        if not answer.ok:
            raise ApiError(
                f"OpenReplay's files: GET {url.partition('?')[0]} was answered with {answer.status_code}.",
                status=answer.status_code,
                hint="Signed addresses are valid for 15 minutes, and only if the clocks agree.",
            )
        return answer.content


def polls(deadline_s: float, *, first_s: float = 0.05, most_s: float = 2.0) -> Iterator[float]:
    """
    Yield the seconds that are left, with growing pauses between, until the deadline is over.

    At least one look is taken, however short the deadline.
    """
    end = time.monotonic() + deadline_s
    pause = first_s
    while True:
        yield end - time.monotonic()
        left = end - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(pause, left))
        pause = min(pause * 1.5, most_s)


class SessionNotStored(Inconclusive):
    """The server answers, and a session is not stored in time."""


def missing(session_id: str, deadline_s: float, seen: str) -> SessionNotStored:
    """The error of a session that never arrived."""
    return SessionNotStored(
        f"OpenReplay: session {session_id} was not stored within {deadline_s:g} s; {seen}.",
        hint="A real server stores a session about 150 s after its last batch; the deadline must be longer.",
    )
