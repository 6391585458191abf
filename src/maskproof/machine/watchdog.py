"""
Ends what a run started if the run itself is killed, as a CI does at its time limit: `kill -9` lets nobody clean up.

A small process holds the end of a pipe and the ids of the processes that were started. When the pipe closes, however
its owner ended, the processes that are left get a signal, then are killed, and their temporary folders are removed. It
is a program on the standard library alone, with a session of its own, so that Ctrl-C does not end it first.
"""

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

GRACE_S = 4.0
POLL_S = 0.05


class Watchdog:
    """The owner's side: names processes and folders to the watching process, which starts with the first of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def watch(self, process_id: int) -> None:
        """End this process if the run is killed."""
        self._say(f"+{process_id}")

    def unwatch(self, process_id: int) -> None:
        """The process has ended."""
        self._say(f"-{process_id}")

    def watch_folder(self, folder: Path) -> None:
        """Remove this folder if the run is killed."""
        self._say(f"/{folder}")

    def close(self) -> None:
        """End the watching process; nothing that is still watched is kept alive by it."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
            process.wait()

    def _say(self, line: str) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._process is None:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-S", __file__],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    text=True,
                    start_new_session=True,
                )
                atexit.register(self.close)
            if self._process.stdin is not None:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()


WATCHDOG = Watchdog()


def main(lines: TextIO) -> None:
    """
    Read what is to be watched until the pipe closes, then end what is left.

    Args:
        lines: `+ID` and `-ID` for a process that started and ended, `/PATH` for a folder.

    """
    watched: dict[int, str] = {}
    folders: list[str] = []
    for line in lines:
        sign, rest = line[:1], line.rstrip("\n")[1:]
        if sign == "+":
            watched[int(rest)] = started_at(int(rest))
        elif sign == "-":
            watched.pop(int(rest), None)
        else:
            folders.append(rest)
    _end(watched)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def started_at(process_id: int) -> str:
    """When a process was started, so that another one with its id is not taken for it; empty if it has ended."""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8", errors="replace")
        state, *rest = stat.rpartition(")")[2].split()
        return "" if state == "Z" else rest[18]
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    except OSError:
        return ""
    asked = subprocess.run(["ps", "-o", "lstart=", "-p", str(process_id)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def _end(watched: dict[int, str]) -> None:
    ending = {process_id: _leads_group(process_id) for process_id in _alive(watched)}
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process_id, leads_group in ending.items():
            with contextlib.suppress(OSError):
                if leads_group:  # what it started may be left when it has ended
                    os.killpg(process_id, number)
                elif _alive({process_id: watched[process_id]}):
                    os.kill(process_id, number)
        deadline = time.monotonic() + GRACE_S
        while _alive(watched) and time.monotonic() < deadline:
            time.sleep(POLL_S)


def _leads_group(process_id: int) -> bool:
    try:
        return os.getpgid(process_id) == process_id
    except OSError:
        return False


def _alive(watched: dict[int, str]) -> list[int]:
    return [process_id for process_id, start in watched.items() if start and started_at(process_id) == start]


if __name__ == "__main__":
    main(sys.stdin)
