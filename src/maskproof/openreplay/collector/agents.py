"""Reads browser, system and device from a user agent, as far as the answers of the API need them."""

import re
from dataclasses import dataclass

BROWSERS = (
    ("Edge", r"Edg/([\d.]+)"),
    ("Opera", r"OPR/([\d.]+)"),
    ("Firefox", r"Firefox/([\d.]+)"),
    ("HeadlessChrome", r"HeadlessChrome/([\d.]+)"),
    ("Chrome", r"Chrome/([\d.]+)"),
    ("Safari", r"Version/([\d.]+).* Safari/"),
    ("curl", r"curl/([\d.]+)"),
)
SYSTEMS = (
    ("Windows", r"Windows NT ([\d.]+)"),
    ("Android", r"Android ([\d.]+)"),
    ("iOS", r"(?:iPhone|CPU) OS ([\d_]+)"),
    ("Mac OS X", r"Mac OS X ([\d_.]+)"),
    ("Linux", r"Linux()"),
)
SPIDERS = re.compile(r"bot\b|bot/|spider|crawler", re.IGNORECASE)
PROTOCOL = re.compile(r"\bmp-protocol/1\b")


@dataclass(frozen=True, slots=True)
class Agent:
    """Browser, system and device of a user agent."""

    browser: str
    browser_version: str
    system: str
    system_version: str
    device_type: str


def parse_agent(user_agent: str) -> Agent | None:
    """Read a user agent; None if the browser is unknown or a spider (the server answers 403, 1.3)."""
    browser, browser_version = _first(BROWSERS, user_agent)
    if not browser or SPIDERS.search(user_agent):
        return None
    system, system_version = _first(SYSTEMS, user_agent)
    system = system or "Other"
    mobile = "Mobile" in user_agent
    return Agent(browser, browser_version, system, system_version, "mobile" if mobile else "desktop")


def protocol_version(user_agent: str) -> int:
    """The protocol version that a user agent asks for: 1 if it is marked so, or else 2, as the real server uses."""
    return 1 if PROTOCOL.search(user_agent) else 2


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> tuple[str, str]:
    for name, pattern in patterns:
        if found := re.search(pattern, text):
            return name, found[1].replace("_", ".")
    return "", ""
