"""
Authorised requests, by log-in or API key, with the data taken out of the services' envelopes (reference 5).

Success is `{"data": ...}` everywhere. Errors of the Go services are `{"error": ...}` or an empty body, errors of the
Python services `{"errors": [...]}`, sometimes with status 200.
"""

import html
from collections.abc import Callable, Collection, Iterator
from typing import Any

from maskproof.errors import ConfigurationError
from maskproof.http import ApiClient, ApiError, HttpAnswer
from maskproof.openreplay.client.login import Login
from maskproof.openreplay.client.model import OpenReplayResponse

UNAUTHORISED = (401, 403)
TRIES = 5


class OpenReplayTransport:
    """
    Sends requests to OpenReplay.

    Args:
        api: Sends requests to the server.
        login: Log-in of the account.
        key: API key of the tenant; never printed.

    """

    def __init__(self, api: ApiClient, login: Login, key: str) -> None:
        self._api = api
        self._login = login
        self._key = key

    def get(self, path: str) -> OpenReplayResponse:
        """The JSON object in the answer to a GET request."""
        return OpenReplayResponse(self.data("GET", path), f"GET {path}")

    def data(self, method: str, path: str, *, json: object = None) -> Any:  # noqa: ANN401 - JSON
        """
        The data of an answer, requested by log-in. No request here changes anything, so all may be repeated.

        Args:
            method: HTTP method.
            path: URL path below the server.
            json: Body to send as JSON; None sends no body.

        Raises:
            ConfigurationError: The account is not accepted.
            ApiError: No answer, an error, or an answer without the envelope.

        """
        return self._unwrap(self.request(method, path, json=json), method, path)

    def request(self, method: str, path: str, *, json: object = None, allow: Collection[int] = ()) -> HttpAnswer:
        """
        Send a request by log-in. If another log-in has ended ours, log in again.

        Args:
            method: HTTP method.
            path: URL path below the server.
            json: Body to send as JSON; None sends no body.
            allow: Error statuses that are returned instead of raised.

        Raises:
            ConfigurationError: The account is not accepted.
            ApiError: No answer, or an error status that is not in `allow`.

        """
        refused = ""
        for _ in range(TRIES):
            token = self._login.token(not_this=refused)
            answer = self._send(method, path, token, json, allow)
            if answer.status_code not in UNAUTHORISED:
                return answer
            refused = token
        raise ConfigurationError(
            f"OpenReplay: {method} {path} was refused ({answer.status_code}) right after logging in.",
            hint="May the account see this project? Does somebody else log in with it all the time?",
        )

    def key_data(self, method: str, path: str, *, json: object = None) -> Any:  # noqa: ANN401 - JSON
        """
        The data of an answer of the public API, without HTML escapes.

        Args:
            method: HTTP method.
            path: URL path below the server.
            json: Body to send as JSON; None sends no body.

        Raises:
            ConfigurationError: There is no key, or it is not accepted.
            ApiError: No answer, an error, or an answer without the envelope.

        """
        if not self._key:
            raise ConfigurationError(
                f"OpenReplay: {method} {path} needs an API key, and none is configured.",
                hint="`GET /api/account` of a logged-in owner shows it.",
            )
        answer = self._send(method, path, self._key, json, ())
        if answer.status_code in UNAUTHORISED:
            raise ConfigurationError(
                f"OpenReplay: {method} {path} was refused ({answer.status_code}): the API key is not accepted.",
                hint="Keys are rotated by the server's owner; check the configured one.",
            )
        return unescaped(self._unwrap(answer, method, path))

    def _send(self, method: str, path: str, token: str, json: object, allow: Collection[int]) -> HttpAnswer:
        headers = {"Authorization": f"Bearer {token}"}
        return self._api.request(
            method, path, json=json, headers=headers, allow=(*UNAUTHORISED, *allow), repeatable=True
        )

    def _unwrap(self, answer: HttpAnswer, method: str, path: str) -> Any:  # noqa: ANN401 - JSON
        body = self._api.json(answer)
        if isinstance(body, dict) and "data" in body:
            return body["data"]
        errors = body.get("errors") or body.get("error") if isinstance(body, dict) else None
        what = f"the error {str(errors)[:160]!r}" if errors else "an answer without data"
        raise ApiError(f"OpenReplay: {method} {path} gave {what}.", status=answer.status_code)


def paged(fetch: Callable[[int], OpenReplayResponse], name: str) -> Iterator[OpenReplayResponse]:
    """
    Yield the objects of all pages.

    Args:
        fetch: Returns a page, counted from 1: `{"total", <name>: [...]}`; an empty list may be null.
        name: Name of the list.

    """
    page = seen = 0
    while True:
        page += 1
        answer = fetch(page)
        total = answer.need("total", int)
        rows = answer.objects(name)
        yield from (OpenReplayResponse(row, answer.source) for row in rows)
        seen += len(rows)
        if not rows or seen >= total:
            return


def unescaped(value: Any) -> Any:  # noqa: ANN401 - JSON
    """JSON whose texts are without the HTML escapes that the public API adds (5.1)."""
    if isinstance(value, str):
        return html.unescape(value)
    if isinstance(value, dict):
        return {name: unescaped(item) for name, item in value.items()}
    return [unescaped(item) for item in value] if isinstance(value, list) else value
