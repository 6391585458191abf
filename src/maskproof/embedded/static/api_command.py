"""Starts the team's API by its command, waits until its port answers, and ends it again."""

import socket
import subprocess
from pathlib import Path

from maskproof.embedded.app_end import ended_by_itself
from maskproof.errors import ConfigurationError
from maskproof.machine.app_environment import app_environment
from maskproof.machine.process import PORT, filled_in, start_command, stop_process
from maskproof.machine.waiting import LOOPBACK, free_port, host_and_port, wait_until
from maskproof.static_settings import StaticProxy

START_DEADLINE_S = 20.0
STOP_DEADLINE_S = 5.0
CONNECT_TIMEOUT_S = 1.0


def is_answering(url: str) -> bool:
    """Whether something listens where a URL leads to."""
    try:
        socket.create_connection(host_and_port(url), CONNECT_TIMEOUT_S).close()
    except OSError:
        return False
    return True


class ApiCommand:
    """
    One running API.

    Args:
        proxy: Its command, and the URL that it answers at, if it has one of its own.
        folder: Where its log is kept.
        place: Where the command is configured, for errors.

    """

    def __init__(self, proxy: StaticProxy, *, folder: Path, place: str) -> None:
        self._proxy = proxy
        self._log = folder / "api-server.log"
        self._place = place
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """
        Start it and wait until it answers; its base URL.

        Raises:
            ConfigurationError: It cannot be started, ended, or did not answer within 20 s.

        """
        self._log.parent.mkdir(parents=True, exist_ok=True)
        port = str(host_and_port(self._proxy.url)[1] if self._proxy.url else free_port())
        url = self._proxy.url or f"http://{LOOPBACK}:{port}"
        with self._log.open("wb") as log:
            process = start_command(
                filled_in(self._proxy.command, port),
                place=self._place,
                cwd=self._proxy.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**app_environment(), "PORT": port},
            )
        self._process = process
        self._wait_for(process, url)
        return url

    def _wait_for(self, process: "subprocess.Popen[bytes]", url: str) -> None:
        wait_until(lambda: process.poll() is not None or is_answering(url), deadline_s=START_DEADLINE_S)
        status = process.poll()
        if status is None and is_answering(url):
            return
        self.stop()
        if status is not None:
            raise ended_by_itself(self._place, status, self._log)
        raise ConfigurationError(
            f"{self._place}: nothing answers at {url} within {START_DEADLINE_S:.0f} s.",
            hint=f"Write the url that it has, or let it take {PORT}. Its messages are in {self._log}.",
        )

    def stop(self) -> None:
        """End it, by its process id, and wait for it."""
        process, self._process = self._process, None
        if process is not None:
            stop_process(process, deadline_s=STOP_DEADLINE_S)
