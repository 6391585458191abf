"""One event loop in a thread of its own, in which aiohttp's servers listen on loopback beside a run that blocks."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from aiohttp import web

from maskproof.errors import Inconclusive
from maskproof.machine.waiting import LOOPBACK

DEADLINE_S = 10.0
# How long a request may take that is still open when a server is stopped, such as a stream of events.
OPEN_S = 1.0
T = TypeVar("T")


class ServerThread:
    """
    A thread whose event loop runs servers.

    Args:
        name: What the thread is called.
        what: What runs in it, for errors.

    """

    def __init__(self, name: str, what: str) -> None:
        self._what = what
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)

    def start(self, first: Coroutine[Any, Any, T]) -> T:
        """
        Start the thread, and what runs in it.

        Raises:
            Inconclusive: It does not come up within 10 s.

        """
        self._thread.start()
        try:
            return asyncio.run_coroutine_threadsafe(first, self._loop).result(DEADLINE_S)
        except TimeoutError as error:
            raise Inconclusive(f"{self._what} did not start within {DEADLINE_S:.0f} s.") from error

    def stop(self, last: Coroutine[Any, Any, None]) -> None:
        """Run what ends the servers, and end the thread; nothing if it was never started."""
        if not self._thread.is_alive():
            last.close()
            return
        try:
            asyncio.run_coroutine_threadsafe(last, self._loop).result(DEADLINE_S)
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(DEADLINE_S)
            self._loop.close()


def runner_of(application: web.Application, *, inflates: bool = True) -> web.AppRunner:
    """
    What serves an application: nothing is logged, and a request that never ends keeps no run from ending.

    Args:
        application: The application.
        inflates: Whether bodies are unpacked before the application reads them.

    """
    return web.AppRunner(application, access_log=None, auto_decompress=inflates, shutdown_timeout=OPEN_S)


async def listen(runner: web.AppRunner, port: int = 0) -> int:
    """
    Let a server listen on loopback, and on nothing else.

    Args:
        runner: The server.
        port: Its port; 0 for a free one.

    Returns:
        The port.

    Raises:
        OSError: The port is taken.

    """
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port).start()
    chosen: int = runner.addresses[0][1]
    return chosen
