"""
Starts each part of the embedded target's machine once, before a run spends minutes on it.

Node.js, PostgreSQL and the browser: what does not start is told in one line with its remedy.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from maskproof.errors import MaskproofError
from maskproof.machine.chromium import Chromium, launch_options, working_chromium
from maskproof.machine.node import start_node
from maskproof.machine.postgres import Postgres


@dataclass(frozen=True, slots=True)
class Probed:
    """One part: its name, what was seen of it, and the error if it does not start."""

    what: str
    seen: str
    error: MaskproofError | None = None


def probe_machine() -> list[Probed]:
    """Start each part once, the browser last, and stop it again."""
    return [probed("Node.js", start_node), probed("PostgreSQL", start_postgres), probe_browser(own_pages=True)]


def probe_browser(*, own_pages: bool) -> Probed:
    """
    Start the browser once.

    Args:
        own_pages: Whether only pages on loopback are shown, so that a browser without a sandbox will do.

    """

    def start() -> str:
        launch_options(own_pages=own_pages)
        return described(working_chromium())

    return probed("Chromium", start)


def probed(what: str, start: Callable[[], str]) -> Probed:
    """
    What came of starting one part.

    Args:
        what: Its name.
        start: Starts it, and says what was seen.

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
    """A working browser in a few words."""
    sandbox = f"without its sandbox: {chromium.no_sandbox}" if chromium.no_sandbox else "in its sandbox"
    return f"{chromium.path}, version {chromium.version}, {sandbox}" if chromium.version else str(chromium.path)
