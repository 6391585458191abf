"""Reports are unfinished until they are finished."""

import json
from pathlib import Path

from maskproof.evidence.reports import write_unfinished


def test_the_first_act_of_a_run_is_to_take_the_old_green_away(tmp_path: Path) -> None:
    """All three reports are written, and none is a pass."""
    (tmp_path / "summary.json").write_text('{"verdict": "pass"}')
    write_unfinished(tmp_path, "It has not finished.")
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary == {"verdict": "inconclusive", "finished": None, "reason": "It has not finished."}
    assert {path.name for path in tmp_path.iterdir()} == {"summary.json", "report.html", "allure.html"}


def test_the_folder_is_made(tmp_path: Path) -> None:
    """On a first run there is none."""
    write_unfinished(tmp_path / "new" / "reports", "reason")
    assert (tmp_path / "new" / "reports" / "summary.json").is_file()
