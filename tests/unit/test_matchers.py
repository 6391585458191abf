"""
Selectors and patterns are refused only if no browser takes them.

`tests/integration/test_selectors.py` holds the same selectors against Chromium and Playwright.
"""

import pytest
from tests.known_selectors import BOTH, NEITHER, ONLY_PAGE, ONLY_PLAYWRIGHT

from maskproof.matchers import css_fault, locator_fault, pattern_fault, pattern_matches


@pytest.mark.parametrize("selector", [*BOTH, *ONLY_PAGE])
def test_what_a_page_understands_is_no_fault_of_a_rule(selector: str) -> None:
    """Whatever CSS4 has, and what browsers add to it."""
    assert css_fault(selector) == ""


@pytest.mark.parametrize("selector", [*BOTH, *ONLY_PLAYWRIGHT])
def test_what_playwright_understands_is_no_fault_of_a_fixture(selector: str) -> None:
    """Its own engines and pseudo-classes too."""
    assert locator_fault(selector) == ""


@pytest.mark.parametrize("selector", NEITHER)
def test_what_nobody_understands_is_a_fault(selector: str) -> None:
    """Of a rule and of a fixture."""
    assert css_fault(selector)
    assert locator_fault(selector)


@pytest.mark.parametrize("selector", [":has-text('x')", "a:visible", ":is(b, :text('x'))"])
def test_a_rule_cannot_have_what_only_playwright_knows(selector: str) -> None:
    """The page would refuse it while people use it."""
    assert "Playwright" in css_fault(selector)


@pytest.mark.parametrize(
    "pattern", ["^first[_-]?name$", r"[\w-.]", "(?<year>x)", r"\p{L}", "(?<=a)b", "a{,3}", "]", "{"]
)
def test_a_pattern_of_javascript_is_none_of_python(pattern: str) -> None:
    """Those that only JavaScript takes are taken."""
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize("pattern", ["(?i)name", "(?P<x>a)", "a++", "[", "(a", "*a", "\\", "a{2,1}", "[z-a]"])
def test_a_pattern_that_javascript_refuses_is_a_fault(pattern: str) -> None:
    """Python's own forms among them."""
    assert pattern_fault(pattern)


def test_a_pattern_matches_anywhere_and_in_any_case() -> None:
    """As in the page."""
    assert pattern_matches("mail", "Work_E-Mail_2")
    assert not pattern_matches("^mail", "e-mail")
