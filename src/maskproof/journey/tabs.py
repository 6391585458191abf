"""The tabs of a journey: the one that the person looks at, and those beside it."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

LOOK_MS = 20
TIMEOUT_MS = 10_000
DUPLICATE = "() => { window.open(location.href); }"


class Tabs:
    """
    The tabs of one browser context, numbered from 1 on in the order in which they were opened.

    A tab that the application opens counts from when a step turns to it.

    Args:
        page: The first tab.
        timeout_ms: How long a tab is waited for.
        watch: Called with each further tab once, when it is turned to.
        leave: Called with a tab that is about to be closed.

    """

    def __init__(
        self,
        page: Page,
        timeout_ms: float = TIMEOUT_MS,
        *,
        watch: Callable[[Page], None] = lambda _: None,
        leave: Callable[[Page], None] = lambda _: None,
    ) -> None:
        self._opened = [page]
        self._timeout_ms = timeout_ms
        self._watch, self._leave = watch, leave
        self.current = page
        # Those that were turned to, the last one last.
        self.watched = [page]
        page.context.on("page", self._note)

    @property
    def number(self) -> int:
        """The number of the tab that the person looks at."""
        return self._opened.index(self.current) + 1

    @property
    def open(self) -> list[Page]:
        """The tabs that are open and were turned to."""
        return [page for page in self.watched if not page.is_closed()]

    def _note(self, page: Page) -> None:
        page.set_default_timeout(self._timeout_ms)
        self._opened.append(page)

    def new(self) -> None:
        """Open an empty tab, and turn to it."""
        self._turn(self.current.context.new_page())

    def duplicate(self) -> None:
        """Open the page of this tab in another one that shares what it keeps for its session, and turn to that."""
        with self.current.expect_popup() as opened:
            self.current.evaluate(DUPLICATE)
        self._turn(opened.value)

    def switch(self, number: int) -> None:
        """
        Turn to a tab, once it is there.

        Raises:
            AssertionError: There is no such tab, or it is closed.

        """
        deadline = time.monotonic() + self._timeout_ms / 1000
        while len(self._opened) < number and time.monotonic() < deadline:
            self.current.wait_for_timeout(LOOK_MS)
        if len(self._opened) < number or self._opened[number - 1].is_closed():
            raise AssertionError(f"there is no tab {number}; {len(self._opened)} were opened")
        self._turn(self._opened[number - 1])

    def close(self) -> None:
        """
        Close this tab, and turn to the one that was turned to before.

        Raises:
            AssertionError: It is the only one.

        """
        others = [page for page in self.open if page is not self.current]
        if not others:
            raise AssertionError("the only tab cannot be closed")
        self._leave(self.current)
        self.current.close()
        self._turn(others[-1])

    def _turn(self, page: Page) -> None:
        self.current = page
        if page in self.watched:
            self.watched.remove(page)
            self.watched.append(page)
            page.bring_to_front()
            return
        page.wait_for_load_state("domcontentloaded")
        page.bring_to_front()
        self.watched.append(page)
        self._watch(page)
