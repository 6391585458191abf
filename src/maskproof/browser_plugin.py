"""
The browser of the suite: a pytest plugin of its own, as the fixture that is registered last is the one that counts.

pytest-playwright is found in no certain order, so `maskproof.plugin` registers this after all plugins are there.
"""

from typing import Any

import pytest

from maskproof.errors import MaskproofError


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], browser_name: str) -> dict[str, Any]:
    """pytest-playwright's launch arguments; where Maskproof is configured, with the Chromium that works here."""
    if browser_name != "chromium":
        return browser_type_launch_args
    from maskproof.machine.chromium import launch_options
    from maskproof.recording.browser import shows_own_pages
    from maskproof.settings import configured_file, load_settings

    try:
        file = configured_file()
        if file is None:
            return browser_type_launch_args
        return {**browser_type_launch_args, **launch_options(own_pages=shows_own_pages(load_settings(file)))}
    except MaskproofError as error:
        pytest.exit(f"maskproof: error: {error}", error.exit_code)
