"""What each kind of step does in the page."""

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

from maskproof.errors import ConfigurationError
from maskproof.forms.locators import Selector
from maskproof.forms.model import FormFixture, Personas, Step
from maskproof.journey.gestures import Gestures
from maskproof.journey.locate import located
from maskproof.journey.routes import is_at
from maskproof.journey.scripts import run_script
from maskproof.journey.tabs import Tabs
from maskproof.journey.uploads import file_of, upload

# A browser's autofill sets values without the framework, which learns of them by events.
AUTOFILL = """
(element, value) => {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value');
  own.set.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}
"""


class Actions:
    """
    Performs the steps of one journey.

    Args:
        tabs: The tabs of the journey.
        form: The journey.
        personas: The values that are typed.
        base_url: Base URL of the application.

    """

    def __init__(self, tabs: Tabs, form: FormFixture, personas: Personas, base_url: str) -> None:
        self._tabs = tabs
        self._form = form
        self._personas = personas
        self._base_url = base_url
        self.messages: list[tuple[str, str]] = []
        self._kinds: dict[str, Callable[[dict[str, Any]], None]] = {
            "goto": self._goto,
            "fill": lambda a: self.field(a["field"]).fill(self._text(a)),
            "type": self._type,
            "select": self._select,
            "check": lambda a: self.field(a["field"]).check(),
            "uncheck": lambda a: self.field(a["field"]).uncheck(),
            "expect_message": self._expect_message,
            "expect_visible": self._expect_visible,
            "expect_hidden": lambda a: expect(self.element(a["selector"])).to_be_hidden(),
            "expect_url": lambda a: self._page.wait_for_url(lambda url: is_at(url, a["path"])),
            "autofill": self._autofill,
            "script": lambda a: run_script(self._form.source, a["call"], self._page, self._personas),
            "upload": self._upload,
            "open_tab": self._open_tab,
            "duplicate_tab": lambda _: self._tabs.duplicate(),
            "switch_tab": lambda a: self._tabs.switch(a["tab"]),
            "close_tab": lambda _: self._tabs.close(),
            "back": lambda a: self._move(self._page.go_back, a),
            "forward": lambda a: self._move(self._page.go_forward, a),
            "reload": lambda a: self._move(self._page.reload, a),
            **Gestures(lambda: self._page, self._named).kinds,
        }

    @property
    def _page(self) -> Page:
        return self._tabs.current

    def seed(self) -> None:
        """Send the application the data that the journey expects there."""
        for seed in self._form.seeds:
            body = self._personas.fill_in(seed.body, self._form)
            answer = self._page.request.post(f"{self._base_url}{seed.path}", data=body)
            if not answer.ok:
                raise ConfigurationError(f"{self._form.source}: seed {seed.path} was answered with {answer.status}.")

    def do(self, step: Step) -> None:
        """
        Do one step.

        Raises:
            playwright.sync_api.Error: It cannot be done.
            AssertionError: The page does not show what the step expects.

        """
        self._kinds[step.kind](dict(step.arguments))

    def field(self, name: str) -> Locator:
        """The element of a field."""
        return self.element(self._form.fields[name].selector)

    def element(self, selector: Selector) -> Locator:
        """The element that a selector names."""
        return located(self._page, self._personas.spoken(selector))

    def _named(self, arguments: Mapping[str, Any], key: str) -> Locator:
        """The element that a step names: a field, or by a selector."""
        return self.field(arguments["field"]) if "field" in arguments else self.element(arguments[key])

    def _text(self, arguments: dict[str, Any]) -> str:
        if "with" in arguments:
            return self._personas.words(arguments["with"])
        return self._personas.text_of(self._form.fields[arguments["field"]])

    def _type(self, arguments: dict[str, Any]) -> None:
        """Replace the text of a field, or add to it, key by key."""
        field = self.field(arguments["field"])
        if not arguments.get("keep", False):
            field.clear()
        field.press_sequentially(self._text(arguments), delay=arguments.get("delay_ms"))

    def _goto(self, arguments: dict[str, Any]) -> None:
        is_there = self._page.url.startswith(self._base_url) and is_at(self._page.url, arguments["path"])
        if not (is_there and arguments.get("unless_there", False)):
            self._page.goto(f"{self._base_url}{arguments['path']}")
        self._wait_until_ready(arguments)

    def _open_tab(self, arguments: dict[str, Any]) -> None:
        self._tabs.new()
        self._goto(arguments)

    def _move(self, move: Callable[[], object], arguments: dict[str, Any]) -> None:
        """Move in the history of the tab, or load the page again."""
        moved: list[Frame] = []

        def note(frame: Frame) -> None:
            moved.append(frame)

        self._page.on("framenavigated", note)
        try:
            move()
        finally:
            self._page.remove_listener("framenavigated", note)
        if self._page.main_frame not in moved:
            raise AssertionError("the history of the tab has no such page")
        self._wait_until_ready(arguments)

    def _wait_until_ready(self, arguments: dict[str, Any]) -> None:
        if "ready" in arguments:
            self.element(arguments["ready"]).wait_for()

    def _select(self, arguments: dict[str, Any]) -> None:
        field = self._form.fields[arguments["field"]]
        others = () if "with" in arguments else field.others
        self.field(field.id).select_option([self._text(arguments), *others])

    def _expect_visible(self, arguments: dict[str, Any]) -> None:
        target = self.element(arguments["selector"])
        expect(target).to_be_visible()
        if arguments.get("text"):
            expect(target).to_contain_text(self._personas.words(arguments["text"]))

    def _expect_message(self, arguments: dict[str, Any]) -> None:
        self._expect_visible(arguments)
        self.messages.append((str(arguments["selector"]), self.element(arguments["selector"]).inner_text()))

    def _autofill(self, arguments: dict[str, Any]) -> None:
        for name in arguments["fields"]:
            self.field(name).evaluate(AUTOFILL, self._personas.text_of(self._form.fields[name]))

    def _upload(self, arguments: dict[str, Any]) -> None:
        fields = [arguments["field"]] if "field" in arguments else arguments["fields"]
        words = self._personas.words(arguments.get("holds", ""))
        files = [file_of(self._personas.text_of(self._form.fields[name]), words) for name in fields]
        upload(self.field(fields[0]), files, is_dropped=arguments.get("drop", False))
