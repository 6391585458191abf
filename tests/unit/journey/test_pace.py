"""How long a journey waits before it goes on."""

from collections import Counter
from types import SimpleNamespace
from typing import Any, cast

import pytest

from maskproof.journey.pace import PAGE_VIEW, Pace

COMES_AFTER = 3


class Browser:
    """A page that has loaded one document, and an observer of it; the view of the page is sent after some polls."""

    url = "http://127.0.0.1:1/form"
    start_answers = 1
    is_quiet = True

    def __init__(self) -> None:
        self.polls = 0

    def on(self, *_: object) -> None:
        """Listen to nothing."""

    def wait_for_timeout(self, _: float) -> None:
        """Let the page go on."""
        self.polls += 1

    def analytics(self) -> Counter[str]:
        """What was sent so far."""
        return Counter({PAGE_VIEW: int(self.polls >= COMES_AFTER)})

    def starts(self) -> list[object]:
        """No session was started."""
        return []

    def drain(self) -> None:
        """Read nothing."""

    give_up = drain


@pytest.mark.parametrize(
    ("page_views", "polls"), [((), 0), (("/form",), COMES_AFTER), (("/form", "/done"), COMES_AFTER)]
)
def test_a_journey_begins_once_the_view_of_its_page_is_sent(page_views: tuple[str, ...], polls: int) -> None:
    """Where the form expects one: until then Umami's script may not be there. A later view is not waited for."""
    browser = Browser()
    tabs, form = SimpleNamespace(current=browser), SimpleNamespace(page_views=page_views)
    Pace(cast("Any", tabs), cast("Any", browser), cast("Any", form)).until_recording()
    assert browser.polls == polls
