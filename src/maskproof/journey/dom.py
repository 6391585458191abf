"""The final document as text: what of it has to be equal in both builds, once the page has settled."""

import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from playwright.sync_api import Error, Page

from maskproof.errors import ConfigurationError

# A document that was the same for so long, without an animation that ends, has settled. One that always moves is read
# as it is.
STILL_S, SETTLE_DEADLINE_S, LOOK_MS = 0.8, 4.0, 100

# Scripts, styles and the trackers' own attributes are left out, since a user does not see them. React's generated
# ids (`:r1:`, `_r_1_`) count renders, so each is replaced by the order in which it appears. Elements that a fixture
# declares as volatile are left out and counted.
SERIALISE = """
(volatile) => {
  const left = Object.fromEntries(volatile.map((selector) => [selector, 0]));
  const isVolatile = (element) => volatile.filter((selector) => element.matches(selector))
    .map((selector) => left[selector]++).length > 0;
  volatile.forEach((selector) => document.querySelector(selector));
  const made = new Map();
  const stable = (text) => text.replace(/(:r[0-9a-z]+:|_r_[0-9a-z]+_|«r[0-9a-z]+»)/g, (id) => {
    if (!made.has(id)) made.set(id, `made-id-${made.size + 1}`);
    return made.get(id);
  });
  const lines = [];
  const visit = (node, depth) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.replace(/\\s+/g, ' ').trim();
      if (text) lines.push(' '.repeat(depth) + stable(text));
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (['SCRIPT', 'STYLE', 'LINK', 'NOSCRIPT'].includes(node.tagName) || isVolatile(node)) return;
    const attributes = [...node.attributes]
      .filter(({ name }) => !name.startsWith('data-openreplay') && !name.startsWith('data-umami'))
      .map(({ name, value }) => ` ${name}="${stable(value)}"`).sort().join('');
    const live = 'value' in node && node.tagName !== 'LI' && node.tagName !== 'BUTTON'
      ? ` =${JSON.stringify(node.type === 'checkbox' || node.type === 'radio' ? node.checked : node.value)}` : '';
    lines.push(`${' '.repeat(depth)}<${node.tagName.toLowerCase()}${attributes}>${live}`);
    if (node.tagName !== 'TEXTAREA') node.childNodes.forEach((child) => visit(child, depth + 1));
    if (node.shadowRoot) node.shadowRoot.childNodes.forEach((child) => visit(child, depth + 1));
  };
  visit(document.body, 0);
  const ends = (animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);
  const moves = document.getAnimations().some((one) => one.playState === 'running' && ends(one));
  return [lines.join('\\n'), left, moves];
}
"""


class FinalDocument(NamedTuple):
    """The document as text, and how often each declared element was left out of it at most."""

    text: str
    volatile: Mapping[str, int]


def settled_document(page: Page, volatile: Sequence[str] = ()) -> FinalDocument:
    """
    The document of a page once it has settled: decorations that come and go have gone.

    Args:
        page: The page.
        volatile: CSS selectors of elements that are left out.

    Raises:
        ConfigurationError: A selector cannot be read.

    """
    most = dict.fromkeys(volatile, 0)
    deadline = time.monotonic() + SETTLE_DEADLINE_S
    last, since = "", time.monotonic()
    while True:
        try:
            text, left, moves = _read(page, volatile)
        except Error:  # the page is just being left
            if time.monotonic() >= deadline:
                raise
            page.wait_for_timeout(LOOK_MS)
            continue
        most = {selector: max(count, left[selector]) for selector, count in most.items()}
        now = time.monotonic()
        if text != last or moves:
            last, since = text, now
        if now - since >= STILL_S or now >= deadline:
            return FinalDocument(text, most)
        page.wait_for_timeout(LOOK_MS)


def _read(page: Page, volatile: Sequence[str]) -> tuple[str, dict[str, int], bool]:
    try:
        text, left, moves = page.evaluate(SERIALISE, list(volatile))
    except Error as error:
        if "SyntaxError" in str(error):
            raise ConfigurationError(
                f"volatile: document: one of these selectors cannot be read: {', '.join(volatile)}."
            ) from None
        raise
    return text, left, moves
