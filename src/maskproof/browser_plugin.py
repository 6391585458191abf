"""
The browser of the suite, as a second pytest plugin: of two fixtures with one name, the last registered one counts.

Installed plugins load in no fixed order, so `maskproof.plugin` registers this one after all of them.
"""

from typing import Any

import pytest

from maskproof.errors import MaskproofError


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
