"""`maskproof export`: wrong targets, and what it says."""

import json
from pathlib import Path

import pytest
from tests.unit.history.samples import reports

from maskproof import cli
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_PASS, EXIT_USAGE
from maskproof.machine.waiting import free_port

Capture = pytest.CaptureFixture[str]


def export(folder: Path, target: str, *more: str) -> int:
    return cli.main(["export", "--reports", str(folder), "--to", target, *more])


@pytest.mark.parametrize("target", ["mysql://db/x", "history.csv", "postgresql:/x"])
def test_a_target_that_is_none_is_refused(tmp_path: Path, capsys: Capture, target: str) -> None:
    """The error says what is expected."""
    assert export(reports(tmp_path), target) == EXIT_USAGE
    assert "FILE.parquet" in capsys.readouterr().err


def test_a_database_that_is_not_there_is_inconclusive_and_keeps_the_password(tmp_path: Path, capsys: Capture) -> None:
    """Nothing was written and nothing is wrong with the run; the password is in no message."""
    address = f"postgresql://maskproof:hunter2@127.0.0.1:{free_port()}/maskproof"
    assert export(reports(tmp_path), address) == EXIT_INCONCLUSIVE
    printed = capsys.readouterr().err
    assert "cannot be reached" in printed
    assert "hunter2" not in printed


def test_an_address_that_libpq_cannot_read_is_refused(tmp_path: Path, capsys: Capture) -> None:
    """It is a fault of the caller, and no server was asked."""
    assert export(reports(tmp_path), "postgresql://u:hunter2@host/db?nonsense=1") == EXIT_USAGE
    assert "hunter2" not in capsys.readouterr().err


def test_no_run_ends_with_two(tmp_path: Path, capsys: Capture) -> None:
    """A folder without a summary."""
    assert export(tmp_path, str(tmp_path / "history.parquet")) == EXIT_USAGE
    assert "there is no run" in capsys.readouterr().err


def test_it_says_what_it_did(tmp_path: Path, capsys: Capture) -> None:
    """As one object, also the second time."""
    for added in (True, False):
        assert export(reports(tmp_path), str(tmp_path / "history.parquet"), "--json") == EXIT_PASS
        printed = json.loads(capsys.readouterr().out)
        assert (printed["added"], printed["findings"]) == (added, 2)
