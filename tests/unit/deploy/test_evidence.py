"""A result is written after a whole run alone: a part of the tests says nothing about a criterion."""

import json
from pathlib import Path

import pytest
from tests.unit.docs.pages import ROOT

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.criterion("4.1 AC2")
@pytest.mark.parametrize("number", [1, 2])
def test_number(number):
    assert number != {bad}
"""
CONFTEST = """
from pathlib import Path
from deploy.evidence import Evidence

def pytest_configure(config):
    config.addinivalue_line("markers", "criterion(id): evidence")
    config.pluginmanager.register(Evidence("folder", "verified by evaluation", Path(__file__).parent / "result.json"))
"""


def state_after(pytester: pytest.Pytester, *arguments: str, bad: int = 0, target: str = "folder") -> str:
    """
    The state of the criterion after a run, or `none` if no result was written.

    Args:
        pytester: Runs pytest in a folder of its own.
        arguments: More arguments of pytest.
        bad: The number whose test fails.
        target: What is tested.

    """
    folder = pytester.mkdir("folder")
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (folder / "test_it.py").write_text(TESTS.format(bad=bad), encoding="utf-8")
    pytester._monkeypatch.setenv("PYTHONPATH", f"{ROOT}:{ROOT / 'src'}")
    pytester.runpytest_subprocess("-p", "no:maskproof", "-p", "no:cacheprovider", *arguments, target)
    result = Path(folder / "result.json")
    if not result.exists():
        return "none"
    entries = json.loads(result.read_text(encoding="utf-8"))["criteria"]
    return next(str(entry["state"]) for entry in entries if entry["id"] == "4.1 AC2")


def test_a_whole_run_writes_the_state(pytester: pytest.Pytester) -> None:
    """Every test of the criterion passed."""
    assert state_after(pytester) == "verified by evaluation"


def test_a_failure_is_a_state_too(pytester: pytest.Pytester) -> None:
    """One of two tests failed."""
    assert state_after(pytester, bad=2) == "fail"


@pytest.mark.parametrize(
    "arguments", [["-k", "1"], ["--deselect", "folder/test_it.py::test_number[2]"], ["-x"], ["--collect-only"]]
)
def test_a_part_of_a_run_writes_nothing(pytester: pytest.Pytester, arguments: list[str]) -> None:
    """Tests left out, a run that stopped at its first failure, and one that only collects are no evidence."""
    assert state_after(pytester, *arguments, bad=1) == "none"


def test_a_single_file_writes_nothing(pytester: pytest.Pytester) -> None:
    """One file of the folder is no whole run."""
    assert state_after(pytester, target="folder/test_it.py") == "none"
