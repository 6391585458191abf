"""
What both API clients share: deadlines, safe retries, errors with URL and status.

Only requests that change nothing are repeated (GET, and POST where the caller says so): on a lost
connection, on 429 (after `Retry-After`, or a second) and on 502 to 504, as long as the deadline allows.
Redirects are not followed: only hosts that the configuration names are contacted. No message ever holds a header
or a body that was sent.

urllib3's `Retry` is the policy: methods, statuses, number of tries, back-off, `Retry-After`. The loop is our own,
because urllib3's has no deadline for all tries together, and returns before a body can break off.
"""

import json as json_module
import math
import os
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3

from maskproof.errors import Inconclusive

SAFE_METHODS = frozenset({"GET", "HEAD"})
RATE_LIMITED = 429
REPEATED_STATUSES = (RATE_LIMITED, 502, 503, 504)
REPEATED_ERRORS = (requests.ConnectionError, requests.Timeout)
FIRST_ERROR = 300
SHOWN_CHARACTERS = 160
FIRST_PAUSE_S = 0.2
# A limit counts requests a second, and asking again at once makes it worse.
RATE_PAUSE_S = 1.0
CHUNK = 1 << 16
DEFAULT_LIMIT = 512 << 20
CA_VARIABLE = "REQUESTS_CA_BUNDLE"
UP = "Is the server up and the address right? `maskproof doctor` says what is reachable."


