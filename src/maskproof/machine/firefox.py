"""
Firefox: where it is, how it is started, and how it is installed where it is asked for.

Playwright drives the system's Firefox over WebDriver BiDi. A browser that Playwright downloads is not needed.
"""

import functools
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maskproof.machine.browser_start import FIREFOX_CHANNEL, first_working, named_program, start_firefox
from maskproof.machine.cache import locked
from maskproof.machine.failures import SetupFailed
from maskproof.machine.node import use_node_for_playwright
from maskproof.machine.progress import step
from maskproof.machine.system_packages import install_packages, not_installed
from maskproof.machine.waiting import LOOPBACK

FIREFOX_VARIABLE = "MASKPROOF_FIREFOX"
VERSION_VARIABLE = "MASKPROOF_FIREFOX_VERSION"
SYSTEM_NAMES = ("firefox-esr", "firefox")
PACKAGE = "firefox-esr"
INSTALL = (
    f"Run `maskproof setup --browser firefox`, or install {PACKAGE}, or set {FIREFOX_VARIABLE} to a Firefox program."
)
# A newer Playwright gives it commands that it does not know.
UNKNOWN_COMMAND = "unknown command"
OTHER_PLAYWRIGHT = "This Playwright is too new for it: pip install 'playwright<1.65'."
# All of HTTP goes through the proxy; a WebSocket carries no submission, and a proxy would have to tunnel it.
THROUGH = (
    "function FindProxyForURL(url, host) {{ return url.substring(0, 5) == 'http:' ? 'PROXY {address}' : 'DIRECT' }}"
)
FROM_FILE = 2


@dataclass(frozen=True, slots=True)
class Firefox:
    """A Firefox that starts here: the program, and its version."""

    path: Path
    version: str = ""


def firefox_options(proxy_port: int) -> dict[str, object]:
    """
    What to give to Playwright's `firefox.launch`.

    Args:
        proxy_port: The port of the proxy on loopback that requests go through.

    Raises:
        ConfigurationError: `MASKPROOF_FIREFOX` names no program.
        SetupFailed: There is none, or none starts.

    """
    use_node_for_playwright()
    script = THROUGH.format(address=f"{LOOPBACK}:{proxy_port}")
    return {
        "channel": FIREFOX_CHANNEL,
        "executable_path": str(working_firefox().path),
        "firefox_user_prefs": {
            "network.proxy.type": FROM_FILE,
            "network.proxy.autoconfig_url": f"data:text/javascript,{script}",
            "network.proxy.allow_hijacking_localhost": True,
        },
    }


@functools.cache
def working_firefox() -> Firefox:
    """
    The Firefox to use: the first that starts. The test start takes two seconds.

    If `hand_over_firefox` put one into the environment, that one is used without a test start.

    Raises:
        ConfigurationError: `MASKPROOF_FIREFOX` names no program.
        SetupFailed: There is none, or none starts; the message says why and what to do.

    """
    version = os.environ.get(VERSION_VARIABLE)
    if version and os.environ.get(FIREFOX_VARIABLE):
        return Firefox(Path(os.environ[FIREFOX_VARIABLE]), version)
    found = first_firefox_that_starts()
    if isinstance(found, SetupFailed):
        raise found
    return found


def hand_over_firefox(firefox: Firefox) -> dict[str, str]:
    """The environment variables with which another process need not try each Firefox."""
    return {FIREFOX_VARIABLE: str(firefox.path), VERSION_VARIABLE: firefox.version}


def ensure_firefox() -> Firefox:
    """
    A Firefox that starts here; the system's package is installed if there is none.

    Raises:
        ConfigurationError: `MASKPROOF_FIREFOX` names no program.
        SetupFailed: No Firefox is available; the message says why and what to do.

    """
    with locked("firefox"):
        found = first_firefox_that_starts()
        if isinstance(found, SetupFailed) and not os.environ.get(FIREFOX_VARIABLE):
            with step("Firefox: install it"):
                found = _installed(found)
    if isinstance(found, SetupFailed):
        raise found
    return found


def first_firefox_that_starts() -> Firefox | SetupFailed:
    """
    The first Firefox of this machine that starts, or why none does.

    Raises:
        ConfigurationError: `MASKPROOF_FIREFOX` names no program.

    """
    none = SetupFailed("There is no Firefox on this machine.", hint=INSTALL)
    return first_working(_candidates(), _try, none=none)


def _candidates() -> Iterator[Path]:
    given = named_program(FIREFOX_VARIABLE, "Firefox")
    if given is not None:
        yield given
        return
    yield from (Path(found) for name in SYSTEM_NAMES if (found := shutil.which(name)))


def _try(path: Path) -> Firefox | SetupFailed:
    start = start_firefox(path)
    if start.version:
        return Firefox(path, start.version)
    remedy = OTHER_PLAYWRIGHT if UNKNOWN_COMMAND in start.why else start.remedy or INSTALL
    return SetupFailed(f"{path} does not start: {start.why}.", hint=remedy)


def _installed(failure: SetupFailed) -> Firefox | SetupFailed:
    """The system's package, installed as root; why it could not be, if so."""
    done = install_packages(PACKAGE)
    if done is True:
        return first_firefox_that_starts()
    if isinstance(done, SetupFailed):
        return SetupFailed(f"{failure.message} {done.message}", hint=done.hint)
    by_hand = f"Install it as root: apt-get install {PACKAGE}"
    return not_installed(failure, remedy=f"{by_hand}. Or name one that is there: {FIREFOX_VARIABLE}.")
