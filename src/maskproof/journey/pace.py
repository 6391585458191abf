"""Waits as a user would: for recording after each load of a document, and at the end for what is still to be sent."""

import contextlib
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

from maskproof.forms.model import FormFixture
from maskproof.journey.observe import Observer
from maskproof.journey.tabs import Tabs

RECORDING_DEADLINE_S = 5.0
FLUSH_DEADLINE_S = 5.0
ANSWER_S = 0.5
POLL_MS = 20
# The tracker collects changes every 30 ms, in the next frame; a flush before that finds nothing to send.
# These timers run in the page and are delayed as long as the tracker's. A hidden page has no frames.
COLLECTED = """async () => {
  const tick = () => new Promise((done) => setTimeout(done, 30));
  const frame = () => new Promise((done) => { requestAnimationFrame(done); setTimeout(done, 100); });
  for (let round = 0; round < 3; round++) await tick().then(frame);
}"""
FLUSH = f"async () => {{ await ({COLLECTED})(); window.__OPENREPLAY__?.forceFlushBatch?.(); }}"
IS_ACTIVE = "() => window.__OPENREPLAY__?.isActive?.() ?? false"
BLANK = "about:blank"
PAGE_VIEW = ""  # an analytics event without a name


class Pace:
    """
    The pace of one journey.

    Args:
        tabs: The tabs of the journey.
        observer: Knows what is still under way.
        form: Names the analytics events that are due.

    """

    def __init__(self, tabs: Tabs, observer: Observer, form: FormFixture) -> None:
        self._tabs = tabs
        self._observer = observer
        self._form = form
        self._recorded = 0
        # The paths of the documents that were loaded.
        self.loads: list[str] = []
        self.watch(tabs.current)

    def watch(self, page: Page) -> None:
        """Count the documents that a tab loads, and the one that it has loaded."""
        if page.url != BLANK:
            self.loads.append(urlsplit(page.url).path)
        page.on("domcontentloaded", lambda _: self.loads.append(urlsplit(page.url).path))

    @property
    def _page(self) -> Page:
        return self._tabs.current

    def until_recording(self) -> None:
        """
        After each document load, wait until recording runs or was refused, as a user pauses to read.

        And until the view of the page is sent, where views are expected: before that Umami's script may not be there,
        which answers clicks on some links itself.
        """
        if self._recorded == len(self.loads):
            return
        self._recorded = len(self.loads)
        self._wait(lambda: self._observer.start_answers >= len(self.loads), RECORDING_DEADLINE_S)
        if self._observer.starts()[-1:] and self._observer.starts()[-1].session_id:
            self._wait(self._is_active, RECORDING_DEADLINE_S)
        due = min(len(self.loads), len(self._form.page_views))
        self._wait(lambda: self._observer.analytics()[PAGE_VIEW] >= due, RECORDING_DEADLINE_S)
        self.until_quiet()

    def until_collected(self) -> None:
        """Wait until the tracker has collected what the page shows by now."""
        with contextlib.suppress(Error):  # a page that is just being left shows nothing more
            self._page.evaluate(COLLECTED)

    def until_quiet(self) -> None:
        """Wait until no request of the trackers and no submission is under way."""
        self._wait(lambda: self._observer.is_quiet, RECORDING_DEADLINE_S)
        self._observer.give_up()

    def flush(self) -> None:
        """Wait for the expected analytics events, then flush the tracker until it sends a batch."""
        due = Counter({PAGE_VIEW: len(self._form.page_views)}) + Counter(self._form.events)
        self._wait(lambda: due <= self._observer.analytics(), FLUSH_DEADLINE_S)
        self.until_quiet()
        before = self._observer.batches
        deadline = time.monotonic() + FLUSH_DEADLINE_S
        while self._observer.batches == before and time.monotonic() < deadline:
            for page in self._tabs.open:
                page.evaluate(FLUSH)
            self._wait(lambda: self._observer.batches > before and self._observer.is_quiet, ANSWER_S)
        self.until_quiet()

    def _is_active(self) -> bool:
        try:
            return bool(self._page.evaluate(IS_ACTIVE))
        except Error:
            return False  # the page is just being left

    def _wait(self, condition: Callable[[], bool], deadline_s: float) -> None:
        deadline = time.monotonic() + deadline_s
        while not condition() and time.monotonic() < deadline:
            self._page.wait_for_timeout(POLL_MS)
        self._observer.drain()
