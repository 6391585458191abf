"""Where a page is: its path and, in an application with hash routes, the route in its fragment."""

from urllib.parse import urlsplit

HASH_ROUTES = ("/", "!")


def route_of(url: str) -> str:
    """The path of a URL, with its hash route if it has one: `/shop#/cart`; another fragment is left out."""
    parts = urlsplit(url)
    return f"{parts.path}#{parts.fragment}" if parts.fragment.startswith(HASH_ROUTES) else parts.path


def is_at(url: str, expected: str) -> bool:
    """
    Whether a URL is the one that a fixture names; query and fragment count where the fixture has them.

    Args:
        url: The whole URL, or a path.
        expected: The path that is expected, e.g. `/shop`, `/shop?page=2` or `/shop#/cart`.

    """
    here, wanted = urlsplit(url), urlsplit(expected)
    return here.path == wanted.path and wanted.query in {"", here.query} and wanted.fragment in {"", here.fragment}
