"""The reference application's own checks: strict types, and the unit tests of its tracking module."""

import shutil
import subprocess
from pathlib import Path

import pytest

from maskproof.machine.node import node_environment
from maskproof.machine.packages import ensure_packages

SOURCE = Path(__file__).parents[2] / "fixtures/app"


@pytest.mark.parametrize("script", ["typecheck", "test"])
def test_the_application_passes_its_own_checks(script: str, tmp_path: Path) -> None:
    """The strict TypeScript check and Vitest pass."""
    work = tmp_path / "app"
    shutil.copytree(SOURCE, work, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    (work / "node_modules").symlink_to(ensure_packages(SOURCE, kind="app"))
    done = subprocess.run(
        ["npm", "run", script],
        cwd=work,
        env=node_environment(),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
