"""What a person does with mouse and keyboard beside filling in fields."""

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Locator, Page

# The page's own clock: its timers are delayed as long as those of the trackers.
CLOCK = "() => performance.now()"
CLOCK_PASSED = "(time) => performance.now() > time"
# A drag that jumps is no drag for many libraries.
MOVES = 5


class Gestures:
    """
    Performs the steps that need no field.

    Args:
        page: The page that the person looks at now.
        element: The element that a step names under a key.

    """

    def __init__(self, page: Callable[[], Page], element: Callable[[Mapping[str, Any], str], Locator]) -> None:
        self._page = page
        self._element = element
        self.kinds: dict[str, Callable[[dict[str, Any]], None]] = {
            "click": self._click,
            "press": self._press,
            "hover": lambda a: self._of(a).hover(),
            "focus": lambda a: self._of(a).focus(),
            "blur": lambda a: self._of(a).blur(),
            "select_text": lambda a: self._of(a).select_text(),
            "scroll": self._scroll,
            "drag": self._drag,
            "stay": self._stay,
        }

    def _of(self, arguments: Mapping[str, Any]) -> Locator:
        return self._element(arguments, "selector")

    def _click(self, arguments: dict[str, Any]) -> None:
        self._of(arguments).click(
            button=arguments.get("button", "left"),
            click_count=arguments.get("count", 1),
            modifiers=arguments.get("modifiers"),
        )

    def _press(self, arguments: dict[str, Any]) -> None:
        """Press keys in an element, or in whatever has the focus."""
        if arguments.keys() & {"selector", "field"}:
            self._of(arguments).press(arguments["key"])
        else:
            self._page().keyboard.press(arguments["key"])

    def _scroll(self, arguments: dict[str, Any]) -> None:
        """Scroll to an element; or, with the wheel, the page or what is under the mouse."""
        if "by" not in arguments:
            self._of(arguments).scroll_into_view_if_needed()
            return
        if arguments.keys() & {"selector", "field"}:
            self._of(arguments).hover()
        self._page().mouse.wheel(0, arguments["by"])

    def _drag(self, arguments: dict[str, Any]) -> None:
        """Drag an element to another one, or draw over it from its middle."""
        source, mouse = self._element(arguments, "from"), self._page().mouse
        source.hover()
        mouse.down()
        if "to" in arguments:
            target = self._element(arguments, "to")
            target.hover()
            target.hover()  # the first one only begins a native drag
        else:
            box = source.bounding_box()
            if box is None:
                raise AssertionError("the element has left the page")
            middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            for right, down in arguments["by"]:
                mouse.move(middle[0] + right, middle[1] + down, steps=MOVES)
        mouse.up()

    def _stay(self, arguments: dict[str, Any]) -> None:
        page = self._page()
        page.wait_for_function(CLOCK_PASSED, arg=page.evaluate(CLOCK) + arguments["ms"])
