"""The errors of set-up: something that the embedded target needs cannot be had."""

from pathlib import Path

from maskproof.errors import Inconclusive

LOG_LINES_SHOWN = 12


class SetupFailed(Inconclusive):
    """A part of the embedded target cannot be fetched, built or started, so nothing can be said."""


def last_lines(log: Path, count: int = LOG_LINES_SHOWN) -> str:
    """The last lines of a log, indented, for an error message; empty when there is none."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])
