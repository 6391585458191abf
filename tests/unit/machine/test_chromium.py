"""Which Chromium is used, and with which options."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.machine import chromium
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
from maskproof.machine.chromium_start import Start
from maskproof.machine.failures import SetupFailed

NO_SANDBOX = Start(why="users may make no namespaces here", lacks_sandbox=True)
MISSING = Start(why="the system library libnss3.so is missing", remedy="Install libnss3.")
WELL = Start(version="130.0")


@pytest.fixture(autouse=True)
def starts(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[tuple[str, bool], Start]]:
    """What comes of starting a program with or without its sandbox; no other is there."""
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
    """Playwright's own lacks a library, so the system's takes its place, in its sandbox."""
    starts.update({("/own/chromium", True): MISSING, ("/usr/bin/chromium", True): WELL})
    assert first_that_starts() == Chromium(Path("/usr/bin/chromium"), "", "130.0")
    options = launch_options(own_pages=False)
    assert (options["executable_path"], options["chromium_sandbox"]) == ("/usr/bin/chromium", True)


def test_without_a_sandbox_only_own_pages_are_shown(
    starts: dict[tuple[str, bool], Start], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said, with the reason; a deployed application is refused."""
    starts.update({("/own/chromium", True): NO_SANDBOX, ("/own/chromium", False): WELL})
    assert launch_options(own_pages=True)["chromium_sandbox"] is False
    assert "without its sandbox" in capsys.readouterr().err
    with pytest.raises(SetupFailed, match="no sandbox here: users may make no namespaces"):
        launch_options(own_pages=False)


def test_what_fails_without_a_sandbox_too_fails_for_that_reason(starts: dict[tuple[str, bool], Start]) -> None:
    """The sandbox is not blamed for a missing library."""
    starts.update({("/own/chromium", True): NO_SANDBOX, ("/own/chromium", False): MISSING})
    starts["/usr/bin/chromium", True] = MISSING
    found = first_that_starts()
    assert isinstance(found, SetupFailed)
    assert found.message == "/own/chromium does not start: the system library libnss3.so is missing."
    assert found.hint == "Install libnss3."


def test_root_has_no_sandbox(starts: dict[tuple[str, bool], Start], monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium refuses one; the user chose to be root, so deployed pages are shown too."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    starts["/own/chromium", False] = WELL
    assert first_that_starts() == Chromium(Path("/own/chromium"), AS_ROOT, "130.0")
    assert launch_options(own_pages=False)["chromium_sandbox"] is False


def test_no_chromium_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither Playwright's nor the system's is there."""
    monkeypatch.setattr(chromium, "playwright_chromium", lambda: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(SetupFailed, match="no Chromium on this machine"):
        launch_options(own_pages=True)


def test_a_named_one_is_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names one wants no other."""
    monkeypatch.setenv(CHROMIUM_VARIABLE, "chromium")
    assert list(candidates()) == [Path("/usr/bin/chromium")]


def test_a_named_one_has_to_be_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typing error is a fault of the configuration."""
    monkeypatch.setenv(CHROMIUM_VARIABLE, "/nowhere/chrome")
    with pytest.raises(ConfigurationError, match="names /nowhere/chrome, which is not a program"):
        first_that_starts()


def test_what_is_handed_over_is_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers take the controller's word; the fixture's table would fail for any start."""
    given = Chromium(Path("/usr/bin/chromium"), "no namespaces", "130.0")
    for name, value in hand_over(given).items():
        monkeypatch.setenv(name, value)
    assert (working_chromium().path, working_chromium().no_sandbox) == (given.path, given.no_sandbox)
