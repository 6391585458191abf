"""A report is written whole or not at all."""

from pathlib import Path

import pytest

from maskproof.evidence.files import write_whole


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """Nothing is left beside it, and others may read it."""
    path = tmp_path / "report.html"
    path.write_text("old")
    write_whole(path, "new")
    assert path.read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_the_older_file(tmp_path: Path) -> None:
    """A text that cannot be encoded stands for a full disk."""
    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]
