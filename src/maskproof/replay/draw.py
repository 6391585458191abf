"""
Draws a rebuilt page in a browser, and covers every value before a pixel of it is written.

Scripts of the page do not run and nothing is loaded. Places of personal data are framed and numbered; a place that
shows a value is framed in red, and each occurrence of a value anywhere is an opaque box with the value's name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, FloatRect, Page, Route

from maskproof.forms.locators import Selector
from maskproof.journey.locate import located
from maskproof.openreplay.session import Window

COVER = files("maskproof.replay").joinpath("cover.js").read_text("utf-8")
DEADLINE_MS = 10_000
DEFAULT = Window(1280, 720)
PNG = b"\x89PNG"
# A report holds hundreds of pictures. Forms are far smaller than this; pages full of photographs are not.
LARGE = 45_000
QUALITIES = (70, 45, 25)


@dataclass(frozen=True, slots=True)
class Place:
    """
    A place that holds personal data on the page: the selector of its element, as the page is asked for it.

    `number` is shown beside it; `is_leak` frames it in red.
    """

    selector: Selector
    number: int
    is_leak: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG or JPEG, and how often each value was covered in it, by the name that is written over it."""

    image: bytes
    values: Mapping[str, int]

    @property
    def covered(self) -> int:
        """How many occurrences of values were covered."""
        return sum(self.values.values())


def draw(
    browser: Browser,
    html: str,
    *,
    window: Window,
    places: Sequence[Place] = (),
    values: Mapping[str, str] | None = None,
) -> Picture:
    """
    Draw a page.

    Args:
        browser: The browser; the page gets a context of its own.
        html: The page.
        window: The size of the window and how far the page is scrolled.
        places: The places to frame.
        values: Regular expressions of the values to cover, by the name that is written over them.

    """
    size: Any = {"width": window.width or DEFAULT.width, "height": window.height or DEFAULT.height}
    context = browser.new_context(java_script_enabled=False, viewport=size, service_workers="block")
    try:
        context.route("**/*", _refuse)
        page = context.new_page()
        page.set_default_timeout(DEADLINE_MS)
        page.set_content(html, wait_until="load")
        page.evaluate("([left, top]) => window.scrollTo(left, top)", [window.left, window.top])
        return picture_of(page, places=places, values=values or {})
    finally:
        context.close()


def picture_of(page: Page, *, places: Sequence[Place], values: Mapping[str, str]) -> Picture:
    """
    A picture of a page as it is; what is drawn over it is taken off again.

    Args:
        page: The page.
        places: The places to frame.
        values: Regular expressions of the values to cover, by the name that is written over them.

    """
    # Boxes, since no page is handed the elements of its frames.
    framed = [{"boxes": _boxes(page, place), "number": place.number, "isLeak": place.is_leak} for place in places]
    covered: dict[str, int] = page.evaluate(COVER, [framed, dict(values)])
    try:
        return Picture(_small(page), covered)
    finally:
        page.evaluate("() => document.querySelectorAll('[data-replay-cover]').forEach((cover) => cover.remove())")


def _boxes(page: Page, place: Place) -> list[FloatRect]:
    boxes = (element.bounding_box() for element in located(page, place.selector).element_handles())
    return [box for box in boxes if box is not None]


def suffix_of(image: bytes) -> str:
    """The end of the name of a picture's file."""
    return ".png" if image.startswith(PNG) else ".jpg"


def _small(page: Page) -> bytes:
    """A picture of a page: exact where that is small, as of forms; else with as much loss as makes it small."""
    image = page.screenshot(caret="initial")
    for quality in QUALITIES:
        if len(image) <= LARGE:
            break
        image = min(image, page.screenshot(caret="initial", type="jpeg", quality=quality), key=len)
    return image


def _refuse(route: Route) -> None:
    route.abort()
