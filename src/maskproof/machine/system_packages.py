"""
Installs packages of the system, and runs other commands of set-up whose failure is not the end.

Packages are installed only as root, or if `sudo` needs no password.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence

from maskproof.machine.cache import cache_folder
from maskproof.machine.failures import SetupFailed
from maskproof.machine.node import run_logged

PACKAGE_DEADLINE_S = 600.0
HANDED_TO_APT = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY")
# Whether something was done, or why it could not be.
Done = bool | SetupFailed


def install_packages(*packages: str) -> Done:
    """Bring apt's list of packages up to date and install some; nothing is done without root, or without apt."""
    updated = apt_get("update")
    return apt_get("install", *packages) if updated is True else updated


def not_installed(failure: SetupFailed, *, remedy: str) -> SetupFailed:
    """
    The failure of a machine on which set-up may install nothing.

    Args:
        failure: What is wrong with what is there.
        remedy: What to do by hand.

    """
    why = "Set-up cannot install it: no apt-get, or no root and no sudo without a password."
    return SetupFailed(f"{failure.message} {why}", hint=remedy)


def apt_get(verb: str, *packages: str) -> Done:
    """
    Run `apt-get`; nothing is done where this machine gives no root, or has no apt.

    Args:
        verb: `update` or `install`.
        packages: What is installed.

    """
    prefix = root_prefix()
    if prefix is None:
        return False
    options = ["-y", "--no-install-recommends"] if packages else []
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", verb, *options, *packages]
    what = f"install {' and '.join(packages)}" if packages else "update the list of packages"
    return attempt(command, what, PACKAGE_DEADLINE_S)


def root_prefix() -> list[str] | None:
    """The words before a command that needs root; None if this machine gives no root, or has no apt."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    allowed = subprocess.run([sudo, "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if allowed.returncode:
        return None
    # By name, not by value: a proxy's address can hold a password, and the command is logged.
    kept = [name for name in HANDED_TO_APT if os.environ.get(name)]
    return [sudo, "-n", *([f"--preserve-env={','.join(kept)}"] if kept else [])]


def attempt(command: Sequence[str], what: str, deadline_s: float) -> Done:
    """
    Run a command of set-up, with its output in a log.

    Args:
        command: The command.
        what: What it does, for the error.
        deadline_s: How long it may take.

    """
    folder = cache_folder()
    try:
        run_logged(command, what=what, cwd=folder, log=folder / "logs" / "browsers.log", deadline_s=deadline_s)
    except SetupFailed as error:
        return error
    return True
