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
