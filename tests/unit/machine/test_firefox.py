"""The choice of Firefox, and its installation where it is asked for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.machine import firefox, system_packages
from maskproof.machine.browser_start import Start
from maskproof.machine.failures import SetupFailed
from maskproof.machine.firefox import (
    FIREFOX_VARIABLE,
    VERSION_VARIABLE,
    Firefox,
    ensure_firefox,
    firefox_options,
    first_firefox_that_starts,
    hand_over_firefox,
    working_firefox,
)

ESR = Firefox(Path("/usr/bin/firefox-esr"), "153.7.0")
WELL = Start(version="153.7.0")


class Machine:
    """A machine whose programs start as a test sets them up; it keeps what was installed."""

    def __init__(self) -> None:
        self.programs: dict[str, Start] = {}
        self.ran: list[str] = []
        self.answer: bool | SetupFailed = True

    def which(self, name: str) -> str | None:
        """Where a program is."""
        path = name if name.startswith("/") else f"/usr/bin/{name}"
        return path if path in self.programs else None

    def start(self, path: Path) -> Start:
        """The result of a test start."""
        return self.programs[str(path)]

    def apt_get(self, *words: str) -> bool | SetupFailed:
        """Install Firefox, if this machine lets somebody."""
        self.ran.append(" ".join(words))
        if self.answer is True and words[0] == "install":
            self.programs[str(ESR.path)] = WELL
        return self.answer


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Machine]:
    """A machine without Firefox."""
    made = Machine()
    monkeypatch.setenv("MASKPROOF_CACHE", str(tmp_path))
    for name in (FIREFOX_VARIABLE, VERSION_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("shutil.which", made.which)
    monkeypatch.setattr(firefox, "start_firefox", made.start)
    monkeypatch.setattr(system_packages, "apt_get", made.apt_get)
    monkeypatch.setattr(firefox, "use_node_for_playwright", lambda: None)
    working_firefox.cache_clear()
    yield made
    working_firefox.cache_clear()


def test_the_first_that_starts_is_used(machine: Machine) -> None:
    """If one does not start, the next is tried."""
    machine.programs = {"/usr/bin/firefox-esr": Start(why="it ended at once"), "/usr/bin/firefox": WELL}
    assert first_firefox_that_starts() == Firefox(Path("/usr/bin/firefox"), "153.7.0")


def test_a_machine_without_one_says_how_to_get_it() -> None:
    """It is installed only if somebody asks for it."""
    with pytest.raises(SetupFailed, match="no Firefox on this machine") as caught:
        working_firefox()
    assert "maskproof setup --browser firefox" in caught.value.hint


def test_a_playwright_that_is_too_new_is_named(machine: Machine) -> None:
    """The browser is not at fault, and another one would not help."""
    machine.programs = {
        str(ESR.path): Start(why="Protocol error (emulation.setMediaFeaturesOverride): unknown command")
    }
    found = first_firefox_that_starts()
    assert isinstance(found, SetupFailed)
    assert "playwright<1.65" in found.hint


def test_a_named_one_is_the_only_one(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the variable names a Firefox, no other one is tried, and none is installed."""
    machine.programs = {"/own/firefox": Start(why="it ended at once"), str(ESR.path): WELL}
    monkeypatch.setenv(FIREFOX_VARIABLE, "/own/firefox")
    with pytest.raises(SetupFailed, match=r"/own/firefox does not start: it ended at once\."):
        ensure_firefox()
    assert machine.ran == []


def test_a_named_one_has_to_be_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the variable names no program, that is an error of the configuration."""
    monkeypatch.setenv(FIREFOX_VARIABLE, "/nowhere/firefox")
    with pytest.raises(ConfigurationError, match="names /nowhere/firefox, which is not a program"):
        first_firefox_that_starts()


def test_what_is_handed_over_is_not_started_again(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker uses the Firefox of the controller; in this test any start would fail."""
    for name, value in hand_over_firefox(ESR).items():
        monkeypatch.setenv(name, value)
    assert working_firefox() == ESR
    assert machine.programs == {}
    assert os.environ[FIREFOX_VARIABLE] == str(ESR.path)


def test_one_that_starts_needs_nothing(machine: Machine) -> None:
    """If a Firefox starts, nothing is installed."""
    machine.programs = {str(ESR.path): WELL}
    assert ensure_firefox() == ESR
    assert machine.ran == []


def test_the_system_s_package_is_installed(machine: Machine) -> None:
    """Where set-up is asked for Firefox and there is none."""
    assert ensure_firefox() == ESR
    assert machine.ran == ["update", "install firefox-esr"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [(False, "Set-up cannot install it"), (SetupFailed("Could not update: no network."), "no network")],
    ids=["no root", "no network"],
)
def test_what_cannot_be_installed_says_why(machine: Machine, answer: bool | SetupFailed, said: str) -> None:  # noqa: FBT001
    """Without root, the message names the package."""
    machine.answer = answer
    with pytest.raises(SetupFailed, match=said) as caught:
        ensure_firefox()
    assert isinstance(answer, SetupFailed) or "apt-get install firefox-esr" in caught.value.hint


def test_requests_go_through_the_proxy(machine: Machine) -> None:
    """Also those to loopback, which Firefox would ask without one."""
    machine.programs = {str(ESR.path): WELL}
    options = firefox_options(4711)
    preferences = options["firefox_user_prefs"]
    assert isinstance(preferences, dict)
    assert (options["channel"], options["executable_path"]) == ("moz-firefox", str(ESR.path))
    assert "127.0.0.1:4711" in preferences["network.proxy.autoconfig_url"]
    assert preferences["network.proxy.allow_hijacking_localhost"] is True
