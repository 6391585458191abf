"""How far the suite is: its checks leave files behind, which are counted."""

import time
from pathlib import Path

from maskproof.machine.progress import duration
from maskproof.verdicts.results import RESULTS_FOLDER, SELECTED_FILE


class Progress:
    """
    The live line of one part of the suite.

    Args:
        reports: The folder of the reports.
        what: What the part does.

    """

    def __init__(self, reports: Path, what: str) -> None:
        self._results, self._selected = reports / RESULTS_FOLDER, reports / SELECTED_FILE
        self._selected.unlink(missing_ok=True)
        self._what = what
        self._before = self._count()
        self._started = time.monotonic()

    def text(self) -> str:
        """What is done, how far it is, and how long it still takes, once the first checks show it."""
        seconds = time.monotonic() - self._started
        done, total = self._count() - self._before, self._total()
        if total <= 1 or not done:
            return f"{self._what} ... {duration(seconds)}"
        left = seconds / done * (total - done)
        return f"{self._what}: {done} of {total} checks, about {duration(left)} left"

    def _count(self) -> int:
        return sum(1 for _ in self._results.glob("*.json"))

    def _total(self) -> int:
        try:
            return int(self._selected.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0
