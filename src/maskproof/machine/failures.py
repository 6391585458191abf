"""The errors of set-up: something that the embedded target needs is not available."""

import errno
import shutil
from collections.abc import Sequence
from pathlib import Path

from maskproof.errors import Inconclusive
from maskproof.machine.causes import cause_of

LOG_LINES_SHOWN = 12
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
MEBIBYTE = 1 << 20


class SetupFailed(Inconclusive):
    """A part of the embedded target cannot be downloaded, built or started, so there is no verdict."""


def last_lines(log: Path, count: int = LOG_LINES_SHOWN) -> str:
    """
    The last lines of a log for an error message, indented; empty if there is no log, or an empty one.

    Args:
        log: File of the log.
        count: Most lines to return.

    """
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return _indented(lines[-count:])


def below(lines: str) -> str:
    """The end of a message that shows last lines; empty if there are none."""
    return f" Its last lines:\n{lines}" if lines else ""


def _indented(lines: Sequence[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)


def failed(what: str, output: str, *, log: Path | None = None) -> SetupFailed:
    """
    The error for a failed program: one line if its output shows a known cause, otherwise its last lines.

    Args:
        what: What failed, as a sentence without its full stop.
        output: What the program printed.
        log: File that holds the whole output.

    """
    where = f"The whole log is {log}." if log else ""
    cause = cause_of(output)
    if cause is not None:
        return SetupFailed(f"{what}: {cause.what}.", hint=f"{cause.remedy} {where}".rstrip())
    return SetupFailed(f"{what}.{below(_indented(output.splitlines()[-LOG_LINES_SHOWN:]))}", hint=where)


def unusable(folder: Path, error: OSError) -> SetupFailed:
    """
    The error for a folder that set-up cannot write to: the disk is full, or writing is not allowed.

    Args:
        folder: The folder, e.g. that of the cache.
        error: What the operating system said; its file name is used in the message if it has one.

    """
    place = error.filename or folder
    if error.errno in FULL:
        free = shutil.disk_usage(folder).free // MEBIBYTE
        return SetupFailed(
            f"The disk that {folder} is on is full: {free} MB are free.",
            hint="Make room, or set MASKPROOF_CACHE to a folder on another disk.",
        )
    return SetupFailed(
        f"{place}: {error.strerror}.", hint="Set MASKPROOF_CACHE to a folder of your own that can be written."
    )
