"""A history in Parquet."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.unit.history.samples import reports, summary

from maskproof.errors import ConfigurationError
from maskproof.history import read_history
from maskproof.history.parquet import write_parquet


def rows(file: Path) -> list[dict[str, object]]:
    return list(pq.read_table(file).to_pylist())


def test_runs_and_findings_are_two_files(tmp_path: Path) -> None:
    """Both can be read by any tool; types are those of the rows."""
    history = read_history(reports(tmp_path / "reports"))
    assert write_parquet(tmp_path / "history.parquet", history)
    (run,) = rows(tmp_path / "history.parquet")
    assert (run["run_id"], run["leaks"], run["finished_at"]) == (str(history.run.run_id), 1, history.run.finished_at)
    assert [row["gating"] for row in rows(tmp_path / "history-findings.parquet")] == [True, False]


def test_a_run_is_added_once(tmp_path: Path) -> None:
    """A repeated export changes nothing, a later run is added."""
    file = tmp_path / "history.parquet"
    first = read_history(reports(tmp_path / "a"))
    later = read_history(reports(tmp_path / "b", summary(finished="2026-11-28 02:00:00 UTC")))
    assert [write_parquet(file, history) for history in (first, first, later)] == [True, False, True]
    assert len(rows(file)) == 2
    assert len(rows(tmp_path / "history-findings.parquet")) == 4


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """A misspelled name overwrites nothing."""
    history = read_history(reports(tmp_path / "reports"))
    pq.write_table(pa.table({"mine": [1]}), tmp_path / "mine.parquet")
    (tmp_path / "text.parquet").write_text("mine")
    for name, why in (("mine", "not a history"), ("text", "not a Parquet file")):
        before = (tmp_path / f"{name}.parquet").read_bytes()
        with pytest.raises(ConfigurationError, match=why):
            write_parquet(tmp_path / f"{name}.parquet", history)
        assert (tmp_path / f"{name}.parquet").read_bytes() == before


def test_a_history_of_another_version_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its columns may mean something else, although they are called the same."""
    file, history = tmp_path / "history.parquet", read_history(reports(tmp_path / "reports"))
    monkeypatch.setattr("maskproof.history.parquet.VERSION", 2)
    assert write_parquet(file, history)
    monkeypatch.undo()
    with pytest.raises(ConfigurationError, match="not a history of version 1"):
        write_parquet(file, history)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The error says which."""
    with pytest.raises(ConfigurationError, match="there is no folder"):
        write_parquet(tmp_path / "gone/history.parquet", read_history(reports(tmp_path)))
