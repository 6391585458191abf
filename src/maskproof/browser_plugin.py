"""
The browsers of the suite, as a second pytest plugin: of two fixtures with one name, the last registered one counts.

Installed plugins load in no fixed order, so `maskproof.plugin` registers this one after all of them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from maskproof.errors import MaskproofError

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

    from maskproof.recording.case_browser import CaseBrowser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], browser_name: str) -> dict[str, Any]:
    """
    The launch arguments of pytest-playwright; in a Maskproof project, with the Chromium that works on this machine.

    Args:
        browser_type_launch_args: What pytest-playwright made of its options.
        browser_name: Any other browser than `chromium` is left as it is.

    """
    if browser_name != "chromium":
        return browser_type_launch_args
    from maskproof.machine.chromium import launch_options
    from maskproof.recording.browser import shows_own_pages
    from maskproof.settings import configured_file, settings_of_run

    try:
        file = configured_file()
        if file is None:
            return browser_type_launch_args
        return {**browser_type_launch_args, **launch_options(own_pages=shows_own_pages(settings_of_run(file)))}
    except MaskproofError as error:
        pytest.exit(f"maskproof: error: {error}", error.exit_code)


@pytest.fixture(scope="session")
def maskproof_firefox(playwright: "Playwright", browser_context_args: dict[str, Any]) -> Iterator["CaseBrowser"]:
    """
    The Firefox of this worker; what its requests carry is read by a proxy.

    Args:
        playwright: Starts it.
        browser_context_args: What pytest-playwright gives to each context.

    """
    from maskproof.embedded.firefox import running_firefox

    with running_firefox(playwright, browser_context_args) as firefox:
        yield firefox
