"""The memory of a command and everything that it started, as proportional set size, from /proc."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

EVERY_S = 0.5
MEGABYTE = 1 << 20


class PeakMemory:
    """
    Watches a process, its descendants, and every process with the run's folder in its command line.

    Args:
        pid: Id of the command's process.
        folder: The run's folder; PostgreSQL leaves the process tree and is recognised by this folder.

    """

    def __init__(self, pid: int, folder: Path) -> None:
        self._pid = pid
        self._folder = str(folder).encode()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peak_mb = 0.0

    def __enter__(self) -> Self:
        """Start watching."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching."""
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(EVERY_S):
            self.peak_mb = max(self.peak_mb, sum(_pss(pid) for pid in self._processes()) / MEGABYTE)

    def _processes(self) -> set[int]:
        parents = dict(_parents())
        known = {self._pid} | {pid for pid in parents if self._folder in _command(pid)}
        while grown := {pid for pid, parent in parents.items() if parent in known} - known:
            known |= grown
        return known


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            stat = _read(entry / "stat").rpartition(b")")[2].split()
            if stat:
                yield int(entry.name), int(stat[1])


def _command(pid: int) -> bytes:
    return _read(Path(f"/proc/{pid}/cmdline"))


def _pss(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
