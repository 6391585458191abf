"""Fetches stored files by their signed addresses, which no message ever shows whole."""

import time
from collections.abc import Iterator

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from maskproof.errors import Inconclusive
from maskproof.http import REPEATED_STATUSES, ApiError

CHUNK = 1 << 16
DEFAULT_LIMIT = 512 << 20
NOT_FOUND = 404


class Files:
    """
    The object store behind signed addresses.

    Args:
        timeout_s: Deadline of one try in seconds, to connect and between bytes.
        retries: How often a fetch is repeated.

    """

    def __init__(self, *, timeout_s: float, retries: int) -> None:
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False
        retry = Retry(total=retries, backoff_factor=0.2, status_forcelist=REPEATED_STATUSES, raise_on_status=False)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def fetch(self, url: str, *, limit: int = DEFAULT_LIMIT) -> bytes | None:
        """
        A file, or None if there is none (404).

        Args:
            url: The signed address.
            limit: The most bytes it may have.

        Raises:
            ApiError: No answer, another error status, or more bytes than the limit.

        """
        shown = url.partition("?")[0]
        try:
            with self._session.get(url, timeout=self._timeout_s, stream=True) as answer:
                if answer.status_code == NOT_FOUND:
                    return None
                if not answer.ok:
                    raise ApiError(
                        f"OpenReplay's files: GET {shown} was answered with {answer.status_code}.",
                        status=answer.status_code,
                        hint="Signed addresses are valid for 15 minutes, and only if the clocks agree.",
                    )
                return _read(answer, limit, shown)
        except requests.RequestException as error:
            raise ApiError(
                f"OpenReplay's files: GET {shown}: {type(error).__name__}.",
                hint="The object store's address must be reachable from here too.",
            ) from None


def _read(answer: requests.Response, limit: int, shown: str) -> bytes:
    data = bytearray()
    for chunk in answer.iter_content(CHUNK):
        data += chunk
        if len(data) > limit:
            raise ApiError(f"OpenReplay's files: GET {shown} gives more than {limit} bytes; stopped.")
    return bytes(data)


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
