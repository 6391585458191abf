"""How far the suite is, by the files that its checks leave."""

from pathlib import Path

import pytest
from tests.unit.evidence.conftest import result

from maskproof.commands.verifying.suite_progress import Progress
from maskproof.verdicts.results import RESULTS_FOLDER, SELECTED_FILE


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that the test sets."""
    now = [100.0]
    monkeypatch.setattr("maskproof.commands.verifying.suite_progress.time.monotonic", lambda: now[0])
    return now


def test_how_long_it_still_takes_is_said_once_a_check_is_done(tmp_path: Path, clock: list[float]) -> None:
    """Before that, how long it has taken."""
    progress = Progress(tmp_path, "record and check")
    clock[0] += 10
    assert progress.text() == "record and check ... 10 s"
    (tmp_path / "run").mkdir()
    (tmp_path / SELECTED_FILE).write_text("16")
    assert progress.text() == "record and check ... 10 s"
    for check in ("masking", "twin", "rules", "fidelity"):
        result(check).write(tmp_path / RESULTS_FOLDER)
    assert progress.text() == "record and check: 4 of 16 checks, about 30 s left"


def test_what_was_there_before_does_not_count(tmp_path: Path, clock: list[float]) -> None:
    """Nor does the number of checks of the part before."""
    result("masking").write(tmp_path / RESULTS_FOLDER)
    (tmp_path / SELECTED_FILE).write_text("16")
    progress = Progress(tmp_path, "measure overhead")
    clock[0] += 75
    assert progress.text() == "measure overhead ... 1 min 15 s"
