"""Several processes scan files as one does, and an interrupted scan continues where it stopped."""

import os
from functools import partial
from pathlib import Path

import pytest
from tests.unit.leaks.samples import VALUE

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.leaks.files import parallel_scan
from maskproof.leaks.files.groups import grouped, read_item
from maskproof.leaks.files.parallel_scan import Group, ScanPlan, scan_groups
from maskproof.leaks.files.resume import ResumeState
from maskproof.leaks.search.searcher import Searcher
from maskproof.leaks.spelling.values import load_values
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.recording_layout import HEADER_V2

PLAN = ScanPlan(salvage=False)


def make_searcher(values: Path) -> Searcher:
    """The search for the values of a file."""
    return Searcher(load_values(values))


@pytest.fixture
def groups(tmp_path: Path) -> list[Group]:
    """Twelve recordings; every third has the value in it."""
    for number in range(12):
        text = VALUE if number % 3 == 0 else "nothing"
        data = HEADER_V2 + encode_batch([message("SetNodeData", 1, text)], version=2)
        (tmp_path / f"{number:02}.mobs").write_bytes(data)
    return grouped(sorted(tmp_path.glob("*.mobs")))


def test_processes_find_what_one_finds(groups: list[Group], values: Path) -> None:
    """The same findings in the same order, and the same counts."""
    alone = scan_groups(groups, partial(make_searcher, values), PLAN, workers=1)
    parallel = scan_groups(groups, partial(make_searcher, values), PLAN, workers=2)
    assert alone == parallel
    assert [Path(finding.source).stem for finding in alone.findings] == ["00", "03", "06", "09"]
    assert (alone.files, alone.messages) == (12, 12)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_unreadable_file_hides_no_other(groups: list[Group], values: Path, workers: int) -> None:
    """It is reported with its exit status, and the findings in other files stay."""
    groups[5][0].write_bytes(b"")
    report = scan_groups(groups, partial(make_searcher, values), PLAN, workers=workers)
    (unread,) = report.unread
    assert unread.message.endswith("05.mobs: the file is empty.")
    assert unread.exit_code == ConfigurationError.exit_code
    assert len(report.findings) == 4
    assert report.files == 11


def end_at_once(_values: Path) -> Searcher:
    """A process that dies."""
    os._exit(9)


def test_a_process_that_dies_is_reported(groups: list[Group], values: Path) -> None:
    """The scan is inconclusive, with a message and no traceback."""
    with pytest.raises(Inconclusive, match="ended by itself"):
        scan_groups(groups, partial(end_at_once, values), PLAN, workers=2)


def scanned(groups: list[Group], values: Path, state_file: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Scan with a state; returns the names of the files that were read."""
    read: list[str] = []

    def noted(group: Group, **options: bool | int) -> object:
        read.append(group[0].stem)
        return read_item(group, **options)  # type: ignore[arg-type]

    state = ResumeState(state_file, values=values, options=())
    with monkeypatch.context() as patch:
        patch.setattr(parallel_scan, "read_item", noted)
        plan = ScanPlan(salvage=False, salt=state.salt)
        report = scan_groups(groups, partial(make_searcher, values), plan, workers=1, state=state)
    state.close()
    assert len(report.findings) == 4
    assert report.files == 12
    return read


def test_a_scan_continues_where_it_stopped(
    groups: list[Group], values: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scanned files are not scanned again; their findings are in the report."""
    state = ResumeState(tmp_path / "state", values=values, options=())
    plan = ScanPlan(salvage=False, salt=state.salt)
    scan_groups(groups[:7], partial(make_searcher, values), plan, workers=1, state=state)
    state.close()
    assert scanned(groups, values, tmp_path / "state", monkeypatch) == [f"{number:02}" for number in range(7, 12)]
    assert scanned(groups, values, tmp_path / "state", monkeypatch) == []


def test_a_changed_file_is_scanned_again(
    groups: list[Group], values: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content decides: time and size may be the same."""
    scanned(groups, values, tmp_path / "state", monkeypatch)
    file = groups[1][0]
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"nothing", b"changed"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert scanned(groups, values, tmp_path / "state", monkeypatch) == ["01"]


def test_changed_values_scan_everything_again(
    groups: list[Group], values: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results for other values say nothing about these."""
    scanned(groups, values, tmp_path / "state", monkeypatch)
    values.write_text(values.read_text().replace('"id": "email"', '"id": "mail"'))
    assert len(scanned(groups, values, tmp_path / "state", monkeypatch)) == 12


def test_progress_is_reported(
    groups: list[Group], values: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress has the number of files; the remaining time follows once some are done."""
    monkeypatch.setattr(parallel_scan, "NOTED_EVERY_S", 0.0)
    scan_groups(groups, partial(make_searcher, values), PLAN, workers=1)
    reported = capsys.readouterr().err
    assert "scanned 1 of 12 (0 MB), 1 findings\n" in reported
    assert "scanned 12 of 12 (0 MB), 4 findings, about 0 s left" in reported
