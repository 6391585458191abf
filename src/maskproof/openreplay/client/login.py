"""
The log-in of a client.

A new log-in ends the previous token, so parallel processes share one token through a file.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from maskproof.errors import ConfigurationError
from maskproof.http import ApiClient
from maskproof.openreplay.client.model import OpenReplayResponse

REFUSED = (400, 401, 403, 404, 422)


class Login:
    """
    Holds the token of an account.

    Args:
        api: Sends requests to the server.
        path: URL path of the log-in.
        user: E-mail address of the account.
        password: Password of the account; never printed.
        token_file: File that processes with one account share; None keeps the token in memory.

    """

    def __init__(self, api: ApiClient, path: str, *, user: str, password: str, token_file: Path | None) -> None:
        self._api = api
        self._path = path
        self._user = user
        self._password = password
        self._file = token_file
        self._token = ""

    def token(self, *, not_this: str = "") -> str:
        """
        The token. Logs in only if there is no token, or only the refused one.

        Raises:
            ConfigurationError: No account is configured, or it is not accepted.
            ApiError: The server cannot be reached or answers with an error.

        """
        if self._token and self._token != not_this:
            return self._token
        with self._locked():
            shared = self._shared()
            self._token = shared if shared and shared != not_this else self._log_in()
            self._share()
        return self._token

    def _log_in(self) -> str:
        if not self._user or not self._password:
            raise ConfigurationError(
                f"OpenReplay at {self._api.base_url}: user and password are not configured.",
                hint="The session API needs an account; an API key alone does not reach stored sessions.",
            )
        body = {"email": self._user, "password": self._password}
        answer = self._api.request("POST", self._path, json=body, allow=REFUSED)
        if not answer.ok:
            raise ConfigurationError(
                f"OpenReplay at {self._api.base_url} does not accept the account (status {answer.status_code}).",
                hint="Check the address, user and password of OpenReplay.",
            )
        return OpenReplayResponse(self._api.json(answer), f"POST {self._path}").need("jwt", str)

    def _shared(self) -> str:
        if self._file is None or not self._file.is_file():
            return ""
        return self._file.read_text(encoding="utf-8").strip()

    def _share(self) -> None:
        if self._file is None:
            return
        fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(self._token)
        fresh.replace(self._file)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        if self._file is None:
            yield
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.with_name(f"{self._file.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
