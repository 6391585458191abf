"""Errors of set-up: one line where the cause is known."""

import errno
from pathlib import Path

from maskproof.errors import EXIT_INCONCLUSIVE
from maskproof.machine.failures import failed, last_lines, unusable


def test_a_known_cause_is_one_line(tmp_path: Path) -> None:
    """With the remedy and the log in the hint, and no output."""
    error = failed("Could not build it", "many\nlines\nENOSPC: no space", log=tmp_path / "log")
    assert error.message == "Could not build it: the disk is full."
    assert error.hint.endswith(f"The whole log is {tmp_path / 'log'}.")
    assert error.exit_code == EXIT_INCONCLUSIVE


def test_an_unknown_cause_shows_the_last_lines() -> None:
    """Twelve of them, without an empty hint."""
    error = failed("Could not build it", "\n".join(f"line {number}" for number in range(20)))
    assert "line 8" in error.message
    assert "line 7" not in error.message
    assert error.hint == ""


def test_a_full_disk_is_told_with_its_room(tmp_path: Path) -> None:
    """So that it is known how much is missing."""
    error = unusable(tmp_path, OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "x")))
    assert str(tmp_path) in error.message
    assert "MB are free" in error.message


def test_what_may_not_be_written_is_named(tmp_path: Path) -> None:
    """The file itself, and the variable that helps."""
    error = unusable(tmp_path, PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "x")))
    assert error.message == f"{tmp_path / 'x'}: Permission denied."
    assert "MASKPROOF_CACHE" in error.hint


def test_no_log_has_no_lines(tmp_path: Path) -> None:
    """A program that could not be started has written none."""
    assert last_lines(tmp_path / "none") == ""
