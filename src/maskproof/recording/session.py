"""One running target and one browser outside pytest, for commands that work without the suite."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from maskproof.errors import UsageError
from maskproof.recording.target import Target, target_of
from maskproof.settings import Settings
from maskproof.stack.chromium import launch_options
from maskproof.stack.embedded import EmbeddedStack
from maskproof.stack.waiting import is_loopback


@contextlib.contextmanager
def running_target(
    settings: Settings, *, switches: Mapping[str, object] | None = None, work_dir: Path | None = None
) -> Iterator[Target]:
    """
    The configured target; an embedded one is started, and stopped at the end.

    Raises:
        UsageError: A live target is given switches.
        MaskproofError: The target cannot be started.

    """
    if settings.target == "live":
        refuse_switches(switches)
        yield target_of(settings, None)
        return
    stack = EmbeddedStack(settings, switches=switches, work_dir=work_dir)
    try:
        yield target_of(settings, stack.start())
    finally:
        stack.stop()


def refuse_switches(switches: Mapping[str, object] | None) -> None:
    """
    Refuse test-only switches on a live target.

    Raises:
        UsageError: There are any.

    """
    if switches:
        raise UsageError("--switch: a live target refuses sabotage and faults.")


def shows_own_pages(settings: Settings) -> bool:
    """Whether the application under test is on this machine: started by the suite, or at a loopback address."""
    if settings.target == "live":
        return False
    app = settings.app
    return app.server is not None or all(is_loopback(url) for url in (app.instrumented, app.bare))


@contextlib.contextmanager
def running_browser(*, own_pages: bool = True) -> Iterator[Browser]:
    """
    A headless Chromium, closed at the end.

    Args:
        own_pages: Whether only pages on loopback are shown, so that a browser without a sandbox will do.

    Raises:
        SetupFailed: No Chromium starts here.

    """
    options: dict[str, Any] = launch_options(own_pages=own_pages)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        try:
            yield browser
        finally:
            browser.close()
