"""
Bodies of requests as a server received them, for a browser that shows none to Playwright.

Firefox is such a browser: `Request.post_data` is None there, whatever was sent.
"""

from typing import Protocol

from playwright.sync_api import Request


class Receiver(Protocol):
    """What keeps the requests of one journey as they arrive."""

    def claim(self, method: str, url: str) -> bytes | None:
        """
        The body of the first such request that nobody has claimed yet; None if it does not arrive.

        Args:
            method: The request's method.
            url: Its URL, without a fragment.

        """


class ReceivedBodies:
    """
    Reads bodies of one journey's requests; `Trackers.body` is one.

    Requests to one address are distinguished by their order. Each is claimed when it is first asked about: when the
    browser sends it.

    Args:
        receiver: Keeps the requests.

    """

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._known: dict[Request, bytes | None] = {}

    def __call__(self, request: Request) -> bytes | None:
        """The body of a request; None if it did not arrive."""
        if request not in self._known:
            self._known[request] = self._receiver.claim(request.method, request.url.partition("#")[0])
        return self._known[request]
