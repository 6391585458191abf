"""A team's own application: plain HTML, verified by the installed wheel in a folder of its own."""

import json
import os
import shutil
import site
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from maskproof.machine.node import node_environment
from maskproof.machine.packages import ensure_packages

ROOT = Path(__file__).parents[3]
PLAIN_APP = ROOT / "tests/data/plain-app"


@dataclass(frozen=True)
class Project:
    """A folder with the plain application, and an environment with Maskproof's wheel."""

    folder: Path
    python: Path

    def verify(self) -> tuple[int, dict[str, Any], str]:
        """Run `maskproof verify`: its status, the summary, its messages."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
        command = [str(self.python.with_name("maskproof")), "verify"]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, json.loads((self.folder / "reports/summary.json").read_text()), done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The application with the tracker in its bundle, away from the repository."""
    folder = tmp_path / "project"
    shutil.copytree(PLAIN_APP, folder)
    return Project(folder, _environment_with_wheel(tmp_path))


def _build(project: Project) -> None:
    site_folder = project.folder / "site"
    modules = ensure_packages(ROOT / "fixtures/app", kind="app")
    (site_folder / "node_modules").symlink_to(modules)
    for mode in ("instrumented", "bare"):
        out = project.folder / "dist" / mode
        command = ["node", str(modules / "vite/bin/vite.js"), "build", "--mode", mode, "--outDir", str(out)]
        subprocess.run(command, cwd=site_folder, env=node_environment(), check=True, capture_output=True)


def _environment_with_wheel(tmp_path: Path) -> Path:
    """A new environment: Maskproof from its wheel, everything else by a path to this environment's packages."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "venv", symlinks=True)
    python = tmp_path / "venv/bin/python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (packages,) = (tmp_path / "venv/lib").glob("python*/site-packages")
    (packages / "rest.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    return python


def test_another_application_is_verified_from_the_wheel(project: Project) -> None:
    """With its PII hidden, every check of the plain application passes."""
    _build(project)
    status, summary, messages = project.verify()
    assert (status, summary["verdict"]) == (0, "pass"), messages


def test_another_application_that_leaks_fails(project: Project) -> None:
    """Without the attribute, the name is found in the input that it was typed into."""
    page = project.folder / "site/index.html"
    page.write_text(page.read_text().replace(" data-openreplay-hidden", ""))
    _build(project)
    status, summary, messages = project.verify()
    findings = [finding for result in summary["results"] for finding in result["findings"]]
    channels = {finding["channel"] for finding in findings if finding["value_id"] == "user.full_name"}
    assert status == 1, messages
    assert "input value" in channels
