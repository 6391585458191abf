"""What the page calls an element that is about to be clicked, and whether Umami's script follows it by itself."""

from typing import NamedTuple

from playwright.sync_api import Locator

# All that the tracker may label the click with: the text as shown (CSS may write it in upper case) and as written, the
# labels of the element, of a described child, and of the control around it; of an input, also one that a label clicks,
# its id, classes, name or type.
DESCRIBE = """
(elements) => elements.map((element) => {
  const control = element.closest('a, button, label, summary, [role], [data-openreplay-label]') ?? element;
  const attributes = ['data-openreplay-label', 'aria-label', 'title', 'alt', 'placeholder', 'value'];
  const described = [element, control, ...control.querySelectorAll('[aria-label], img[alt], [title]')];
  const names = described.flatMap((one) => attributes.map((name) => one.getAttribute(name)));
  names.push(...[element, control].flatMap((one) => [one.innerText, one.textContent]));
  for (const one of [element, control.control ?? control]) {
    names.push(one.id && `#${one.id}`, one.classList.length && `.${[...one.classList].join('.')}`);
    if (one.tagName === 'INPUT') names.push(one.name, one.type);
  }
  const link = element.closest('a, button');
  const isFollowed = link?.tagName === 'A' && link.hasAttribute('data-umami-event')
    && link.href !== '' && link.target !== '_blank';
  return [[...new Set(names.filter(Boolean))], isFollowed];
})
"""
LONGEST = 100
UMAMI_LINK = (
    "a link with data-umami-event was clicked: Umami's script stops the click and loads the page of the link itself, "
    "so that the application's own routing never sees it; call umami.track() in the application instead"
)


class Described(NamedTuple):
    """Names of an element, and whether it is a link that Umami's script follows."""

    names: tuple[str, ...] = ()
    is_umami_link: bool = False


def describe(element: Locator) -> Described:
    """
    Describe the element that a step is about to click.

    Raises:
        playwright.sync_api.Error: There is none within the deadline.

    """
    found = element.evaluate_all(DESCRIBE)
    if not found:
        element.first.wait_for(state="attached")
        found = element.evaluate_all(DESCRIBE)
    if len(found) != 1:
        return Described()  # the click itself says so
    names, is_umami_link = found[0]
    return Described(tuple(plain(name)[:LONGEST] for name in names), is_umami_link)


def plain(name: str) -> str:
    """A name as people compare it: case and white space count for nothing."""
    return " ".join(name.casefold().split())
