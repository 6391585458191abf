"""Getting a Chromium: which ways are tried, and the message if none works."""

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from maskproof.machine import chromium_install, system_packages
from maskproof.machine.chromium import Chromium
from maskproof.machine.chromium_install import ensure_chromium
from maskproof.machine.failures import SetupFailed

NONE = SetupFailed("There is no Chromium on this machine.")
SYSTEM = Chromium(Path("/usr/bin/chromium"), "", "130.0")
BARE = Chromium(Path("/usr/bin/chromium"), "no namespaces", "130.0")


class Machine:
    """A machine whose programs succeed or fail as a test sets them up; it keeps the commands that were run."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.failing: dict[str, str] = {}
        self.programs = {"apt-get": "/usr/bin/apt-get", "sudo": "/usr/bin/sudo"}
        self.sudo_status = 0
        self.found: list[Chromium | SetupFailed] = []

    def run_logged(self, command: Sequence[object], **_: object) -> None:
        """Keep the command; fail if it is one of the failing ones."""
        line = " ".join(map(str, command))
        self.ran.append(line)
        for part, message in self.failing.items():
            if part in line:
                raise SetupFailed(message)

    def first_that_starts(self) -> Chromium | SetupFailed:
        """The next result of a test start; the last one is repeated."""
        return self.found.pop(0) if len(self.found) > 1 else self.found[0]

    def sudo(self, command: Sequence[str], **_: object) -> "subprocess.CompletedProcess[str]":
        """The answer of `sudo -n`: a status other than 0 means that it needs a password."""
        return subprocess.CompletedProcess(command, self.sudo_status)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """The machine of an ordinary user, with apt-get and sudo, without Chromium."""
    made = Machine()
    monkeypatch.setenv("MASKPROOF_CACHE", str(tmp_path))
    for name in system_packages.HANDED_TO_APT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", made.programs.get)
    monkeypatch.setattr("subprocess.run", made.sudo)
    monkeypatch.setattr(system_packages, "run_logged", made.run_logged)
    monkeypatch.setattr(chromium_install, "first_that_starts", made.first_that_starts)
    monkeypatch.setattr(chromium_install, "playwright_chromium", lambda: None)
    monkeypatch.setattr(chromium_install, "use_node_for_playwright", lambda: None)
    return made


def test_one_that_starts_needs_nothing(machine: Machine) -> None:
    """If a Chromium starts, no program is run."""
    machine.found = [SYSTEM]
    assert ensure_chromium() == SYSTEM
    assert machine.ran == []


def test_the_download_comes_first(machine: Machine) -> None:
    """If the download starts, no package is installed."""
    machine.found = [NONE, SYSTEM]
    assert ensure_chromium() == SYSTEM
    assert [line.split(" -m ")[-1] for line in machine.ran] == ["playwright install chromium"]


def test_a_download_that_lacks_libraries_gets_them(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries of Playwright's own list are installed as root."""
    there = iter([None, Path("/own/chrome")])
    monkeypatch.setattr(chromium_install, "playwright_chromium", lambda: next(there))
    machine.found = [NONE, SetupFailed("lacks a library"), SYSTEM]
    assert ensure_chromium() == SYSTEM
    assert machine.ran[-1].startswith("/usr/bin/sudo -n ")
    assert machine.ran[-1].endswith("playwright install-deps chromium")


def test_the_system_s_package_is_the_way_back(machine: Machine) -> None:
    """If the download fails, the system's package is installed, together with the package of its sandbox."""
    machine.failing = {"playwright install": "no network"}
    machine.found = [NONE, SYSTEM]
    assert ensure_chromium() == SYSTEM
    assert machine.ran[-2].endswith("apt-get update")
    assert machine.ran[-1].endswith("apt-get install -y --no-install-recommends chromium chromium-sandbox")


def test_a_sandbox_that_is_a_package_is_installed(machine: Machine) -> None:
    """If Debian's Chromium lacks its sandbox, the package of the sandbox is installed."""
    machine.found = [BARE, SYSTEM]
    assert ensure_chromium() == SYSTEM
    (ran,) = machine.ran
    assert ran.startswith("/usr/bin/sudo -n env ")
    assert ran.endswith("apt-get install -y --no-install-recommends chromium-sandbox")


def test_without_root_the_sandbox_is_done_without(machine: Machine) -> None:
    """Without root, nothing is installed, and a Chromium without sandbox is returned."""
    machine.sudo_status = 1
    machine.found = [BARE]
    assert ensure_chromium() == BARE
    assert machine.ran == []


@pytest.mark.parametrize(
    "lose",
    [
        lambda machine: machine.programs.pop("apt-get"),
        lambda machine: machine.programs.pop("sudo"),
        lambda machine: setattr(machine, "sudo_status", 1),
    ],
    ids=["no-apt", "no-sudo", "password"],
)
def test_without_root_it_is_said_what_to_install(machine: Machine, lose: Callable[[Machine], object]) -> None:
    """The error names the packages, so that somebody with root can install them."""
    lose(machine)
    machine.failing = {"playwright install": "no network"}
    machine.found = [NONE]
    with pytest.raises(SetupFailed) as caught:
        ensure_chromium()
    assert "Set-up cannot install it" in caught.value.message
    assert "apt-get install chromium chromium-sandbox" in caught.value.hint


def test_a_package_that_cannot_be_fetched_says_why(machine: Machine) -> None:
    """The error has the reason of the last way that was tried."""
    machine.failing = {"playwright install": "no download", "apt-get": "Could not update: no network."}
    machine.found = [NONE]
    with pytest.raises(SetupFailed, match=r"no Chromium on this machine\. Could not update: no network\."):
        ensure_chromium()


def test_a_proxy_is_handed_to_apt_by_name(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The logged command for sudo has the name of the proxy variable, not its value, which can be secret."""
    monkeypatch.setenv("https_proxy", "http://someone:secret-word@127.0.0.1:1")
    machine.failing = {"playwright install": "no network"}
    machine.found = [NONE, SYSTEM]
    ensure_chromium()
    assert "--preserve-env=https_proxy" in machine.ran[-1]
    assert "secret-word" not in "".join(machine.ran)
