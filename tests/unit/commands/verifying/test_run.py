"""The exit status of a run, and runs that meet."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import result, whole_run

from maskproof.commands.verifying import run
from maskproof.errors import EXIT_FAIL, EXIT_INTERNAL, EXIT_PASS, ConfigurationError
from maskproof.machine.run_lock import only_run_in
from maskproof.settings import Settings, load_settings
from maskproof.verdicts.results import CRASHED, Result

CRASH = replace(result("twin", "inconclusive"), explanation=f"{CRASHED}: KeyError in twins.py:1")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A project whose suite is not run."""
    for name in ("check_before", "_browser", "_run_suite"):
        monkeypatch.setattr(run, name, lambda *_: {})
    return load_settings(ROOT / "maskproof.toml", overrides={"paths.reports": str(tmp_path / "reports")})


@pytest.mark.parametrize(
    ("results", "verdict", "status"),
    [
        (whole_run(), "pass", EXIT_PASS),
        ([*whole_run(), CRASH], "inconclusive", EXIT_INTERNAL),
        ([*whole_run(), CRASH, result("masking", "fail")], "fail", EXIT_FAIL),
    ],
    ids=["pass", "crash", "crash and leak"],
)
def test_a_crash_is_our_own_fault_and_a_leak_outranks_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, results: list[Result], verdict: str, status: int
) -> None:
    """A check that crashed says nothing about the application."""
    monkeypatch.setattr(run, "conclude_run", lambda *_, **__: results)
    monkeypatch.setattr(run, "write_reports", lambda *_, **__: SimpleNamespace(verdict=verdict, missing=()))
    assert run.run_verify(settings, [], {}) == status


def test_a_second_run_in_the_same_folder_is_refused(settings: Settings) -> None:
    """It touches none of the reports of the first."""
    reports = settings.paths.reports
    with only_run_in(reports, reports / ".verify.lock"), pytest.raises(ConfigurationError, match="Another run"):
        run.run_verify(settings, [], {})
    assert [path.name for path in reports.iterdir()] == [".verify.lock"]
