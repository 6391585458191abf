"""The architecture: imports go down the layers, ARCHITECTURE.md shows the layers, and no folder is too full."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.docs.pages import ROOT, text_of

MOST_MODULES = 25
SOURCE = ROOT / "src" / "maskproof"
CONFIGURATION = ROOT / ".importlinter"


def layers(contract: str) -> list[list[str]]:
    """The rooms of each layer of a contract, from the top."""
    parser = configparser.ConfigParser()
    parser.read(CONFIGURATION)
    lines = parser[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [[room.strip() for room in line.split(":")] for line in lines if line.strip()]


def table(heading: str) -> list[list[str]]:
    """The rooms of each row of the first table under a heading of ARCHITECTURE.md."""
    section = text_of(ROOT / "ARCHITECTURE.md").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    first = section.partition("| layer | holds |\n|---|---|\n")[2].partition("\n\n")[0]
    return [re.findall(r"`(\w+)`", row.split("|")[1]) for row in first.splitlines()]


def linted(source: Path) -> "subprocess.CompletedProcess[str]":
    """Run the check of imports on a copy of the package."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--config", str(CONFIGURATION), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(source), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("heading", "contract"), [("The house", "house"), ("The detector", "leaks")])
def test_the_page_shows_the_layers_that_are_checked(heading: str, contract: str) -> None:
    """The page and the contract have the same rows in the same order."""
    assert table(heading) == layers(contract)
    assert len(layers(contract)) > 5


@pytest.mark.parametrize(
    "line",
    [
        "from maskproof import cli",
        "def late() -> None:\n    from maskproof.leaks import findings",
        "import typing\nif typing.TYPE_CHECKING:\n    from maskproof.suite import masking",
    ],
    ids=["plain", "in a function", "for types"],
)
def test_an_import_that_looks_up_fails(tmp_path: Path, line: str) -> None:
    """An import from a higher layer is found at the top of a module, in a function, and for types only."""
    shutil.copytree(SOURCE, tmp_path / "maskproof", ignore=shutil.ignore_patterns("__pycache__", "*.json", "*.j2"))
    with (tmp_path / "maskproof" / "errors.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = linted(tmp_path)
    assert done.returncode == 1
    assert "every layer looks down BROKEN" in done.stdout


def test_no_folder_is_too_full() -> None:
    """No folder holds more modules than a reader can keep in view."""
    counts = {path: len(list(path.glob("*.py"))) for path in (SOURCE, *SOURCE.rglob("*/")) if path.is_dir()}
    assert {str(path): count for path, count in counts.items() if count > MOST_MODULES} == {}


def test_every_room_says_what_it_is_for() -> None:
    """Each room has a docstring in its `__init__`, where a newcomer looks first."""
    rooms = [path for path in SOURCE.rglob("__init__.py") if path.parent != SOURCE]
    assert [str(path) for path in rooms if len(text_of(path)) < 40 or "TODO" in text_of(path)] == []
