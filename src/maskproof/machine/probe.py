"""
Starts Node.js, PostgreSQL and the browsers once, before a run spends minutes on them.

If a part does not start, its error says in one line why, and what to do.
"""

import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from maskproof.errors import MaskproofError
from maskproof.machine.chromium import Chromium, launch_options, working_chromium
from maskproof.machine.firefox import working_firefox
from maskproof.machine.node import start_node
from maskproof.machine.postgres import Postgres
from maskproof.settings_schema import CHROMIUM, FIREFOX


@dataclass(frozen=True, slots=True)
class Probed:
    """One part: its name, what was seen, and the error if it does not start."""

    what: str
    seen: str
    error: MaskproofError | None = None


def probe_machine(browsers: Collection[str] = (CHROMIUM,)) -> list[Probed]:
    """Start and stop each part once, the browsers that are asked for last."""
    parts = [probed("Node.js", start_node), probed("PostgreSQL", start_postgres), probe_browser(own_pages=True)]
    return [*parts, probed("Firefox", _start_firefox)] if FIREFOX in browsers else parts


def probe_browser(*, own_pages: bool) -> Probed:
    """
    Start the browser once.

    Args:
        own_pages: Whether only pages on loopback are shown; then a browser without a sandbox is accepted.

    """

    def start() -> str:
        launch_options(own_pages=own_pages)
        return described(working_chromium())

    return probed("Chromium", start)


def _start_firefox() -> str:
    firefox = working_firefox()
    return f"{firefox.path}, version {firefox.version}"


def probed(what: str, start: Callable[[], str]) -> Probed:
    """
    The result of starting one part.

    Args:
        what: The name of the part.
        start: Starts it, and returns what was seen.

    """
    try:
        return Probed(what, start())
    except MaskproofError as error:
        return Probed(what, "", error)


def start_postgres() -> str:
    """
    Start a PostgreSQL with an empty database, and stop it.

    Raises:
        SetupFailed: It does not start.

    """
    with tempfile.TemporaryDirectory(prefix="maskproof-probe-") as name:
        server = Postgres(Path(name))
        try:
            server.start()
            return f"version {server.version()}"
        finally:
            server.stop()


def described(chromium: Chromium) -> str:
    """A short description of a working browser."""
    sandbox = f"without its sandbox: {chromium.no_sandbox}" if chromium.no_sandbox else "in its sandbox"
    return f"{chromium.path}, version {chromium.version}, {sandbox}" if chromium.version else str(chromium.path)
