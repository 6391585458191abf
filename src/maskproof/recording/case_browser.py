"""The browser that the journeys of a case run in, and what it calls itself."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from maskproof.journey.requests import ReadBody, posted
from maskproof.settings_schema import CHROMIUM, FIREFOX

NewContext = Callable[..., BrowserContext]
SESSION_DIGITS = 14


@dataclass(frozen=True, slots=True)
class CaseBrowser:
    """
    The browser that the journeys of a case run in.

    Attributes:
        version: Its version, e.g. `126.0.0.0`; goes into the user agent.
        new_context: Makes a browser context; takes `user_agent`.
        begin: Called with the user agent before each journey; gives what reads the bodies of its requests.

    """

    version: str
    new_context: NewContext
    begin: Callable[[str], ReadBody] = lambda _: posted


def session_user_agent(version: str, protocol: int, browser: str = CHROMIUM) -> str:
    """
    A unique user agent for one session: Umami distinguishes sessions by it, and must not take it for a bot.

    Its number has digits only, because random hexadecimal can spell a word that bot lists match (`feed`).
    `mp-protocol` asks the embedded collector for a protocol version; a real server decides by itself.

    Args:
        version: Version of the browser, e.g. `126.0.0.0`.
        protocol: The protocol version, 1 or 2.
        browser: The browser.

    """
    number = f"{secrets.randbelow(10**SESSION_DIGITS):0{SESSION_DIGITS}}"
    return f"{BROWSER_AGENTS[browser](version)} mp-session/{number} mp-protocol/{protocol}"


def _chrome(version: str) -> str:
    return f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version} Safari/537.36"


def _firefox(version: str) -> str:
    """As Firefox gives it: the first number of its version counts."""
    short = f"{version.partition('.')[0]}.0"
    return f"Mozilla/5.0 (X11; Linux x86_64; rv:{short}) Gecko/20100101 Firefox/{short}"


BROWSER_AGENTS: Mapping[str, Callable[[str], str]] = {CHROMIUM: _chrome, FIREFOX: _firefox}
