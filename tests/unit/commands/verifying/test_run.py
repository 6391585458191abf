"""The exit status of a run, and runs that meet."""

import contextlib
import sys
from dataclasses import replace
from io import BufferedWriter
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import result, whole_run

from maskproof.commands.verifying import concluding, run
from maskproof.commands.verifying.concluding import LOG
from maskproof.errors import EXIT_FAIL, EXIT_INTERNAL, EXIT_PASS, ConfigurationError, UsageError
from maskproof.machine.run_lock import only_run_in
from maskproof.settings import Settings, load_settings
from maskproof.verdicts.results import CRASHED, Result

CRASH = replace(result("twin", "inconclusive"), explanation=f"{CRASHED}: KeyError in twins.py:1")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A project whose suite is not run."""
    for name in ("check_before", "_browsers", "_run_suite"):
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
    monkeypatch.setattr(concluding, "_annotations", lambda *_: [])
    monkeypatch.setattr(concluding, "markdown", lambda _: "")
    monkeypatch.setattr(
        concluding, "write_reports", lambda *_, **__: SimpleNamespace(verdict=verdict, missing=(), results=results)
    )
    assert run.run_verify(settings, [], {}) == status


def test_a_second_run_in_the_same_folder_is_refused(settings: Settings) -> None:
    """It touches none of the reports of the first."""
    reports = settings.paths.reports
    with only_run_in(reports, reports / ".verify.lock"), pytest.raises(ConfigurationError, match="Another run"):
        run.run_verify(settings, [], {})
    assert [path.name for path in reports.iterdir()] == [".verify.lock"]


def suite_of(settings: Settings, monkeypatch: pytest.MonkeyPatch, status: int, *rest: str) -> dict[str, object]:
    """The options that pytest is started with, when it says one line and ends with a status."""
    started: dict[str, object] = {}

    def run_process(_: object, **options: object) -> int:
        started.update(options)
        if isinstance(output := options["stdout"], BufferedWriter):
            output.write(b"ERROR: unrecognized arguments: --colour\n")
        return status

    monkeypatch.setattr(run, "run_process", run_process)
    started["failed"] = run._pytest(settings, rest, {}, "record and check")
    return started


def test_what_pytest_says_goes_into_a_log(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen has one line of progress instead."""
    assert suite_of(settings, monkeypatch, 1, "-k", "-very-odd-name")["failed"]
    assert "unrecognized" in (settings.paths.reports / LOG).read_text()


@pytest.mark.parametrize("option", ["-v", "-vv", "-s", "--capture=no", "--collect-only"])
def test_who_asks_pytest_to_say_more_sees_it(settings: Settings, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    """It is not hidden in a log."""
    assert suite_of(settings, monkeypatch, 0, option)["stdout"] is sys.stderr


def test_an_option_that_pytest_does_not_know_is_wrong_usage(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error shows what pytest said."""
    with pytest.raises(UsageError, match=r"status 4\. Its last lines:\n *ERROR: unrecognized arguments: --colour"):
        suite_of(settings, monkeypatch, 4, "--colour")


def test_what_pytest_has_shown_is_not_shown_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no log of it then, nor the words that announce one."""
    with pytest.raises(UsageError, match=r"^pytest ended with status 4\.\n  Options"):
        suite_of(settings, monkeypatch, 4, "-v", "--colour")


def test_the_target_is_handed_to_the_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be an option of the command, which no file shows them."""
    settings = load_settings(ROOT / "maskproof.toml", overrides={"paths.reports": str(tmp_path)})
    handed: list[dict[str, str]] = []
    monkeypatch.setattr(run, "_target", lambda *_: contextlib.nullcontext())

    def pytest_run(_settings: Settings, _rest: object, environment: dict[str, str], _what: str) -> bool:
        handed.append(environment)
        return False

    monkeypatch.setattr(run, "_pytest", pytest_run)
    run._run_suite(replace(settings, target="live"), [], {}, {})
    assert {environment["MASKPROOF_TARGET"] for environment in handed} == {"live"}
