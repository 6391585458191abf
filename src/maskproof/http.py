"""
What both API clients share: deadlines, retries that are safe to repeat, errors with address and status.

Only requests that change nothing are repeated (GET, and POST where the caller says so): on a lost
connection, on 429 (after `Retry-After`) and on 502 to 504. No message ever holds a header or a body that was sent.
"""

from collections.abc import Collection, Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from maskproof.errors import Inconclusive

SAFE_METHODS = frozenset({"GET", "HEAD"})
REPEATED_STATUSES = (429, 502, 503, 504)
SHOWN_CHARACTERS = 160


class ApiError(Inconclusive):
    """A server cannot be reached, or answers with something that nothing can be said from."""

    def __init__(self, message: str, *, status: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.status = status


class ApiClient:
    """
    One server's HTTP interface.

    Args:
        base_url: Its address, without a slash at the end.
        name: What messages call it.
        timeout_s: Deadline of one try in seconds, to connect and between bytes.
        retries: How often a safe request is repeated.

    """

    def __init__(self, base_url: str, *, name: str, timeout_s: float = 15.0, retries: int = 3) -> None:
        self.base_url = base_url.rstrip("/")
        self._name = name
        self._timeout_s = timeout_s
        self._safe = _session(retries)
        self._once = _session(0)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
        repeatable: bool = False,
    ) -> requests.Response:
        """
        Send one request.

        Args:
            method: HTTP method.
            path: Below the base address, or a whole address.
            params: Query.
            json: Body.
            headers: More headers.
            allow: Error statuses that the caller deals with.
            repeatable: Whether a POST changes nothing and may be repeated.

        Raises:
            ApiError: No answer, or an error status that is not in `allow`.

        """
        url = path if path.startswith("http") else f"{self.base_url}{path}"
        session = self._safe if repeatable or method in SAFE_METHODS else self._once
        try:
            answer = session.request(method, url, params=params, json=json, headers=headers, timeout=self._timeout_s)
        except requests.RequestException as error:
            raise ApiError(
                f"{self._name}: {method} {_shown(url)}: {type(error).__name__}.",
                hint="Is the server up and the address right? `maskproof doctor` says what is reachable.",
            ) from None
        if not answer.ok and answer.status_code not in allow:
            raise ApiError(
                f"{self._name}: {method} {_shown(url)} was answered with {answer.status_code}: "
                f"{answer.text[:SHOWN_CHARACTERS]!r}.",
                status=answer.status_code,
            )
        return answer

    def json(self, answer: requests.Response) -> Any:  # noqa: ANN401 - JSON
        """
        The JSON of an answer.

        Raises:
            ApiError: It is something else.

        """
        try:
            return answer.json()
        except ValueError:
            kind = answer.headers.get("content-type", "no content type")
            raise ApiError(
                f"{self._name}: {_shown(answer.url)} did not answer JSON but {kind}.", status=answer.status_code
            ) from None


def _shown(url: str) -> str:
    return url.partition("?")[0]


def _session(retries: int) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    retry = Retry(
        total=retries,
        backoff_factor=0.2,
        status_forcelist=REPEATED_STATUSES,
        allowed_methods=None,
        respect_retry_after_header=True,
        raise_on_status=False,
    )
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session
