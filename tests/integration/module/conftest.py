"""
The tracking module on small pages: what leaves a page that it watches, in messages, requests and events.

The pages are plain HTML with the module's bundle at `/tracking.js`. The tracker and Umami's script are the unmodified
ones; the collector keeps what the tracker sends, and a small server what Umami's script does.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.integration.module.actions import Action, nothing
from tests.integration.module.site import PAGE, Site, bundled, running_site

from maskproof.openreplay.collector import Collector, CollectorAddresses
from maskproof.openreplay.recordings import decode_batches
from maskproof.recording.case_browser import session_user_agent


@dataclass(frozen=True)
class Left:
    """What left a page: the tracker's messages, its start requests, and the events, as JSON lines."""

    messages: tuple[tuple[str, dict[str, Any]], ...]
    starts: tuple[str, ...]
    events: tuple[str, ...]
    problems: tuple[dict[str, str], ...] = ()

    def lines(self) -> list[str]:
        """Everything, one line each."""
        messages = [json.dumps([name, fields], ensure_ascii=False) for name, fields in self.messages]
        return [*messages, *self.starts, *self.events]

    def of(self, name: str, field_name: str) -> list[Any]:
        """One field of all messages of one name."""
        return [fields[field_name] for kind, fields in self.messages if kind == name]

    def holding(self, text: str) -> list[str]:
        """The lines that hold a text in any case."""
        return [line for line in self.lines() if text.casefold() in line.casefold()]


Services = tuple[Collector, CollectorAddresses, Path]


@pytest.fixture(scope="session")
def module_script() -> bytes:
    """The module as it is."""
    return bundled()


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One collector for all pages of a file."""
    folder = tmp_path_factory.mktemp("collector")
    collector = Collector(folder, session_idle_s=60)
    yield collector, collector.start(), folder
    collector.stop()


@pytest.fixture(scope="module")
def shared_site(services: Services, module_script: bytes) -> Iterator[Site]:
    """One site for all pages of a file."""
    with running_site(services[1], module_script) as site:
        yield site


@pytest.fixture
def site(shared_site: Site, module_script: bytes) -> Iterator[Site]:
    """The site, with the module and the configuration as they are; each test may change them for itself."""
    config = json.dumps(shared_site.config)
    shared_site.script = module_script
    yield shared_site
    shared_site.config = json.loads(config)


Visit = Callable[..., Left]


@pytest.fixture
def visit(browser: Browser, site: Site, services: Services) -> Iterator[Visit]:
    """Opens a page in a browser context of its own, drives it, and returns what left."""
    _, _, folder = services
    contexts: list[BrowserContext] = []

    def run(
        body: str,
        drive: Action = nothing,
        *,
        path: str = "/page.html",
        title: str = "Shop",
        others: Mapping[str, str] | None = None,
        records: bool = True,
        before: str = "",
    ) -> Left:
        script = '<script type="module" src="/tracking.js"></script>'
        pages = {"/page.html": body, **(others or {})}
        site.pages = {name: PAGE.format(title=title, body=html, script=script).encode() for name, html in pages.items()}
        known, site.events = set(_wire(folder)), []
        context = browser.new_context(user_agent=session_user_agent(browser.version, 1))
        contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.goto(site.url + path)
        if records:
            wait_until_recording(page)
        drive(page)
        page.wait_for_timeout(400)
        problems = page.evaluate("window.problems ?? []")
        for open_page in context.pages:
            with_flush(open_page)
        context.close()
        return _left([file for file in _wire(folder) if file not in known], site.events, problems)

    yield run
    for context in contexts:
        context.close()


def wait_until_recording(page: Page) -> None:
    """Wait until the tracker records the page, and the first page view was counted."""
    page.wait_for_function("window.__OPENREPLAY__ && window.__OPENREPLAY__.isActive() && window.umami")
    page.wait_for_timeout(300)


def with_flush(page: Page) -> None:
    """Let the tracker send what it has."""
    if not page.evaluate("!!(window.__OPENREPLAY__ && window.__OPENREPLAY__.isActive())"):
        return
    with page.expect_response(lambda answer: "/v1/web/i" in answer.url):
        page.evaluate("window.__OPENREPLAY__.forceFlushBatch()")


def _wire(folder: Path) -> list[Path]:
    return sorted((folder / "wire").rglob("*.bin"), key=lambda file: file.stat().st_mtime_ns)


def _left(files: list[Path], events: list[str], problems: list[dict[str, str]]) -> Left:
    messages: list[tuple[str, dict[str, Any]]] = []
    starts: list[str] = []
    for file in files:
        if "-start" in file.name:
            starts.append(file.read_text(encoding="utf-8"))
            continue
        recording = decode_batches(file.read_bytes(), source=file.name)
        messages += [("BatchMetadata", {"Location": batch.location}) for batch in recording.batches]
        messages += [(message.name, message.fields()) for message in recording.messages]
    return Left(tuple(messages), tuple(starts), tuple(events), tuple(problems))
