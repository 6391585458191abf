"""
Rewrites addresses and styles as the server's sink does for its asset store (4.1, recorded sessions of a real server).

Relative addresses are resolved with the page's. Style sheets and fonts point at the store: the whole address is
percent-encoded, with `!` for `%`, and ends in the day of the month.
"""

import re
from urllib.parse import quote_plus, urljoin, urlsplit

STORE = "http://127.0.0.1/sessions-assets"
KEPT_IN_THE_STORE = (".css", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ashx")
ADDRESS = re.compile(r"""url\((?P<url>"[^"]*"|'[^']*'|[^)]*)\)|@import "(?P<sheet>[^"]*)\"""")
# A replayed page has neither a pointer nor a focus of its own; the player sets these classes.
STATES = {":hover": ".-openreplay-hover", ":focus": ".-openreplay-focus"}


def stored_address(address: str, base: str, day: int) -> str:
    """
    An address as it is stored.

    Args:
        address: The address, as the page has it.
        base: URL of the page.
        day: Day of the month, which ends addresses in the store.

    """
    if not address or address.startswith("#"):
        return address
    try:
        whole = urljoin(base, address.strip())
        parts = urlsplit(whole)
    except ValueError:
        return address
    if parts.scheme not in {"http", "https"} or not parts.path.endswith(KEPT_IN_THE_STORE):
        return whole
    encoded = quote_plus(whole).replace("%", "!").replace("!", "%21")
    return f"{STORE}/{encoded}.{day}"


def stored_style(style: str, base: str, day: int) -> str:
    """
    A style as it is stored, with its addresses rewritten.

    Args:
        style: A style sheet, a rule, or the value of a `style` attribute.
        base: URL of the page.
        day: Day of the month.

    """

    def rewritten(found: re.Match[str]) -> str:
        name = "url" if found["url"] is not None else "sheet"
        text = found[name]
        quote = text[0] if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0] else ""
        address = text[1:-1] if quote else text.strip()
        whole, start = found[0], found.start()
        before, after = whole[: found.start(name) - start], whole[found.end(name) - start :]
        return f"{before}{quote}{stored_address(address, base, day)}{quote}{after}"

    style = ADDRESS.sub(rewritten, style)
    for state, name in STATES.items():
        style = style.replace(state, name)
    return style
