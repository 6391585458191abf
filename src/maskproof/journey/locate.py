"""Finds the elements that a form fixture names, in pages, frames and open shadow roots."""

from typing import Any

from playwright.sync_api import FrameLocator, Page
from playwright.sync_api import Locator as Located

from maskproof.forms.locators import Selector

Root = Page | FrameLocator | Located


def located(root: Root, selector: Selector) -> Located:
    """
    The elements that a selector names.

    Args:
        root: Where to look.
        selector: What to look for; its texts are those that the page shows.

    """
    if isinstance(selector, str):
        return root.locator(selector)
    if selector.frame is not None:
        root = located(root, selector.frame).content_frame
    if selector.within is not None:
        root = located(root, selector.within)
    found = _found(root, selector.by, str(selector.what), name=str(selector.name), exact=selector.exact)
    return found.nth(selector.number - 1) if selector.number else found


def _found(root: Root, by: str, what: str, *, name: str, exact: bool) -> Located:
    if by == "role":
        role: Any = what
        return root.get_by_role(role, name=name, exact=exact) if name else root.get_by_role(role)
    if by == "test_id":
        return root.get_by_test_id(what)
    by_text = {
        "label": root.get_by_label,
        "text": root.get_by_text,
        "placeholder": root.get_by_placeholder,
        "title": root.get_by_title,
        "alt": root.get_by_alt_text,
    }
    return by_text[by](what, exact=exact) if by in by_text else root.locator(what)
