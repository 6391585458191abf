"""
Starts the application's own server for both builds, and ends it again.

The server is any program that takes `--instrumented-dir`, `--bare-dir` and `--config FILE`, prints one
line of JSON (`{"instrumented": URL, "bare": URL}`) once it answers, and ends on SIGTERM. The
configuration file is what the application serves as `/tracking-config.json`.
"""

import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from maskproof.embedded.app_end import ended_by_itself
from maskproof.errors import ConfigurationError
from maskproof.machine.app_environment import app_environment
from maskproof.machine.process import filled_in, start_command, stop_process
from maskproof.recording.addresses import AppAddresses
from maskproof.settings_file import port_fault

START_DEADLINE_S = 20.0
STOP_DEADLINE_S = 5.0
# How long a program may take to end that has closed its output.
END_DEADLINE_S = 1.0
READ_BYTES = 1 << 16
SHOWN = 200
EXPECTED = '{"instrumented": URL, "bare": URL}'


class AppServer:
    """
    One running application server.

    Args:
        command: Program and arguments; `{python}` stands for the running interpreter.
        cwd: Folder that the command's relative paths are relative to.
        folder: Where the tracking configuration and the server's log are kept.
        place: Where the command is configured, for errors.

    """

    def __init__(self, command: Sequence[str], *, cwd: Path, folder: Path, place: str = "[app.server] command") -> None:
        self._command = filled_in(command)
        self._place = place
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
            ConfigurationError: It ended, printed something else, or printed nothing within 20 s; says which at once.

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
            self._process = start_command(
                arguments,
                place=self._place,
                cwd=self._cwd,
                env=app_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        return self._read_addresses(self._process)

    def _read_addresses(self, process: subprocess.Popen[bytes]) -> AppAddresses:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        # A thread reads: half a line blocks nobody, and a server that prints on never meets a full pipe.
        threading.Thread(target=_drain, args=(process.stdout, lines), daemon=True).start()
        try:
            line = lines.get(timeout=START_DEADLINE_S).decode("utf-8", "replace").strip()
        except queue.Empty:
            self.stop()
            raise self._error(
                f"printed no line within {START_DEADLINE_S:.0f} s; expected {EXPECTED}.", self._see_log()
            ) from None
        try:
            return self._addresses(process, line)
        except BaseException:
            self.stop()
            raise

    def _addresses(self, process: subprocess.Popen[bytes], line: str) -> AppAddresses:
        """The addresses that the first line names; an error that says what came instead."""
        if (ended := self._early_end(process, line)) is not None:
            raise ended
        try:
            said = json.loads(line)
            instrumented, bare = said["instrumented"].rstrip("/"), said["bare"].rstrip("/")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            shown = line if len(line) <= SHOWN else f"{line[:SHOWN]}..."
            lacks = f" lacks {error}, and" if isinstance(error, KeyError) else " has to be JSON with two URLs, and"
            raise self._error(
                f"its first line{lacks} is: {shown}",
                f"Print {EXPECTED} first, on one line, and everything else to standard error.",
            ) from error
        for url in (instrumented, bare):
            if not url.startswith(("http://", "https://")) or port_fault(url):
                raise self._error(
                    f"printed an address that cannot be: {url or 'an empty one'}.",
                    "A URL begins with http:// or https://, and its port is from 1 to 65535.",
                )
        if instrumented == bare:
            raise self._error(
                f"printed one address for both builds: {bare}.",
                "The bare build, without tracking, needs an address of its own.",
            )
        return AppAddresses(instrumented=instrumented, bare=bare)

    def _early_end(self, process: subprocess.Popen[bytes], line: str) -> ConfigurationError | None:
        """The error of a server that ended by itself: its status, and the last thing that it said."""
        if line:
            return None
        try:
            status = process.wait(END_DEADLINE_S)
        except subprocess.TimeoutExpired:
            return self._error(f"closed its output without a line; expected {EXPECTED}.", self._see_log())
        return ended_by_itself(self._place, status, self.log_path)

    def _error(self, message: str, hint: str) -> ConfigurationError:
        return ConfigurationError(f"{self._place}: {message}", hint=hint)

    def _see_log(self) -> str:
        return f"Its messages are in {self.log_path}."

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
