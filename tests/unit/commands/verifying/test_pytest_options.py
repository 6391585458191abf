"""Options for pytest are looked at before anything is started."""

import sys
from pathlib import Path

import pytest
from tests.unit.commands.verifying.wrong_configurations import write_project

from maskproof import cli
from maskproof.commands.verifying import run
from maskproof.commands.verifying.pytest_options import check_options
from maskproof.errors import EXIT_USAGE, UsageError
from maskproof.settings import load_settings

CONFTEST = "def pytest_addoption(parser):\n    parser.addoption('--shop')\n"


@pytest.fixture
def tests(tmp_path: Path) -> Path:
    """A project in order, with a test of its own that knows an option."""
    write_project(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/conftest.py").write_text(CONFTEST)
    (tmp_path / "own/test_shop.py").write_text("def test_shop(): pass\n")
    return tmp_path / "own"


def check(tests: Path, *rest: str) -> None:
    """Check options for the tests of the project."""
    settings = load_settings(tests.parent / "maskproof.toml")
    check_options(settings, [sys.executable, "-m", "pytest", str(tests)], rest)


@pytest.mark.parametrize("rest", [(), ("-k", "shop", "-x"), ("--shop", "lamps"), ("-n", "2"), ("-k", "nothing")])
def test_options_that_pytest_knows_are_let_through(tests: Path, rest: tuple[str, ...]) -> None:
    """Its own, those of plugins, and those of the project's tests."""
    check(tests, *rest)


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (("--colour",), "unrecognized arguments: --colour"),
        (("-k", "a and"), "Wrong expression passed to '-k'"),
        (("--maxfail", "many"), "argument --maxfail"),
        (("gone/test_gone.py",), "file or directory not found: gone/test_gone.py"),
    ],
)
def test_options_that_pytest_does_not_know_are_refused(tests: Path, rest: tuple[str, ...], message: str) -> None:
    """The error has what was given and what pytest says, in one line."""
    with pytest.raises(UsageError) as caught:
        check(tests, *rest)
    assert caught.value.message.startswith(f"{' '.join(rest)}: pytest says: {message}")


def test_a_run_says_so_before_a_browser_starts(
    tests: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The status is that of wrong usage."""
    monkeypatch.chdir(tests.parent)
    monkeypatch.setattr(run, "_browsers", lambda *_: pytest.fail("a browser was started"))
    assert cli.main(["verify", "--colour"]) == EXIT_USAGE
    assert "unrecognized arguments: --colour" in capsys.readouterr().err
