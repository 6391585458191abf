"""By what a recording can be searched for the element of a field, whatever the fixture finds it by in the page."""

from playwright.sync_api import Locator

# The first attribute by which nothing else in the same tree is found, as one simple selector. Recordings have
# attributes as the page had them, but neither roles nor labels of elements.
ADDRESS = """
(element) => {
  const tag = /^[a-z][a-z0-9]*$/.test(element.localName) ? element.localName : '';
  const names = ['id', 'name', 'data-testid', 'autocomplete', 'aria-label', 'placeholder', 'title', 'role', 'type'];
  const usable = names.filter((name) => /^[^"'\\]\\\\\\n]+$/.test(element.getAttribute(name) ?? ''));
  const each = usable.map((name) => `[${name}="${element.getAttribute(name)}"]`);
  const known = [...each.map((one) => tag + one), tag + each.join(''), tag].filter(Boolean);
  return known.find((one) => element.getRootNode().querySelectorAll(one).length === 1) ?? '';
}
"""


def address_of(element: Locator) -> str:
    """
    A simple selector of an element, as `DomDocument.find` takes it; empty if nothing of it is its own.

    Raises:
        playwright.sync_api.Error: There is no such element within the deadline.

    """
    return str(element.evaluate(ADDRESS))