class ApiError(Inconclusive):
    """
    A server cannot be reached, or its response cannot be used.

    Args:
        message: What was requested, and what came; never a header or a body that was sent.
        status: Status of the response; 0 if there is none.
        hint: What to do next.

    """

    def __init__(self, message: str, *, status: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.status = status


class _TooLarge(requests.RequestException):
    """A response has more bytes than the limit."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A whole response with its body; the names of `headers` are case-insensitive."""

    url: str
    status_code: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether the status is a good one; that of a redirect is not."""
        return self.status_code < FIRST_ERROR

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")


class ApiClient:
    """
    The HTTP interface of one server.

    Args:
        base_url: Its base URL.
        name: Its name in messages.
        timeout_s: Deadline of one try in seconds, to connect and between bytes.
        retries: How often a safe request is repeated.
        deadline_s: Deadline of one request with all its tries, pauses and bytes, in seconds.

    """

    def __init__(
        self, base_url: str, *, name: str, timeout_s: float = 15.0, retries: int = 3, deadline_s: float = 60.0
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._name = name
        self._timeout_s = timeout_s
        self._retries = retries
        self._deadline_s = deadline_s
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = os.environ.get(CA_VARIABLE) or True

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
        limit: int = DEFAULT_LIMIT,
    ) -> HttpAnswer:
        """
        Send one request.

        Args:
            method: HTTP method.
            path: Path below the base URL, or a whole URL.
            params: Query parameters.
            json: JSON body.
            headers: Headers besides those of every request.
            allow: Error statuses that the caller handles.
            repeatable: Whether a POST changes nothing and may be repeated.
            limit: The most bytes that the body may have.

        Raises:
            ApiError: No answer in time, one that is too large, or an error status that is not in `allow`.

        """
        url = path if path.startswith("http") else f"{self.base_url}{path}"
        policy = urllib3.Retry(
            self._retries,
            allowed_methods=None if repeatable else SAFE_METHODS,
            status_forcelist=REPEATED_STATUSES,
            backoff_factor=FIRST_PAUSE_S,
        )
        call = _Call(self._session, method, url, {"params": params, "json": json, "headers": headers}, limit, policy)
        try:
            answer = call.repeated(timeout_s=self._timeout_s, end=time.monotonic() + self._deadline_s)
        except _TooLarge:
            raise ApiError(f"{self._name}: {method} {_shown(url)} gives more than {limit} bytes; stopped.") from None
        except requests.exceptions.SSLError:
            hint = f"Is its certificate signed by an authority of your own? {CA_VARIABLE} names the file that has it."
            raise ApiError(
                f"{self._name}: {method} {_shown(url)}: its certificate is not accepted.", hint=hint
            ) from None
        except requests.RequestException as error:
            raise ApiError(f"{self._name}: {method} {_shown(url)}: {type(error).__name__}.", hint=UP) from None
        if not answer.ok and answer.status_code not in allow:
            raise self._refused(method, answer)
        return answer

    def json(self, answer: HttpAnswer) -> Any:  # noqa: ANN401 - JSON
        """
        The JSON of a response.

        Raises:
            ApiError: The body is not JSON.

        """
        try:
            return json_module.loads(answer.content)
        except (ValueError, RecursionError):
            kind = answer.headers.get("content-type", "no content type")
            raise ApiError(
                f"{self._name}: {_shown(answer.url)} did not answer JSON but {kind}.", status=answer.status_code
            ) from None

    def _refused(self, method: str, answer: HttpAnswer) -> ApiError:
        what = f"{self._name}: {method} {_shown(answer.url)} was answered with {answer.status_code}"
        target = answer.headers.get("location")
        if target:
            hint = "Redirects are not followed; configure the address that it names."
            return ApiError(f"{what}, a redirect to {_shown(target)}.", status=answer.status_code, hint=hint)
        asked = answer.headers.get("retry-after")
        hint = f"It asks to wait (Retry-After: {asked[:40]}), longer than the deadline allows." if asked else ""
        return ApiError(f"{what}: {answer.text[:SHOWN_CHARACTERS]!r}.", status=answer.status_code, hint=hint)


@dataclass(slots=True)
class _Call:
    """One request, sent until it is answered or `policy` allows no more; `end` is a time of the monotonic clock."""

    session: requests.Session
    method: str
    url: str
    options: Mapping[str, Any]
    limit: int
    policy: urllib3.Retry

    def repeated(self, *, timeout_s: float, end: float) -> HttpAnswer:
        while True:
            try:
                answer = self._once(timeout_s, end)
            except REPEATED_ERRORS:
                # The policy repeats this error for safe methods only; that of a connect it would repeat for any.
                wait_s = self._wait_s(urllib3.exceptions.ProtocolError())
                if time.monotonic() + wait_s >= end:
                    raise
            else:
                if not self.policy.is_retry(self.method, answer.status_code):
                    return answer
                asked = answer.headers.get("retry-after", "")
                wait_s = self._wait_s(asked=asked)
                if answer.status_code == RATE_LIMITED and not asked:
                    wait_s = max(wait_s, RATE_PAUSE_S)
                if time.monotonic() + wait_s >= end:
                    return answer
            time.sleep(wait_s)

    def _wait_s(self, lost: Exception | None = None, *, asked: str = "") -> float:
        """Seconds until the next try, by `Retry-After` or else by back-off; infinite if there is no other try."""
        try:
            self.policy = self.policy.increment(self.method, error=lost)
        except urllib3.exceptions.HTTPError:
            return math.inf
        try:
            return float(self.policy.parse_retry_after(asked))
        except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
            return self.policy.get_backoff_time() or FIRST_PAUSE_S  # urllib3 begins with none

    def _once(self, timeout_s: float, end: float) -> HttpAnswer:
        timeout_s = max(min(timeout_s, end - time.monotonic()), 0.001)
        with self.session.request(
            self.method, self.url, timeout=timeout_s, stream=True, allow_redirects=False, **self.options
        ) as answer:
            return HttpAnswer(answer.url, answer.status_code, answer.headers, _body(answer, end, self.limit))


def _body(answer: requests.Response, end: float, limit: int) -> bytes:
    """The whole body; each read returns what has arrived, so that a slow server cannot hide the deadline."""
    body = bytearray()
    try:
        while chunk := answer.raw.read1(CHUNK, decode_content=True):
            body += chunk
            if time.monotonic() > end:
                raise requests.Timeout
            if len(body) > limit:
                raise _TooLarge
    except urllib3.exceptions.HTTPError as error:
        raise requests.ConnectionError from error
    return bytes(body)


def _shown(url: str) -> str:
    return url.partition("?")[0]
