"""The application's own programs get nothing that is the run's."""

import shutil
from pathlib import Path

import pytest

from maskproof.environment import OF_A_RUN
from maskproof.machine.app_environment import app_environment, app_path, outside_a_run


def test_what_a_run_tells_its_own_processes_is_left_out() -> None:
    """Passwords of the target, and what pytest says of itself; everything else stays."""
    own = dict.fromkeys([*OF_A_RUN, "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER"], "own")
    assert outside_a_run({**own, "PATH": "/bin", "MASKPROOF_CACHE": "/cache"}) == {
        "PATH": "/bin",
        "MASKPROOF_CACHE": "/cache",
    }


def test_npm_is_found_where_the_machine_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own programs come first."""
    monkeypatch.setenv("PATH", str(tmp_path))
    found = shutil.which("npm", path=app_path())
    assert found is not None
    own = tmp_path / "npm"
    own.write_text("#!/bin/sh")
    own.chmod(0o755)
    assert shutil.which("npm", path=app_path()) == str(own)


def test_a_command_gets_what_the_user_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a run tells its own processes is among it."""
    monkeypatch.setenv("API_TOKEN_OF_THE_TEAM", "7")
    monkeypatch.setenv("MASKPROOF_STACK", "{}")
    environment = app_environment()
    assert environment["API_TOKEN_OF_THE_TEAM"] == "7"
    assert "MASKPROOF_STACK" not in environment
    assert environment["PATH"] == app_path()
