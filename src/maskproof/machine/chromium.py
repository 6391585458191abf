"""
Chromium: where it is, how it is started, and which one works here.

The launch arguments stop Chromium's own network traffic; they change nothing that a page can see. The sandbox is on
wherever it works. It needs a kernel that lets users make namespaces, or a helper program that is installed separately,
and it does not work as root. Without a sandbox, only pages of the embedded target are shown.
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from maskproof.machine.browser_start import Start, first_working, named_program, start_once
from maskproof.machine.failures import SetupFailed
from maskproof.machine.node import use_node_for_playwright
from maskproof.machine.progress import note

CHROMIUM_VARIABLE = "MASKPROOF_CHROMIUM"
SANDBOX_VARIABLE = "MASKPROOF_SANDBOX"
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LAUNCH_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AS_ROOT = "it refuses to work as root"
INSTALL = f"Run `make setup`, or install Chromium, or set {CHROMIUM_VARIABLE} to a Chromium program."
SANDBOX_REMEDY = "Install the package chromium-sandbox, or let users make namespaces"


@dataclass(frozen=True, slots=True)
class Chromium:
    """A Chromium that starts here: the program, why it has no sandbox (empty if it has one), and its version."""

    path: Path
    no_sandbox: str = ""
    version: str = ""


def launch_options(*, own_pages: bool) -> dict[str, object]:
    """
    What to give to Playwright's `chromium.launch`.

    Args:
        own_pages: Whether only pages on loopback are shown; then a browser without a sandbox is accepted.

    Raises:
        SetupFailed: No Chromium starts here; the message says why and what to do.

    """
    use_node_for_playwright()
    chromium = working_chromium()
    if chromium.no_sandbox and chromium.no_sandbox != AS_ROOT and not own_pages:
        raise SetupFailed(
            f"Chromium has no sandbox here: {chromium.no_sandbox}. A deployed application is not shown without one.",
            hint=f"{SANDBOX_REMEDY}.",
        )
    return {
        "executable_path": str(chromium.path),
        "args": list(LAUNCH_ARGUMENTS),
        "chromium_sandbox": not chromium.no_sandbox,
    }


@functools.cache
def working_chromium() -> Chromium:
    """
    The Chromium to use: the first that starts. The test start of each takes a second.

    If `hand_over` put one into the environment, that one is used without a test start.

    Raises:
        ConfigurationError: `MASKPROOF_CHROMIUM` names no program.
        SetupFailed: There is none, or none starts; the message says why and what to do.

    """
    handed = os.environ.get(SANDBOX_VARIABLE)
    if handed is not None and os.environ.get(CHROMIUM_VARIABLE):
        return Chromium(Path(os.environ[CHROMIUM_VARIABLE]), handed)
    found = first_that_starts()
    if isinstance(found, SetupFailed):
        raise found
    if found.no_sandbox and found.no_sandbox != AS_ROOT:
        note(
            f"Chromium runs without its sandbox, for the embedded target's own pages only: {found.no_sandbox}. "
            f"{SANDBOX_REMEDY}."
        )
    return found


def hand_over(chromium: Chromium) -> dict[str, str]:
    """The environment variables with which another process need not try each Chromium."""
    return {CHROMIUM_VARIABLE: str(chromium.path), SANDBOX_VARIABLE: chromium.no_sandbox}


def first_that_starts() -> Chromium | SetupFailed:
    """
    The first Chromium of this machine that starts, or why none does.

    Raises:
        ConfigurationError: `MASKPROOF_CHROMIUM` names no program.

    """
    none = SetupFailed("There is no Chromium on this machine.", hint=INSTALL)
    return first_working(candidates(), _try, none=none)


def candidates() -> Iterator[Path]:
    """
    The programs to try: only `MASKPROOF_CHROMIUM` if it is set, otherwise Playwright's own and the system's.

    Raises:
        ConfigurationError: `MASKPROOF_CHROMIUM` names no program.

    """
    given = named_program(CHROMIUM_VARIABLE, "Chromium")
    if given is not None:
        yield given
        return
    own = playwright_chromium()
    if own is not None:
        yield own
    yield from (Path(found) for name in SYSTEM_NAMES if (found := shutil.which(name)))


def playwright_chromium() -> Path | None:
    """Playwright's own Chromium, if it was downloaded."""
    # The synchronous API does not work in a running event loop, so another process asks.
    use_node_for_playwright()
    code = "from maskproof.machine.chromium import print_playwright_path as p; p()"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = Path(asked.stdout.strip() or "/nonexistent")
    return path if path.is_file() else None


def print_playwright_path() -> None:
    """Print where Playwright keeps its own Chromium, downloaded or not."""
    with sync_playwright() as playwright:
        print(playwright.chromium.executable_path)


def _try(path: Path) -> Chromium | SetupFailed:
    if os.geteuid() == 0:
        start = start_once(path, sandbox=False)
        return Chromium(path, AS_ROOT, start.version) if start.version else _failure(path, start)
    start = start_once(path, sandbox=True)
    if start.version:
        return Chromium(path, "", start.version)
    without = start_once(path, sandbox=False) if start.lacks_sandbox else start
    return Chromium(path, start.why, without.version) if without.version else _failure(path, without)


def _failure(path: Path, start: Start) -> SetupFailed:
    return SetupFailed(f"{path} does not start: {start.why}.", hint=start.remedy or INSTALL)
