"""The choice of Chromium and of its launch options."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.machine import chromium
from maskproof.machine.browser_start import Start
from maskproof.machine.chromium import (
    AS_ROOT,
    CHROMIUM_VARIABLE,
    SANDBOX_VARIABLE,
    Chromium,
    candidates,
    first_that_starts,
    hand_over,
    launch_options,
    working_chromium,
)
from maskproof.machine.failures import SetupFailed

NO_SANDBOX = Start(why="users may make no namespaces here", lacks_sandbox=True)
MISSING = Start(why="the system library libnss3.so is missing", remedy="Install libnss3.")
WELL = Start(version="130.0")


@pytest.fixture(autouse=True)
def starts(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[tuple[str, bool], Start]]:
    """The results of test starts, by program and whether with sandbox; a test fills them in."""
    known: dict[tuple[str, bool], Start] = {}
    for name in (CHROMIUM_VARIABLE, SANDBOX_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(chromium, "use_node_for_playwright", lambda: None)
    monkeypatch.setattr(chromium, "playwright_chromium", lambda: Path("/own/chromium"))
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == "chromium" else None)
    monkeypatch.setattr(chromium, "start_once", lambda path, *, sandbox: known[str(path), sandbox])
    working_chromium.cache_clear()
    yield known
    working_chromium.cache_clear()


def test_the_first_that_starts_is_used(starts: dict[tuple[str, bool], Start]) -> None:
    """If Playwright's own lacks a library, the system's is used, in its sandbox."""
    starts.update({("/own/chromium", True): MISSING, ("/usr/bin/chromium", True): WELL})
    assert first_that_starts() == Chromium(Path("/usr/bin/chromium"), "", "130.0")
    options = launch_options(own_pages=False)
    assert (options["executable_path"], options["chromium_sandbox"]) == ("/usr/bin/chromium", True)


def test_without_a_sandbox_only_own_pages_are_shown(
    starts: dict[tuple[str, bool], Start], capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing sandbox is reported for pages on loopback; a deployed application is refused."""
    starts.update({("/own/chromium", True): NO_SANDBOX, ("/own/chromium", False): WELL})
    assert launch_options(own_pages=True)["chromium_sandbox"] is False
    assert "without its sandbox" in capsys.readouterr().err
    with pytest.raises(SetupFailed, match="no sandbox here: users may make no namespaces"):
        launch_options(own_pages=False)


def test_what_fails_without_a_sandbox_too_fails_for_that_reason(starts: dict[tuple[str, bool], Start]) -> None:
    """If a start without sandbox fails too, the error names that failure and not the sandbox."""
    starts.update({("/own/chromium", True): NO_SANDBOX, ("/own/chromium", False): MISSING})
    starts["/usr/bin/chromium", True] = MISSING
    found = first_that_starts()
    assert isinstance(found, SetupFailed)
    assert found.message == "/own/chromium does not start: the system library libnss3.so is missing."
    assert found.hint == "Install libnss3."


def test_root_has_no_sandbox(starts: dict[tuple[str, bool], Start], monkeypatch: pytest.MonkeyPatch) -> None:
    """As root there is no sandbox, and deployed pages are shown too, because the user chose to be root."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    starts["/own/chromium", False] = WELL
    assert first_that_starts() == Chromium(Path("/own/chromium"), AS_ROOT, "130.0")
    assert launch_options(own_pages=False)["chromium_sandbox"] is False


def test_no_chromium_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Playwright's and the system's Chromium, set-up has failed."""
    monkeypatch.setattr(chromium, "playwright_chromium", lambda: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(SetupFailed, match="no Chromium on this machine"):
        launch_options(own_pages=True)


def test_a_named_one_is_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the variable names a Chromium, no other one is tried."""
    monkeypatch.setenv(CHROMIUM_VARIABLE, "chromium")
    assert list(candidates()) == [Path("/usr/bin/chromium")]


def test_a_named_one_has_to_be_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the variable names no program, that is an error of the configuration."""
    monkeypatch.setenv(CHROMIUM_VARIABLE, "/nowhere/chrome")
    with pytest.raises(ConfigurationError, match="names /nowhere/chrome, which is not a program"):
        first_that_starts()


def test_what_is_handed_over_is_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker uses the Chromium of the controller without a test start; in this test any start would fail."""
    given = Chromium(Path("/usr/bin/chromium"), "no namespaces", "130.0")
    for name, value in hand_over(given).items():
        monkeypatch.setenv(name, value)
    assert (working_chromium().path, working_chromium().no_sandbox) == (given.path, given.no_sandbox)
