"""Reads the style sheets that a recorded page links to, from the application that was recorded."""

from urllib.parse import unquote

from maskproof.errors import Inconclusive
from maskproof.http import ApiClient
from maskproof.openreplay.stored_addresses import original_address

DEADLINE_S = 5.0


class LinkedStyles:
    """
    The texts of linked style sheets; those of other hosts are not asked for.

    Args:
        base_url: Base URL of the application.

    """

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")
        self._client = ApiClient(base_url, name="application", retries=0, timeout_s=DEADLINE_S, deadline_s=DEADLINE_S)
        self._known: dict[str, str] = {}
        self.missing: set[str] = set()

    def text_of(self, address: str) -> str:
        """The text of a style sheet; empty if the application does not give it."""
        if address not in self._known:
            self._known[address] = self._read(address)
        return self._known[address]

    def _read(self, address: str) -> str:
        path = unquote(original_address(address)).removeprefix(self._base)
        if path.startswith("/"):
            try:
                return self._client.request("GET", path).text
            except Inconclusive:
                pass
        self.missing.add(address)
        return ""
