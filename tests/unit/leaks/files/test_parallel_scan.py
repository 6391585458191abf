"""Many files are scanned in processes as in one, and an interrupted scan takes up where it stopped."""

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

PLAN = ScanPlan(salvage=False, limit=1 << 20)


def make_searcher(values: Path) -> Searcher:
    """What is looked for."""
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
    one = scan_groups(groups, partial(make_searcher, values), PLAN, workers=1)
    two = scan_groups(groups, partial(make_searcher, values), PLAN, workers=2)
    assert one == two
    assert [Path(finding.source).stem for finding in one.findings] == ["00", "03", "06", "09"]
    assert (one.files, one.messages) == (12, 12)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_cannot_be_read_costs_no_other(groups: list[Group], values: Path, workers: int) -> None:
    """It is told with its status, and what is in its neighbours is found."""
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


def test_a_process_that_dies_is_told(groups: list[Group], values: Path) -> None:
    """It is no pass, and no traceback."""
    with pytest.raises(Inconclusive, match="ended by itself"):
        scan_groups(groups, partial(end_at_once, values), PLAN, workers=2)


def scanned(groups: list[Group], values: Path, state_file: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Scan with a state; which files were really read."""
    read: list[str] = []

    def noted(group: Group, **options: bool | int) -> object:
        read.append(group[0].stem)
        return read_item(group, **options)  # type: ignore[arg-type]

    state = ResumeState(state_file, values=values, options=())
    with monkeypatch.context() as patch:
        patch.setattr(parallel_scan, "read_item", noted)
        plan = ScanPlan(salvage=False, limit=1 << 20, salt=state.salt)
        report = scan_groups(groups, partial(make_searcher, values), plan, workers=1, state=state)
    state.close()
    assert len(report.findings) == 4
    assert report.files == 12
    return read


def test_a_scan_takes_up_where_it_stopped(
    groups: list[Group], values: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done is not done again; its findings are there all the same."""
    state = ResumeState(tmp_path / "state", values=values, options=())
    plan = ScanPlan(salvage=False, limit=1 << 20, salt=state.salt)
    scan_groups(groups[:7], partial(make_searcher, values), plan, workers=1, state=state)
    state.close()
    assert scanned(groups, values, tmp_path / "state", monkeypatch) == [f"{number:02}" for number in range(7, 12)]
    assert scanned(groups, values, tmp_path / "state", monkeypatch) == []


def test_a_changed_file_is_scanned_again(
    groups: list[Group], values: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by its content: time and size may be the same."""
    scanned(groups, values, tmp_path / "state", monkeypatch)
    file = groups[1][0]
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"nothing", b"changed"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert scanned(groups, values, tmp_path / "state", monkeypatch) == ["01"]


def test_changed_values_scan_everything_again(
    groups: list[Group], values: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not looked for was not found."""
    scanned(groups, values, tmp_path / "state", monkeypatch)
    values.write_text(values.read_text().replace('"id": "email"', '"id": "mail"'))
    assert len(scanned(groups, values, tmp_path / "state", monkeypatch)) == 12


def test_progress_is_told(
    groups: list[Group], values: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many of how many; how much is left is told once some are done."""
    monkeypatch.setattr(parallel_scan, "NOTED_EVERY_S", 0.0)
    scan_groups(groups, partial(make_searcher, values), PLAN, workers=1)
    told = capsys.readouterr().err
    assert "scanned 1 of 12 (0 MB), 1 findings\n" in told
    assert "scanned 12 of 12 (0 MB), 4 findings, about 0 s left" in told
