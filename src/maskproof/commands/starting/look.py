"""Looks at a page of a build, with tracking off: its fields, what sends them, and what it asks its server for."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Response
from playwright.sync_api import TimeoutError as TimedOut

from maskproof.errors import ConfigurationError
from maskproof.journey.observe import CONFIG_PATH
from maskproof.rules.coverage import MATCHES

TIMEOUT_MS = 10_000
ERROR_STATUS = 400
NOT_FOUND = 404
FILES = frozenset({"image", "font", "stylesheet", "script", "media", "manifest"})
SCRIPT = files(__package__).joinpath("look.js").read_text(encoding="utf-8").partition("\n")[2]
LOOK = f"(rules) => {{ {MATCHES} return ({SCRIPT.strip()})(rules, matches); }}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one page: itself, what its server did not answer, whether it asked where to send."""

    path: str
    page: Mapping[str, Any]
    unanswered: tuple[str, ...]
    asked_for_config: bool


@dataclass(slots=True)
class _Heard:
    """The answers that a page got."""

    base: str
    answers: list[Response] = field(default_factory=list)

    def unanswered(self) -> Iterator[str]:
        """Method and path of what the build has not: data, and no files."""
        for answer in self.answers:
            url = urlsplit(answer.url)
            is_own = answer.url.startswith(self.base) and answer.request.resource_type not in FILES
            if answer.status == NOT_FOUND and is_own and not url.path.endswith(".ico"):
                yield f"{answer.request.method} {url.path}"


def look_at(browser: Browser, base: str, path: str, rules: Sequence[Mapping[str, Any]]) -> Seen:
    """
    Look at a page.

    Args:
        browser: Opens it.
        base: Base URL of the build.
        path: The page's path.
        rules: Compiled masking rules, to say which of them match a field.

    Raises:
        ConfigurationError: There is no such page, or it cannot be opened.

    """
    context = browser.new_context()
    context.set_default_timeout(TIMEOUT_MS)
    heard = _Heard(base)
    context.on("response", lambda answer: heard.answers.append(answer))  # noqa: PLW0108 - Playwright marks its handler
    try:
        page = context.new_page()
        try:
            answer = page.goto(base + path, wait_until="load")
        except Error as error:
            raise ConfigurationError(
                f"--page {path}: cannot be opened: {str(error).splitlines()[0]}", hint="Does it load in your browser?"
            ) from None
        if answer is not None and answer.status >= ERROR_STATUS:
            raise ConfigurationError(
                f"--page {path}: is answered with status {answer.status}.", hint="Give the path of a page of the build."
            )
        with contextlib.suppress(TimedOut):  # a page that asks again and again is looked at as it is
            page.wait_for_load_state("networkidle")
        return Seen(
            path=path,
            page=page.evaluate(LOOK, list(rules)),
            unanswered=tuple(dict.fromkeys(heard.unanswered())),
            asked_for_config=any(urlsplit(one.url).path == CONFIG_PATH for one in heard.answers),
        )
    finally:
        context.close()
