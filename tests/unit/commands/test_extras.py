"""What runs with the packages of the detector alone, and the error of commands that need more."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from tests.unit.docs.pages import ROOT, text_of

from maskproof.commands.extras import VERIFY_MODULES

WITHOUT_EXTRA = """
import sys
for name in {modules!r}:
    sys.modules[name] = None
from maskproof.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command in an environment without the extra."""
    code = WITHOUT_EXTRA.format(modules=VERIFY_MODULES)
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_modules_are_those_of_the_extra() -> None:
    """Each package of pyproject.toml's extra brings one, and none belongs to another package."""
    listed = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]["verify"]
    packages = {re.match(r"[\w-]+", line)[0] for line in listed}  # type: ignore[index]
    brought = packages_distributions()
    found = {package.lower().removesuffix("-binaries") for name in VERIFY_MODULES for package in brought[name]}
    assert found == packages


def test_the_detector_needs_no_extra(tmp_path: Path) -> None:
    """`scan` finds a value without browser, database and Node.js."""
    (tmp_path / "values.json").write_text('{"values": [{"id": "a", "category": "email", "value": "ann@example.com"}]}')
    (tmp_path / "log.txt").write_text("YW5uQGV4YW1wbGUuY29t")
    done = run(tmp_path, "scan", "log.txt", "--values", "values.json", "--json")
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["findings"][0]["encoding"] == ["base64"]


@pytest.mark.parametrize("command", ["verify", "up", "overhead", "doctor", "setup"])
def test_what_needs_the_extra_says_how_to_install_it(tmp_path: Path, command: str) -> None:
    """The status is 2, and nothing is written before."""
    done = run(tmp_path, command)
    assert done.returncode == 2
    assert "is not installed" in done.stderr
    assert "pip install 'maskproof[verify]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_pytest_plugin_loads_without_the_extra(tmp_path: Path) -> None:
    """Other tests in the same environment run as before."""
    (tmp_path / "test_other.py").write_text("def test_other():\n    assert True\n")
    code = WITHOUT_EXTRA.format(modules=tuple(name for name in VERIFY_MODULES if name != "pytest"))
    code = code.replace("maskproof.cli import", "pytest import")
    done = subprocess.run(
        [sys.executable, "-c", code, "-q", "-p", "maskproof.plugin"],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr
