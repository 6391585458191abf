"""
Reads what the web pages of Umami 2.10 show of a website, in a browser, as a person would.

Pages are in English and show the last 24 hours, Umami's own first choice. Numbers move until they are right: one is
read when it has come to rest. No message repeats what a page says, since that may hold what somebody typed.
"""

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files

from playwright.sync_api import Browser, Error, Locator, Page, Route, ViewportSize

from maskproof.errors import Inconclusive

RANGE = "Last 24 hours"
DEADLINE_MS = 20_000
POLL_MS = 250
TIMES_ALIKE = 2
WINDOW = ViewportSize(width=1280, height=1000)
VIEWS, VISITORS = "Views", "Visitors"
EVENTS = "Events"
# A table has no more rows, Umami's own limit.
MOST_ROWS = 100
NUMBERS = "[class*='MetricsBar_bar']"
TABLE = "[class*='WebsiteExpandedView_content'] [class*='ListTable_table']"
TITLE = "[class*='ListTable_title']"
DATES = "[class*='WebsiteDateFilter_dropdown']"
# Charts are drawn by code, so that pictures would cover them; without them, tables are in sight.
NO_CHART = "[class*='BarChart_'], [class*='Legend_'] { display: none }"
READ_NUMBERS = files("maskproof.umami").joinpath("read_numbers.js").read_text("utf-8")
READ_TABLE = files("maskproof.umami").joinpath("read_table.js").read_text("utf-8")
SHORTENED = re.compile(r"[\d.]+[km]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number on a page: its text, and its tooltip, which has all digits where the text is shortened (`1.20k`)."""

    text: str
    tooltip: str

    @property
    def number(self) -> int | None:
        """The number; None while it moves, or if it is none."""
        if not self.tooltip.isdecimal():
            return None
        if self.text.isdecimal():
            return int(self.text) if int(self.text) == int(self.tooltip) else None
        return int(self.tooltip) if SHORTENED.fullmatch(self.text) else None


class UmamiPages:
    """
    The web pages of a running Umami.

    Args:
        page: A page of a browser, see `opened`.
        url: The server's address.

    """

    def __init__(self, page: Page, url: str) -> None:
        self._page = page
        self._url = url

    def log_in(self, user: str, password: str) -> None:
        """
        Log in, by the form.

        Args:
            user: The account's name.
            password: Its password.

        Raises:
            Inconclusive: The form is not there, or leads nowhere.

        """
        with _read("the log-in", "it did not lead to the dashboard"):
            self._page.goto(f"{self._url}/login")
            self._page.locator("input[name=username]").fill(user)
            self._page.locator("input[name=password]").fill(password)
            self._page.locator("button[type=submit]").click()
            self._page.wait_for_url("**/dashboard")

    def numbers(self, website: str) -> dict[str, int]:
        """
        How many views and visitors the page of a website shows at its top, by the label that stands below.

        Args:
            website: Its id.

        Raises:
            Inconclusive: They are not there, or do not come to rest.

        """
        with _read("the page of the website", "its numbers did not appear"):
            self._open(f"/websites/{website}", NUMBERS)
            shown = self._at_rest(partial(self._evaluate, NUMBERS, READ_NUMBERS), frozenset({VIEWS, VISITORS}))
            return {label: shown[label] for label in (VIEWS, VISITORS)}

    def events(self, website: str) -> dict[str, int]:
        """
        How often each event happened, by its name, from the table of all events; the table is left in sight.

        Args:
            website: Its id.

        Raises:
            Inconclusive: The table is not there, has as many rows as fit into one, or does not come to rest.

        """
        with _read("the page of events", "its table did not appear"):
            table = self._open(f"/websites/{website}?view=event", TABLE)
            if table.locator(TITLE).inner_text().strip() != EVENTS:
                raise _unread("the page of events shows another table")
            rows = self._at_rest(partial(self._evaluate, TABLE, READ_TABLE))
            if len(rows) >= MOST_ROWS:
                raise _unread(f"the table of events ends after {MOST_ROWS} rows")
            table.scroll_into_view_if_needed()
            return rows

    def _open(self, path: str, wanted: str) -> Locator:
        """Open a page without its charts; what is wanted of it, once it is there."""
        self._page.goto(f"{self._url}{path}")
        found = self._page.locator(wanted)
        found.wait_for()
        if self._page.locator(DATES).inner_text().strip() != RANGE:
            raise _unread(f"the page does not show the {RANGE.lower()}")
        self._page.add_style_tag(content=NO_CHART)
        return found

    def _evaluate(self, selector: str, script: str) -> dict[str, Shown]:
        found: Mapping[str, tuple[str, str]] = self._page.locator(selector).evaluate(script)
        return {label: Shown(*shown) for label, shown in found.items()}

    def _at_rest(self, read: Callable[[], dict[str, Shown]], wanted: frozenset[str] = frozenset()) -> dict[str, int]:
        """What is read several times alike, each a number; with `wanted`, these alone."""
        last: dict[str, Shown] | None = None
        alike = 0
        for _ in range(DEADLINE_MS // POLL_MS):
            now = {label: shown for label, shown in read().items() if not wanted or label in wanted}
            numbers = {label: number for label, shown in now.items() if (number := shown.number) is not None}
            alike = alike + 1 if now == last and numbers.keys() == now.keys() >= wanted else 0
            if alike == TIMES_ALIKE:
                return numbers
            last = now
            self._page.wait_for_timeout(POLL_MS)
        raise _unread("its numbers are missing, or do not come to rest")


@contextlib.contextmanager
def opened(browser: Browser, url: str) -> Iterator[Page]:
    """
    A page in English and UTC that reaches nothing but Umami; its pages ask another server for icons.

    Args:
        browser: The browser.
        url: Umami's address.

    """

    def only_umami(route: Route) -> None:
        if route.request.url.startswith(f"{url}/"):
            route.continue_()
        else:
            route.abort()

    context = browser.new_context(locale="en-US", timezone_id="UTC", viewport=WINDOW, service_workers="block")
    try:
        context.route("**/*", only_umami)
        page = context.new_page()
        page.set_default_timeout(DEADLINE_MS)
        yield page
    finally:
        context.close()


@contextlib.contextmanager
def _read(what: str, fault: str) -> Iterator[None]:
    """Turn an error of the browser, which may quote the page, into one that says what was read."""
    try:
        yield
    except Error:
        raise _unread(f"{what}: {fault} within {DEADLINE_MS // 1000} s") from None


def _unread(why: str) -> Inconclusive:
    return Inconclusive(
        f"Umami's own web pages cannot be read: {why}.",
        hint="The server's log is run/umami-pages/umami-server.log below the folder of the reports.",
    )
