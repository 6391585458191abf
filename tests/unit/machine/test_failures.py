"""Errors of set-up: one line if the cause is known."""

import errno
from pathlib import Path

from maskproof.errors import EXIT_INCONCLUSIVE
from maskproof.machine.failures import failed, last_lines, unusable


def test_a_known_cause_is_one_line(tmp_path: Path) -> None:
    """With a known cause, the hint has the remedy and the log, and the output is not shown."""
    error = failed("Could not build it", "many\nlines\nENOSPC: no space", log=tmp_path / "log")
    assert error.message == "Could not build it: the disk is full."
    assert error.hint.endswith(f"The whole log is {tmp_path / 'log'}.")
    assert error.exit_code == EXIT_INCONCLUSIVE


def test_an_unknown_cause_shows_the_last_lines() -> None:
    """With an unknown cause, the message shows the last twelve lines; without a log, there is no hint."""
    error = failed("Could not build it", "\n".join(f"line {number}" for number in range(20)))
    assert "line 8" in error.message
    assert "line 7" not in error.message
    assert error.hint == ""


def test_a_full_disk_is_reported_with_its_free_space(tmp_path: Path) -> None:
    """The message names the folder and how much is free."""
    error = unusable(tmp_path, OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "x")))
    assert str(tmp_path) in error.message
    assert "MB are free" in error.message


def test_what_may_not_be_written_is_named(tmp_path: Path) -> None:
    """The message names the file that may not be written, and the hint names the variable to set."""
    error = unusable(tmp_path, PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "x")))
    assert error.message == f"{tmp_path / 'x'}: Permission denied."
    assert "MASKPROOF_CACHE" in error.hint


def test_no_log_has_no_lines(tmp_path: Path) -> None:
    """A missing log gives an empty text."""
    assert last_lines(tmp_path / "none") == ""
