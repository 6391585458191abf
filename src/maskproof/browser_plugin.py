"""
The browser of the suite: a pytest plugin of its own, as the fixture that is registered last is the one that counts.

pytest-playwright is found in no certain order, so `maskproof.plugin` registers this after all plugins are there.
"""

from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's launch arguments, with the Chromium that this machine has."""
    from maskproof.stack.chromium import launch_options

    return {**browser_type_launch_args, **launch_options()}
