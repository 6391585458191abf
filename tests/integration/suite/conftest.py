"""A small project around the reference application: one form, one protocol version, no overhead."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
CONFIGURATION = """
[paths]
forms = "forms"
rules = "{root}/masking_rules"
[app]
rules_file = "{root}/fixtures/app/src/lib/tracking/rules.generated.json"
[app.server]
command = ["{{python}}", "backend.py"]
cwd = "{root}/fixtures/app"
source = "{root}/fixtures/app"
[run]
protocols = [{protocol}]
workers = 1
allow_idle_rules = true
"""
DEADLINE_S = 240


@dataclass(frozen=True)
class Run:
    """One finished `maskproof verify`."""

    status: int
    errors: str
    summary: dict[str, Any]
    reports: Path

    def verdicts(self) -> dict[str, str]:
        """The verdict of each check."""
        return {result["check"]: result["verdict"] for result in self.summary["results"]}

    def findings(self) -> list[dict[str, Any]]:
        """Every finding of the masking check."""
        return [
            finding
            for result in self.summary["results"]
            if result["check"] == "masking"
            for finding in result["findings"]
        ]


Verify = Callable[..., Run]


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Runs `maskproof verify` in a new folder as a user would, with one form of the reference application."""

    def run(*switches: str, form: str = "sign-up", protocol: int = 2) -> Run:
        (tmp_path / "forms").mkdir()
        shutil.copy(ROOT / "fixtures/forms" / f"{form}.yaml", tmp_path / "forms")
        shutil.copy(ROOT / "fixtures/forms/scripts.py", tmp_path / "forms")
        (tmp_path / "maskproof.toml").write_text(CONFIGURATION.format(root=ROOT, protocol=protocol), encoding="utf-8")
        given = [part for switch in switches for part in ("--switch", switch)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(
            [sys.executable, "-m", "maskproof.cli", "verify", *given],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            check=False,
        )
        reports = tmp_path / "reports"
        summary = json.loads((reports / "summary.json").read_text(encoding="utf-8"))
        return Run(done.returncode, done.stderr, summary, reports)

    return run
