"""
Starts a browser once, opens a page in it, and returns the result.

Playwright starts it, as in the suite, but in a separate process: Playwright's synchronous API does not work in a
running event loop, and the output of the browser can be read there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Error, sync_playwright

from maskproof.errors import ConfigurationError
from maskproof.machine.causes import cause_of
from maskproof.machine.failures import SetupFailed
from maskproof.machine.node import use_node_for_playwright

DEADLINE_S = 60.0
T = TypeVar("T")
PAGE = "<title>maskproof</title>"
SANDBOX = "sandbox"
# Playwright's name for a Firefox that is not its own, which it drives over WebDriver BiDi.
FIREFOX_CHANNEL = "moz-firefox"
NO_SANDBOX = re.compile(
    r"No usable sandbox|sandbox.{0,20}helper|setuid sandbox|Failed to move to new namespace|zygote_host_impl_linux"
    r"|[Ss]andbox cannot access|sys_chroot",
)
NO_NAMESPACES = "there is no helper program for it, and users may make no namespaces here"
SANDBOX_BROKEN = "it does not work here"
LOG_LINE = re.compile(r"^(?:\s*-?\s*\[pid=\d+\]\[err\]\s*)(.*)$", re.MULTILINE)
STAMP = re.compile(r"^\[[\d:/.]+:(?:ERROR|FATAL|WARNING)[^\]]*\]\s*")


@dataclass(frozen=True, slots=True)
class Start:
    """
    The result of a start: the browser's version, or why it did not start.

    Attributes:
        version: The browser's version; empty if it did not start.
        why: The reason, as the end of a sentence.
        remedy: What to do, as a sentence; empty if that is not known.
        lacks_sandbox: Whether only the sandbox does not work.

    """

    version: str = ""
    why: str = ""
    remedy: str = ""
    lacks_sandbox: bool = False


def start_once(path: Path, *, sandbox: bool) -> Start:
    """
    Start a Chromium and open a page in it.

    Args:
        path: The program.
        sandbox: Whether to start it with its sandbox.

    """
    return _start_apart(path, SANDBOX if sandbox else "none")


def start_firefox(path: Path) -> Start:
    """Start a Firefox and open a page in it."""
    return _start_apart(path, FIREFOX_CHANNEL)


def _start_apart(path: Path, how: str) -> Start:
    use_node_for_playwright()
    command = [sys.executable, "-m", "maskproof.machine.browser_start", str(path), how]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=DEADLINE_S, check=False
        )
    except subprocess.TimeoutExpired:
        return Start(why=f"it shows no page within {DEADLINE_S:.0f} s")
    try:
        return Start(**json.loads(done.stdout))
    except (ValueError, TypeError):
        return judged(done.stderr or f"Playwright ended with status {done.returncode}")


def named_program(variable: str, browser: str) -> Path | None:
    """
    The program that an environment variable names; None if it is not set.

    Args:
        variable: The environment variable.
        browser: What it should name.

    Raises:
        ConfigurationError: It names no program.

    """
    given = os.environ.get(variable)
    if not given:
        return None
    found = shutil.which(given)
    if found is None:
        raise ConfigurationError(
            f"{variable} names {given}, which is not a program.",
            hint=f"Give the full path of a {browser} program, or unset it.",
        )
    return Path(found)


def first_working(
    programs: Iterable[Path], start: Callable[[Path], T | SetupFailed], *, none: SetupFailed
) -> T | SetupFailed:
    """
    The first of some programs that starts, or why the first one does not.

    Args:
        programs: Where they are.
        start: Starts one.
        none: The failure if there is no program.

    """
    first_failure = None
    for path in programs:
        tried = start(path)
        if not isinstance(tried, SetupFailed):
            return tried
        first_failure = first_failure or tried
    return first_failure or none


def judged(output: str) -> Start:
    """The result of a failed start, from what it printed."""
    if NO_SANDBOX.search(output):
        return Start(why=NO_NAMESPACES if "No usable sandbox" in output else SANDBOX_BROKEN, lacks_sandbox=True)
    cause = cause_of(output)
    if cause is not None:
        return Start(why=cause.what, remedy=cause.remedy)
    printed = [STAMP.sub("", line).strip() for line in LOG_LINE.findall(output)]
    lines = [line for line in (*printed, *output.splitlines()) if line.strip()]
    return Start(why=(lines[0] if printed else lines[-1]).strip().rstrip(".") if lines else "it ended at once")


def _start(path: str, how: str) -> Start:
    try:
        with sync_playwright() as playwright:
            if how == FIREFOX_CHANNEL:
                browser = playwright.firefox.launch(executable_path=path, channel=FIREFOX_CHANNEL)
            else:
                browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=how == SANDBOX)
            page = browser.new_page()
            page.set_content(PAGE)
            shown = page.title() in PAGE
            return Start(version=browser.version) if shown else Start(why="it shows no page")
    except Error as error:
        return judged(error.message)


if __name__ == "__main__":
    print(json.dumps(asdict(_start(*sys.argv[1:]))))
