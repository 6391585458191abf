"""Addresses of style sheets and fonts as the server's asset store has them, undone."""

import re
from urllib.parse import unquote, unquote_plus, urlsplit

# The whole address in one step of the path, `!` for `%`, and the day of the month behind it.
STORED = re.compile(r"(?P<address>[^/]+)\.\d{1,2}")


def original_address(address: str) -> str:
    """The address that the page had; any address that is not of the asset store is returned as it is."""
    step = STORED.fullmatch(address.rpartition("/")[2])
    if step is None:
        return address
    original = unquote_plus(unquote(step["address"]).replace("!", "%"))
    return original if urlsplit(original).scheme in {"http", "https"} else address
