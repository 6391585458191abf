"""Fixtures of the integration tests: a browser, and a collector for its recordings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from maskproof.openreplay.collector import Collector, CollectorAddresses
from maskproof.recording.browser import running_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with running_browser() as browser:
        yield browser


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    """A collector, stopped after the test."""
    collector = Collector(tmp_path)
    yield collector
    collector.stop()


@pytest.fixture
def addresses(collector: Collector) -> CollectorAddresses:
    """The addresses of the running collector."""
    return collector.start()
