"""Reads files of the application that was recorded: the style sheets that a page links to, scripts and documents."""

from urllib.parse import unquote

from maskproof.errors import Inconclusive
from maskproof.http import ApiClient
from maskproof.openreplay.stored_addresses import original_address

DEADLINE_S = 5.0


class AppFiles:
    """
    The texts of files as everybody gets them, without a log-in; those of other hosts are not asked for.

    Args:
        base_url: Base URL of the application.

    """

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")
        self._client = ApiClient(base_url, name="application", retries=0, timeout_s=DEADLINE_S, deadline_s=DEADLINE_S)
        self.known: dict[str, str] = {}
        self.missing: set[str] = set()

    def text_of(self, address: str) -> str:
        """The text of a file; empty if the application does not give it."""
        if address not in self.known:
            self.known[address] = self._read(address)
        return self.known[address]

    def _read(self, address: str) -> str:
        path = unquote(original_address(address)).removeprefix(self._base)
        if path.startswith("/"):
            try:
                return self._client.request("GET", path).text
            except Inconclusive:
                pass
        self.missing.add(address)
        return ""
