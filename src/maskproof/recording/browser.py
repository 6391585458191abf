"""The browser for the application under test: which pages it shows, and how it starts outside pytest."""

import contextlib
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from maskproof.machine.chromium import launch_options
from maskproof.machine.waiting import is_loopback
from maskproof.settings import Settings


def shows_own_pages(settings: Settings) -> bool:
    """Whether the application under test is on this machine: started by the suite, or at a loopback address."""
    if settings.target == "live":
        return False
    app = settings.app
    return app.is_started or all(is_loopback(url) for url in (app.instrumented, app.bare))


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
