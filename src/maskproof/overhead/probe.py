"""One visit of one build, timed inside the page."""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from maskproof.errors import Inconclusive

TYPED = "abcdefgh"
VISIT_TIMEOUT_MS = 15_000

# Notes when the field is there, and how long each typed letter takes from its event to the next frame.
WATCH = """
(() => {
  const probe = (window.__maskproofProbe = { ready: 0, frames: [] });
  const look = () => {
    if (probe.ready || !document.querySelector(%(selector)s)) return;
    const end = performance.now() + %(busy_ms)d;
    while (performance.now() < end);
    probe.ready = performance.now();
    watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { childList: true, subtree: true });
  document.addEventListener('input', (event) => {
    requestAnimationFrame(() => setTimeout(() => probe.frames.push(performance.now() - event.timeStamp)));
  }, true);
})();
"""
RESULT = """
() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return { paint: paint ? paint.startTime : null, ...window.__maskproofProbe };
}
"""
COMPLETE = f"""() => window.__maskproofProbe.ready > 0 && window.__maskproofProbe.frames.length >= {len(TYPED)}
  && performance.getEntriesByName('first-contentful-paint').length > 0"""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one visit took, in milliseconds from navigation start (`typing`: per letter, median)."""

    first_contentful_paint: float
    form_ready: float
    typing: float

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The metrics' names, in order."""
        return tuple(cls.__slots__)


def visit(browser: Browser, url: str, selector: str, *, user_agent: str, busy_ms: int = 0) -> Sample:
    """
    Open a page in a context of its own, type into a field, and give back what was timed.

    Args:
        browser: A running browser.
        url: The page.
        selector: The field that has to appear and is typed into.
        user_agent: The session's own.
        busy_ms: Busy work of the main thread between rendering and painting, in milliseconds.

    Raises:
        Inconclusive: Nothing was timed.

    """
    context = browser.new_context(user_agent=user_agent)
    try:
        page = context.new_page()
        page.set_default_timeout(VISIT_TIMEOUT_MS)
        page.add_init_script(WATCH % {"selector": json.dumps(selector), "busy_ms": busy_ms})
        page.goto(url)
        page.locator(selector).press_sequentially(TYPED)
        page.wait_for_function(COMPLETE)
        result: dict[str, Any] = page.evaluate(RESULT)
    finally:
        context.close()
    frames = sorted(result["frames"])
    if result["paint"] is None or not frames:
        raise Inconclusive(f"Nothing was timed at {url}.", hint="Does the page show the field at once?")
    return Sample(float(result["paint"]), float(result["ready"]), float(frames[len(frames) // 2]))
