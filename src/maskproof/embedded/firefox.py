"""A running Firefox for cases, behind the proxy that reads what its requests carry."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import BrowserContext, Playwright

from maskproof.embedded.body_proxy import BodyProxy
from maskproof.journey.bodies import ReceivedBodies
from maskproof.machine.firefox import firefox_options
from maskproof.recording.case_browser import CaseBrowser

# Over BiDi, Playwright writes text into a field by itself, in a way that frameworks do not notice and that appends to a
# number. In its place the browser inserts the text where a person would: over what is selected, with its own events.
INSERT_TEXT = """
Object.defineProperty(window, '__pw_bidiInsertText', {
  configurable: true,
  set() {},
  get: () => (text) => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (element?.localName === 'iframe' || element?.localName === 'frame') return element;
    document.execCommand('insertText', false, text);
  },
});
"""


@contextlib.contextmanager
def running_firefox(playwright: Playwright, context_args: Mapping[str, Any] | None = None) -> Iterator[CaseBrowser]:
    """
    A headless Firefox, closed at the end.

    Args:
        playwright: Starts it.
        context_args: What each context gets besides.

    Raises:
        ConfigurationError: `MASKPROOF_FIREFOX` names no program.
        SetupFailed: No Firefox starts here.

    """
    proxy = BodyProxy()
    try:
        options: dict[str, Any] = firefox_options(proxy.start())
        browser = playwright.firefox.launch(**options)

        def new_context(**args: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's
            context = browser.new_context(**{**(context_args or {}), **args})
            context.add_init_script(INSERT_TEXT)
            return context

        def begin(user_agent: str) -> ReceivedBodies:
            proxy.begin(user_agent)
            return ReceivedBodies(proxy)

        try:
            yield CaseBrowser(browser.version, new_context, begin)
        finally:
            browser.close()
    finally:
        proxy.stop()
