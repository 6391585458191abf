"""Reports are unfinished until they are finished."""

import json
from pathlib import Path

from maskproof.evidence.reports import write_unfinished


def test_a_run_first_removes_an_old_pass(tmp_path: Path) -> None:
    """All three reports are overwritten, and none is a pass."""
    (tmp_path / "summary.json").write_text('{"verdict": "pass"}')
    write_unfinished(tmp_path, "It has not finished.")
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary == {"verdict": "inconclusive", "finished": None, "reason": "It has not finished."}
    assert {path.name for path in tmp_path.iterdir()} == {"summary.json", "report.html", "allure.html"}


def test_the_folder_is_made(tmp_path: Path) -> None:
    """The first run has no folder of reports yet."""
    write_unfinished(tmp_path / "new" / "reports", "reason")
    assert (tmp_path / "new" / "reports" / "summary.json").is_file()
