"""
Finds Chromium, or gets it: Playwright's own download, else the system's package.

The arguments keep it quiet and off the network by itself; they change nothing that a page can see.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from maskproof.errors import ConfigurationError
from maskproof.stack.cache import cache_folder, locked
from maskproof.stack.failures import SetupFailed
from maskproof.stack.node import run_logged
from maskproof.stack.progress import note, step

CHROMIUM_VARIABLE = "MASKPROOF_CHROMIUM"
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DOWNLOAD_DEADLINE_S = 240.0
PACKAGE_DEADLINE_S = 600.0
LAUNCH_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch_options() -> dict[str, object]:
    """
    What to give to Playwright's `chromium.launch`.

    Raises:
        SetupFailed: There is no Chromium.

    """
    path = find_chromium()
    if path is None:
        raise SetupFailed(
            "There is no Chromium on this machine.",
            hint=f"Run `make setup`, or set {CHROMIUM_VARIABLE} to a Chromium program.",
        )
    # Chromium's sandbox refuses to work as root.
    return {
        "executable_path": str(path),
        "args": list(LAUNCH_ARGUMENTS),
        "chromium_sandbox": os.geteuid() != 0,
    }


def find_chromium() -> Path | None:
    """
    The Chromium to use: `MASKPROOF_CHROMIUM`, Playwright's own, the system's; None if there is none.

    Raises:
        ConfigurationError: `MASKPROOF_CHROMIUM` names no program.

    """
    given = os.environ.get(CHROMIUM_VARIABLE)
    if given:
        found = shutil.which(given)
        if found is None:
            raise ConfigurationError(
                f"{CHROMIUM_VARIABLE} names {given}, which is not a program.",
                hint="Give the full path of a Chromium program, or unset it.",
            )
        return Path(found)
    return _playwright_chromium() or _system_chromium()


def ensure_chromium() -> Path:
    """
    The Chromium to use, downloaded or installed if there is none.

    Raises:
        SetupFailed: It can't be had.

    """
    with locked("chromium"):
        found = find_chromium()
        if found is not None:
            return found
        with step("Chromium: get it"):
            _download()
            found = find_chromium()
            if found is None:
                _install_package()
                found = find_chromium()
    if found is None:
        raise SetupFailed(
            "Chromium could not be had: not by Playwright's download, nor from the system's packages.",
            hint=f"Install Chromium, or set {CHROMIUM_VARIABLE} to one; logs are in {cache_folder() / 'logs'}.",
        )
    return found


def _playwright_chromium() -> Path | None:
    # A running event loop forbids the synchronous API; the cache remembers nothing, so ask a fresh process.
    code = "from maskproof.stack.chromium import print_playwright_path as p; p()"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = Path(asked.stdout.strip() or "/nonexistent")
    return path if path.is_file() else None


def print_playwright_path() -> None:
    """Print where Playwright keeps its own Chromium, downloaded or not."""
    with sync_playwright() as playwright:
        print(playwright.chromium.executable_path)


def _system_chromium() -> Path | None:
    for name in SYSTEM_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def _download() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    _attempt(command, "chromium-download", DOWNLOAD_DEADLINE_S)


def _install_package() -> None:
    if shutil.which("apt-get") is None:
        return
    note("Chromium: Playwright's download is not reachable; installing the system's package")
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    _attempt([*apt, "update"], "chromium-package", PACKAGE_DEADLINE_S)
    install = [*apt, "install", "-y", "--no-install-recommends", "chromium"]
    _attempt(install, "chromium-package", PACKAGE_DEADLINE_S)


def _attempt(command: list[str], log_name: str, deadline_s: float) -> None:
    folder = cache_folder()
    try:
        run_logged(
            command,
            what="get Chromium",
            cwd=folder,
            log=folder / "logs" / f"{log_name}.log",
            deadline_s=deadline_s,
        )
    except SetupFailed as error:
        note(error.message.splitlines()[0])
