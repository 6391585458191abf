"""Requests to Umami with a log-in, which does not expire but ends if the server's secret changes (reference 3.1)."""

from collections.abc import Mapping
from typing import Any

from maskproof.errors import ConfigurationError
from maskproof.http import ApiClient, HttpAnswer
from maskproof.umami.model import UmamiResponse

LOGIN = "/api/auth/login"
UNAUTHORIZED = 401
REFUSED = (400, 401, 403, 404, 405, 422)


class Transport:
    """
    Sends requests with the token of a log-in.

    Args:
        api: The server.
        user: Account name.
        password: Its password; never printed.

    """

    def __init__(self, api: ApiClient, *, user: str, password: str) -> None:
        self._api = api
        self._user = user
        self._password = password
        self._token = ""

    def login(self) -> None:
        """
        Log in.

        Raises:
            ConfigurationError: No account is configured, or it is not accepted.
            ApiError: Umami cannot be reached or answers with an error.

        """
        if not self._user or not self._password:
            raise ConfigurationError(
                f"Umami at {self._api.base_url}: user and password are not configured.",
                hint="[live.umami] in maskproof.toml names the environment variables that hold them.",
            )
        body = {"username": self._user, "password": self._password}
        answer = self._api.request("POST", LOGIN, json=body, allow=REFUSED)
        if not answer.ok:
            raise ConfigurationError(
                f"Umami at {self._api.base_url} does not accept the account (status {answer.status_code}).",
                hint="Check the address, user and password of Umami.",
            )
        self._token = UmamiResponse(self._api.json(answer), self._source("POST", LOGIN)).need("token", str)

    def get(self, path: str, query: Mapping[str, object] | None = None) -> UmamiResponse:
        """
        The JSON object that a GET returns.

        Args:
            path: Path below the base URL.
            query: Query parameters.

        """
        return UmamiResponse(self.json("GET", path, params=query), self._source("GET", path))

    def listed(self, path: str, query: Mapping[str, object] | None = None) -> list[UmamiResponse]:
        """
        The JSON objects of the list that a GET returns.

        Args:
            path: Path below the base URL.
            query: Query parameters.

        """
        return UmamiResponse.listed(self.json("GET", path, params=query), self._source("GET", path))

    def json(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - JSON
        """
        The JSON that a request returns.

        Args:
            method: HTTP method.
            path: Path below the base URL.
            **options: What else `ApiClient.request` takes.

        """
        return self._api.json(self.request(method, path, **options))

    def request(self, method: str, path: str, **options: Any) -> HttpAnswer:  # noqa: ANN401 - handed through
        """
        Send a request with the token; log in again, once, if it is no longer accepted.

        Args:
            method: HTTP method.
            path: Path below the base URL.
            **options: What else `ApiClient.request` takes.

        Raises:
            ConfigurationError: The account is not accepted, or may not see this.
            ApiError: No answer, or an error status.

        """
        was_logged_in = bool(self._token)
        if not was_logged_in:
            self.login()
        answer = self._send(method, path, options)
        if answer.status_code == UNAUTHORIZED and was_logged_in:
            self.login()
            answer = self._send(method, path, options)
        if answer.status_code == UNAUTHORIZED:
            raise ConfigurationError(
                f"Umami: {self._source(method, path)} was refused ({UNAUTHORIZED}) right after logging in.",
                hint="May the account see this website?",
            )
        return answer

    def _send(self, method: str, path: str, options: Mapping[str, Any]) -> HttpAnswer:
        headers = {"Authorization": f"Bearer {self._token}"}
        return self._api.request(method, path, headers=headers, allow=(UNAUTHORIZED,), **options)

    def _source(self, method: str, path: str) -> str:
        return f"{method} {self._api.base_url}{path}"
