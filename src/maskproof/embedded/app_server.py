"""
Starts the application's own server for both builds, and ends it again.

The server is any program that takes `--instrumented-dir`, `--bare-dir` and `--config FILE`, prints one
line of JSON (`{"instrumented": URL, "bare": URL}`) once it answers, and ends on SIGTERM. The
configuration file is what the application serves as `/tracking-config.json`.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from maskproof.errors import ConfigurationError
from maskproof.machine.process import start_process, stop_process
from maskproof.recording.addresses import AppAddresses

START_DEADLINE_S = 20.0
STOP_DEADLINE_S = 5.0
READ_BYTES = 1 << 16


class AppServer:
    """
    One running application server.

    Args:
        command: Program and arguments; `{python}` stands for the running interpreter.
        cwd: Folder that the command's relative paths are relative to.
        folder: Where the configuration and the server's log are kept.

    """

    def __init__(self, command: Sequence[str], *, cwd: Path, folder: Path) -> None:
        self._command = [sys.executable if part == "{python}" else part for part in command]
        self._cwd = cwd
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log_path(self) -> Path:
        """The server's standard error."""
        return self._folder / "app-server.log"

    def start(self, *, instrumented: Path, bare: Path, config: Mapping[str, Any]) -> AppAddresses:
        """
        Start the server and wait for its line of addresses.

        Args:
            instrumented: Folder of the build with tracking.
            bare: Folder of the build without.
            config: What the application serves as `/tracking-config.json`.

        Raises:
            ConfigurationError: It ended, printed something else, or printed nothing within 20 s.

        """
        self._folder.mkdir(parents=True, exist_ok=True)
        config_path = self._folder / "tracking-config.json"
        config_path.write_text(json.dumps(config), encoding="utf-8")
        arguments = [
            *self._command,
            *("--instrumented-dir", str(instrumented), "--bare-dir", str(bare)),
            *("--config", str(config_path)),
        ]
        with self.log_path.open("wb") as log:
            try:
                self._process = start_process(
                    arguments, cwd=self._cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
                )
            except OSError as error:
                raise ConfigurationError(
                    f"[app.server] command: {self._command[0]} cannot be started: {error.strerror}.",
                    hint="Give a program that exists; {python} stands for the running Python.",
                ) from error
        return self._read_addresses(self._process)

    def _read_addresses(self, process: subprocess.Popen[bytes]) -> AppAddresses:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        # A thread reads: half a line blocks nobody, and a server that prints on never meets a full pipe.
        threading.Thread(target=_drain, args=(process.stdout, lines), daemon=True).start()
        try:
            said = json.loads(lines.get(timeout=START_DEADLINE_S).decode("utf-8", "replace"))
            return AppAddresses(instrumented=said["instrumented"].rstrip("/"), bare=said["bare"].rstrip("/"))
        except (queue.Empty, ValueError, KeyError, TypeError, AttributeError) as error:
            self.stop()
            raise ConfigurationError(
                "[app.server] command did not print its addresses as one line of JSON "
                f'({{"instrumented": URL, "bare": URL}}) within {START_DEADLINE_S:.0f} s.',
                hint=f"Its messages are in {self.log_path}.",
            ) from error

    def stop(self) -> None:
        """End the server, by its process id, and wait for it."""
        process, self._process = self._process, None
        if process is not None:
            stop_process(process, deadline_s=STOP_DEADLINE_S)


def _drain(stream: IO[bytes], lines: "queue.SimpleQueue[bytes]") -> None:
    """Hand on the first line, whole or not, and read the rest until the end."""
    with stream:
        lines.put(stream.readline(READ_BYTES))
        while stream.read(READ_BYTES):
            pass
