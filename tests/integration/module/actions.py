"""What is done on a page, as values that can be put together."""

from collections.abc import Callable, Collection, Iterable

import pytest
from _pytest.mark import ParameterSet
from playwright.sync_api import FilePayload, Page

Action = Callable[[Page], object]
KEY_MS = 15
ANSWER_MS = 300


def cases(
    names: Iterable[str], *, nightly: Collection[str] = (), core: Collection[str] | None = None
) -> list[ParameterSet]:
    """
    Parameters of a test, some of which run at night alone: those that have a like among the others.

    Args:
        names: All cases.
        nightly: Those that run at night.
        core: Those that run always, where they are the fewer.

    """
    listed = list(names)
    late = set(nightly) if core is None else set(listed) - set(core)
    assert late <= set(listed)
    assert set(core or ()) <= set(listed)
    return [pytest.param(name, marks=[pytest.mark.nightly] if name in late else []) for name in listed]


def nothing(page: Page) -> None:
    """Look on."""


def typed(selector: str, text: str) -> Action:
    """Type key by key, slowly enough that batches end in between."""
    return lambda page: page.locator(selector).press_sequentially(text, delay=KEY_MS)


def typed_in_frame(selector: str, text: str) -> Action:
    """Type into the only frame."""
    return lambda page: page.frame_locator("iframe").locator(selector).press_sequentially(text, delay=KEY_MS)


def fill(selector: str, text: str) -> Action:
    """Fill a field at once."""
    return lambda page: page.fill(selector, text)


def chosen(name: str) -> Action:
    """Choose a file of this name, of 1234 bytes."""
    file = FilePayload(name=name, mimeType="application/pdf", buffer=b"x" * 1234)
    return lambda page: page.set_input_files("input", files=file)


def press(key: str) -> Action:
    """Press a key."""
    return lambda page: page.keyboard.press(key)


def wait(milliseconds: int = ANSWER_MS) -> Action:
    """Let the page answer."""
    return lambda page: page.wait_for_timeout(milliseconds)


def run(script: str) -> Action:
    """Run a script in the page."""
    return lambda page: page.evaluate(script)


def then(*actions: Action) -> Action:
    """Do one after the other."""

    def act(page: Page) -> None:
        for one in actions:
            one(page)

    return act


def click(selector: str = "#go") -> Action:
    """Click, and let the page answer."""
    return then(lambda page: page.click(selector), wait())
