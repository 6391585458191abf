"""The browser of the integration tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from maskproof.recording.session import running_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with running_browser() as browser:
        yield browser
