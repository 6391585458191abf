"""What is said of a selector before a run is what Chromium and Playwright say of it."""

import pytest
from playwright.sync_api import Browser, Error, Page
from tests.known_selectors import BOTH, NEITHER, ONLY_PAGE, ONLY_PLAYWRIGHT

MATCHES = "(selector) => { try { document.body.matches(selector); return true } catch { return false } }"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """A page with a paragraph and a link: what is not there is not asked for."""
    page = browser.new_page()
    page.set_content("<p>x<a>y</a>")
    return page


def _is_located(page: Page, selector: str) -> bool:
    try:
        page.locator(selector).count()
    except Error:
        return False
    return True


@pytest.mark.parametrize("selector", [*BOTH, *ONLY_PAGE, *ONLY_PLAYWRIGHT, *NEITHER])
def test_the_selectors_of_the_tests_are_what_they_are_said_to_be(page: Page, selector: str) -> None:
    """The page knows, and so does Playwright."""
    assert page.evaluate(MATCHES, selector) == (selector in {*BOTH, *ONLY_PAGE})
    assert _is_located(page, selector) == (selector in {*BOTH, *ONLY_PLAYWRIGHT})
