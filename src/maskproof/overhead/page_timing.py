"""One visit of one build, timed inside the page."""

import json
from dataclasses import dataclass, fields
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Error, Page

from maskproof.errors import Inconclusive

TYPED_AT_ONCE = "abcdefgh"
TYPED_AT_REST = "abc"
# The pace of a quick typist: a page has handled one letter before the next.
LETTER_MS = 60
VISIT_TIMEOUT_MS = 15_000

# Records when the field appears and, for each typed letter, how long the page works on it (`handled`) and how long
# the user waits for the frame that shows it (`shown`).
WATCH = """
(() => {
  const timing = (window.__maskproofTiming = { ready: 0, handled: [], shown: [] });
  const look = () => {
    if (timing.ready || !document.querySelector(%(selector)s)) return;
    const end = performance.now() + %(busy_ms)d;
    while (performance.now() < end);
    timing.ready = performance.now();
    watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { childList: true, subtree: true });
  addEventListener('input', (event) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => timing.handled.push(performance.now() - event.timeStamp);
    port2.postMessage(null);
    requestAnimationFrame(() => setTimeout(() => timing.shown.push(performance.now() - event.timeStamp)));
  }, true);
})();
"""
# A page is at rest when five timers in a row are on time.
REST = """
() => new Promise((resolve) => {
  let left = 5;
  const wait = () => {
    const due = performance.now() + 20;
    setTimeout(() => {
      left = performance.now() - due < 10 ? left - 1 : 5;
      left > 0 ? wait() : resolve(true);
    }, 20);
  };
  wait();
})
"""
TAKEN = """
(count) => {
  const { ready, handled, shown } = window.__maskproofTiming;
  const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  return ready > 0 && paint && handled.length >= count && shown.length >= count && {
    ready, paint, handled: handled.splice(0), shown: shown.splice(0),
  };
}
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """
    What one visit took, in milliseconds.

    The first two count from navigation start. The others are medians over letters, and `None` if nothing was typed.
    `typing` is the time until the next frame, for letters typed as soon as the field appears. `typing_recorded` is
    the time until the page has done its work, for letters typed while tracking runs and the page is at rest (waiting
    for the next frame would hide some of that work).
    """

    first_contentful_paint: float
    form_ready: float
    typing: float | None = None
    typing_recorded: float | None = None

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The metrics' names, in order."""
        return tuple(field.name for field in fields(cls))

    @classmethod
    def of_typing(cls) -> tuple[str, ...]:
        """The names of the metrics that only a visit with typing has."""
        return tuple(field.name for field in fields(cls) if field.default is None)


def visit(
    browser: Browser,
    url: str,
    selector: str,
    *,
    user_agent: str,
    running: str = "",
    busy_ms: int = 0,
    types: bool = True,
) -> Sample:
    """
    Open a page in a context of its own, type into a field, and return the times.

    Args:
        browser: A running browser.
        url: URL of the page.
        selector: The field that has to appear and is typed into.
        user_agent: The user agent of the session.
        running: JavaScript function that returns true in the page once tracking runs; empty if it never does.
        busy_ms: Busy work of the main thread between rendering and painting, in milliseconds.
        types: Whether anything is typed.

    Raises:
        Inconclusive: Nothing was timed.

    """
    context = browser.new_context(user_agent=user_agent)
    try:
        page = context.new_page()
        page.set_default_timeout(VISIT_TIMEOUT_MS)
        page.add_init_script(WATCH % {"selector": json.dumps(selector), "busy_ms": busy_ms})
        page.goto(url)
        first = _typed(page, selector, TYPED_AT_ONCE if types else "")
        if running:
            page.wait_for_function(running)
        if not types:
            return Sample(first["paint"], first["ready"])
        page.locator(selector).fill("")
        page.evaluate(REST)
        _taken(page, 0)
        at_rest = _typed(page, selector, TYPED_AT_REST, delay=LETTER_MS)
    except Error as error:
        hint = "Does the page show the field at once, does the field take letters, and does recording begin?"
        raise Inconclusive(f"Nothing was timed at {url}: {str(error).splitlines()[0]}", hint=hint) from None
    finally:
        context.close()
    return Sample(first["paint"], first["ready"], median(first["shown"]), median(at_rest["handled"]))


def _typed(page: Page, selector: str, letters: str, delay: float = 0) -> dict[str, Any]:
    """Type the letters and return their times."""
    page.locator(selector).press_sequentially(letters, delay=delay)
    return _taken(page, len(letters))


def _taken(page: Page, count: int) -> dict[str, Any]:
    """The times of at least `count` letters; the page forgets them."""
    taken: dict[str, Any] = page.wait_for_function(TAKEN, arg=count).json_value()
    return taken
