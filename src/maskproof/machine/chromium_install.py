"""
Gets a Chromium that starts: Playwright's download, or else the system's package, each with what it needs.

Packages are installed only as root, or if `sudo` needs no password.
"""

import os
import sys

from maskproof.machine.cache import locked
from maskproof.machine.chromium import CHROMIUM_VARIABLE, Chromium, first_that_starts, playwright_chromium
from maskproof.machine.failures import SetupFailed
from maskproof.machine.node import use_node_for_playwright
from maskproof.machine.progress import note, step
from maskproof.machine.system_packages import (
    PACKAGE_DEADLINE_S,
    Done,
    apt_get,
    attempt,
    install_packages,
    not_installed,
    root_prefix,
)

DOWNLOAD_DEADLINE_S = 240.0
PACKAGES = ("chromium", "chromium-sandbox")
SANDBOX_PACKAGE = "chromium-sandbox"
SYSTEM_PROGRAM = "/usr/bin/chromium"
BY_HAND = "Install it as root: apt-get install " + " ".join(PACKAGES)


def ensure_chromium() -> Chromium:
    """
    A Chromium that starts here, downloaded or installed if there is none.

    Raises:
        ConfigurationError: `MASKPROOF_CHROMIUM` names no program.
        SetupFailed: No Chromium is available; the message says why and what to do.

    """
    with locked("chromium"):
        found = first_that_starts()
        if isinstance(found, SetupFailed):
            with step("Chromium: get it"):
                found = _get(found)
        elif _sandbox_can_be_installed(found):
            with step("Chromium: install its sandbox"):
                apt_get("install", SANDBOX_PACKAGE)
                found = first_that_starts()
    if isinstance(found, SetupFailed):
        raise found
    return found


def _get(failure: SetupFailed) -> Chromium | SetupFailed:
    """Try each way until a Chromium starts; the reason if none does."""
    reasons = []
    for way in (_download, _install_libraries, _install_package):
        done = way()
        if done is True:
            found = first_that_starts()
            if isinstance(found, Chromium):
                return found
            failure = found
        elif isinstance(done, SetupFailed):
            reasons.append(done)
    if root_prefix() is None:
        return not_installed(failure, remedy=f"{BY_HAND}. Or name one that is there: {CHROMIUM_VARIABLE}.")
    if reasons:
        return SetupFailed(f"{failure.message} {reasons[-1].message}", hint=reasons[-1].hint)
    return failure


def _download() -> Done:
    """Let Playwright download its Chromium."""
    if playwright_chromium() is not None:
        return False
    use_node_for_playwright()
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    done = attempt(command, "download Chromium", DOWNLOAD_DEADLINE_S)
    if done is not True:
        note("Chromium: Playwright's download is not reachable; trying the system's package")
    return done


def _install_libraries() -> Done:
    """Install the system's libraries that Playwright's Chromium needs."""
    prefix = root_prefix()
    if prefix is None or playwright_chromium() is None:
        return False
    command = [*prefix, sys.executable, "-m", "playwright", "install-deps", "chromium"]
    return attempt(command, "install the libraries of Chromium", PACKAGE_DEADLINE_S)


def _install_package() -> Done:
    """Install the system's Chromium, with its sandbox."""
    return install_packages(*PACKAGES)


def _sandbox_can_be_installed(chromium: Chromium) -> bool:
    """Whether Debian's Chromium lacks only its sandbox, and the sandbox may be installed."""
    return (
        os.geteuid() != 0
        and bool(chromium.no_sandbox)
        and str(chromium.path) == SYSTEM_PROGRAM
        and root_prefix() is not None
    )
