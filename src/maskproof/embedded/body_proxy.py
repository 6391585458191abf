"""
A forwarding proxy between a browser and every server that it asks over HTTP: keeps what requests carry.

Firefox shows no body of a request to Playwright, so bodies are read where they arrive. The proxy changes nothing of
them, and passes answers on as they come.
"""

import threading
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, hdrs, web
from yarl import URL

from maskproof.embedded.passing import Outgoing, for_the_other_end, new_session, pass_on
from maskproof.machine.server_thread import ServerThread, listen, runner_of

ARRIVAL_S = 2.0
# The client sets it by itself. The host stays: it is the one that the page asked.
OF_LENGTH = frozenset({"content-length"})


@dataclass(frozen=True, slots=True)
class _Kept:
    method: str
    url: str
    body: bytes


class BodyProxy:
    """One running proxy, in a thread of its own, for a browser that drives one journey at a time."""

    def __init__(self) -> None:
        self._thread = ServerThread("body-proxy", "The proxy that reads bodies")
        self._runner: web.AppRunner | None = None
        self._session: ClientSession | None = None
        self._arrived = threading.Condition()
        self._kept: list[_Kept] = []
        self._user_agent = ""

    def start(self) -> int:
        """
        Listen on a free port of loopback.

        Returns:
            The port.

        Raises:
            Inconclusive: It does not come up within 10 s.

        """
        return self._thread.start(self._start())

    def stop(self) -> None:
        """Stop listening and end the thread."""
        self._thread.stop(self._stop())

    def begin(self, user_agent: str) -> None:
        """Forget the journey before; the next one has this user agent."""
        with self._arrived:
            self._kept.clear()
            self._user_agent = user_agent

    def claim(self, method: str, url: str) -> bytes | None:
        """
        The body of the first such request of this journey that nobody has claimed; None if none arrives.

        Args:
            method: The request's method.
            url: Its URL, without a fragment.

        """
        with self._arrived:
            if not self._arrived.wait_for(lambda: self._first(method, url) is not None, ARRIVAL_S):
                return None
            found = self._first(method, url)
            return None if found is None else self._kept.pop(found).body

    def _first(self, method: str, url: str) -> int | None:
        return next((at for at, kept in enumerate(self._kept) if (kept.method, kept.url) == (method, url)), None)

    async def _start(self) -> int:
        self._session = new_session()
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._forward)
        self._runner = runner_of(application, inflates=False)
        return await listen(self._runner)

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _forward(self, request: web.Request) -> web.StreamResponse:
        url = URL(request.raw_path, encoded=True)  # a browser names a page whole, so that its server is known
        if self._session is None or not url.absolute:
            raise web.HTTPBadRequest(text="This is a proxy.\n")
        body = await request.content.read()  # without the limit of `request.read`
        headers = tuple(
            (name, self._turned(name, value)) for name, value in for_the_other_end(request.headers, without=OF_LENGTH)
        )
        with self._arrived:
            self._kept.append(_Kept(request.method, request.raw_path, body))
            self._arrived.notify_all()
        try:
            return await pass_on(self._session, request, Outgoing(request.method, url, headers, body))
        except (ClientError, TimeoutError):
            if request.transport is not None:
                request.transport.abort()  # as if the server had been asked without a proxy
            return web.Response()

    def _turned(self, name: str, value: str) -> str:
        """The value of a header; Firefox gives workers its own user agent, whatever that of their page is."""
        is_own = name.lower() == hdrs.USER_AGENT.lower() and self._user_agent.startswith(value)
        return self._user_agent if is_own else value
