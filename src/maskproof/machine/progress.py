"""
Says on standard error what is being done and how far it is.

On a terminal, one line is written over again and again. Where nobody looks at it live, as in the log of a CI, the line
is printed now and then, and what is done in a moment says nothing.
"""

import shutil
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TextIO

PREFIX = "maskproof: "
TICK_S = 0.5
# Seconds until a line is printed, and between two of them, where there is no terminal.
QUIET_S = 30.0
CLEAR_LINE = "\r\x1b[2K"
MINUTE = 60


def _stream() -> TextIO:
    return sys.stderr


class LiveLine:
    """
    The last line of the screen, which a thread keeps up to date.

    Several things may be done at once; the last one that began is shown.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._shown: list[Callable[[], str]] = []
        self._drawn = False
        self._printed_at = 0.0
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, text: Callable[[], str]) -> None:
        """Show what a function returns, until `end` is called with it."""
        with self._lock:
            self._shown.append(text)
            if len(self._shown) == 1:
                self._printed_at = time.monotonic()
            if self._thread is None:
                self._wake.clear()
                self._thread = threading.Thread(target=self._run, name="progress", daemon=True)
                self._thread.start()
            self._draw()

    def end(self, text: Callable[[], str]) -> None:
        """Show it no longer."""
        with self._lock:
            self._shown.remove(text)
            self._erase()
            if self._shown:
                self._draw()
            else:
                self._wake.set()
                self._thread = None

    def print(self, line: str) -> None:
        """Print a line that stays, above the live one."""
        with self._lock:
            self._erase()
            print(f"{PREFIX}{line}", file=_stream(), flush=True)
            self._draw()

    def _run(self) -> None:
        wake = self._wake
        while not wake.wait(TICK_S):
            with self._lock:
                if self._thread is not threading.current_thread():
                    return
                self._draw()

    def _draw(self) -> None:
        if not self._shown:
            return
        if _stream().isatty():
            width = shutil.get_terminal_size().columns - 1
            _stream().write(CLEAR_LINE + f"{PREFIX}{self._shown[-1]()}"[:width])
            _stream().flush()
            self._drawn = True
        elif time.monotonic() - self._printed_at >= QUIET_S:
            self._printed_at = time.monotonic()
            print(f"{PREFIX}{self._shown[-1]()}", file=_stream(), flush=True)

    def _erase(self) -> None:
        if self._drawn:
            _stream().write(CLEAR_LINE)
            self._drawn = False


_LINE = LiveLine()


def note(text: str) -> None:
    """Print one line of progress on standard error."""
    _LINE.print(text)


@contextmanager
def live(text: Callable[[], str]) -> Generator[None]:
    """Show a text that changes, while something is done."""
    _LINE.begin(text)
    try:
        yield
    finally:
        _LINE.end(text)


@contextmanager
def step(title: str) -> Generator[None]:
    """
    Show what is being done and for how long; if it takes long, or fails, a line stays and says how long it took.

    Args:
        title: What the step does, e.g. `build Umami`.

    """
    started = time.monotonic()
    try:
        with live(lambda: f"{title} ... {duration(time.monotonic() - started)}"):
            yield
    except BaseException:
        note(f"{title}: failed after {duration(time.monotonic() - started)}")
        raise
    if (seconds := time.monotonic() - started) >= QUIET_S:
        note(f"{title}: {duration(seconds)}")


def duration(seconds: float) -> str:
    """A time for people, e.g. `2 min 05 s`."""
    whole = round(seconds)
    return f"{whole // MINUTE} min {whole % MINUTE:02} s" if whole >= MINUTE else f"{whole} s"
