"""
A stand-in for a real OpenReplay: the embedded collector behind a proxy with a real server's delays and limits.

A real server takes 10 requests a second from an account and then answers 429, in plain text and without
`Retry-After`. Its files are there minutes after the last upload, one after the other, the late part last; events come
later still. `live` is false from the first second, and now and then a service answers 5xx. Delays are short here, in
the same order.
"""

import asyncio
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from aiohttp import ClientSession, web

from maskproof.embedded.target import EmbeddedStack
from maskproof.machine.waiting import LOOPBACK
from maskproof.openreplay.collector import CollectorAddresses

RATE, BURST = 10.0, 30.0
NO_SUCH_KEY = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code></Error>'
HOP_BY_HOP = {"connection", "content-length", "date", "host", "server", "transfer-encoding"}
START_DEADLINE_S = 10.0
BODY_LIMIT = 64 << 20


@dataclass(frozen=True)
class Manners:
    """
    How slow the server is, in seconds since the last upload of a session, and how often it fails.

    `files` are the parts of a session in the order in which they appear. One of `failing` requests is answered with
    503.
    """

    stored_s: float = 15.0
    files: Mapping[str, float] = field(default_factory=lambda: {"dom.mobs": 0.0, "devtools.mob": 5.5, "dom.mobe": 6.5})
    events_s: float = 3.0
    failing: int = 23


@dataclass
class Bucket:
    """What an account may still ask: it fills by the second."""

    left: float = BURST
    filled_s: float = field(default_factory=time.monotonic)

    def take(self) -> bool:
        """Whether one more request is allowed."""
        now = time.monotonic()
        self.left = min(BURST, self.left + (now - self.filled_s) * RATE)
        self.filled_s = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class SlowServer:
    """
    The proxy; `answered` counts the statuses of its API, and `early` the files that were asked for too early.

    Args:
        collector: Where requests go.
        manners: How slow it is.

    """

    def __init__(self, collector: CollectorAddresses, manners: Manners) -> None:
        self._collector = collector
        self._manners = manners
        self._buckets: dict[str, Bucket] = {}
        self._uploaded_s: dict[str, float] = {}
        self._asked = 0
        self.answered: Counter[int] = Counter()
        self.early: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner: web.AppRunner | None = None
        self._client: ClientSession | None = None

    def start(self) -> CollectorAddresses:
        """The collector's addresses, with the proxy in front."""
        self._thread.start()
        port = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(START_DEADLINE_S)
        root = f"http://{LOOPBACK}:{port}"
        return replace(self._collector, ingest=f"{root}/ingest", api=root)

    def stop(self) -> None:
        """Stop listening."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(START_DEADLINE_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_DEADLINE_S)

    async def _start(self) -> int:
        self._client = ClientSession(auto_decompress=False)
        application = web.Application(client_max_size=BODY_LIMIT)
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, auto_decompress=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, 0).start()
        port: int = self._runner.addresses[0][1]
        return port

    async def _stop(self) -> None:
        if self._runner and self._client:
            await self._runner.cleanup()
            await self._client.close()

    async def _handle(self, request: web.Request) -> web.Response:
        if request.path.startswith("/ingest/"):
            return await self._uploaded(request)
        answer = await (self._file(request) if request.path.startswith("/mobs/") else self._api(request))
        self.answered[answer.status] += 1
        return answer

    async def _uploaded(self, request: web.Request) -> web.Response:
        """An upload makes its session wait again; the token begins with the session's id."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").partition(".")[0]
        if token:
            self._uploaded_s[str(int(token, 36))] = time.monotonic()
        return await self._forwarded(request)

    async def _file(self, request: web.Request) -> web.Response:
        _, _, session, name = request.path.split("/")
        if self._age_s(session) < self._manners.stored_s + self._manners.files[name]:
            self.early[name] += 1
            return web.Response(status=404, text=NO_SUCH_KEY, content_type="application/xml")
        return self._failed() or await self._forwarded(request)

    async def _api(self, request: web.Request) -> web.Response:
        if request.path.startswith("/v2/") and not self._bucket(request).take():
            return web.Response(status=429, text="Too Many Requests\n")
        failed = self._failed() if request.path.startswith("/v2/") else None
        answer = failed or await self._forwarded(request)
        parts = request.path.split("/")
        if answer.status != 200 or parts[-2:-1] == ["public"] or len(parts) < 7:
            return answer
        if parts[-1] == "replay":
            return self._said(answer, {"live": False})
        early = self._age_s(parts[5]) < self._manners.stored_s + self._manners.events_s
        return self._said(answer, {"events": [], "userEvents": []}) if parts[-1] == "events" and early else answer

    def _bucket(self, request: web.Request) -> Bucket:
        return self._buckets.setdefault(request.headers.get("Authorization", ""), Bucket())

    def _age_s(self, session: str) -> float:
        return time.monotonic() - self._uploaded_s.get(session, time.monotonic())

    def _failed(self) -> web.Response | None:
        self._asked += 1
        return None if self._asked % self._manners.failing else web.Response(status=503, text="<html>")

    def _said(self, answer: web.Response, changes: Mapping[str, object]) -> web.Response:
        """An answer with other values where it has those names."""
        body = json.loads(bytes(answer.body or b""))  # type: ignore[arg-type]
        data = body["data"]
        body["data"] = data | {name: value for name, value in changes.items() if name in data}
        return web.Response(body=json.dumps(body).encode(), content_type="application/json")

    async def _forwarded(self, request: web.Request) -> web.Response:
        assert self._client is not None
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP - {"host"}}
        target = self._collector.api + request.path_qs
        body = await request.read()
        async with self._client.request(request.method, target, data=body or None, headers=headers) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in HOP_BY_HOP}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)


class SlowStack(EmbeddedStack):
    """The embedded target, whose OpenReplay is the stand-in."""

    manners = Manners()
    server: SlowServer

    def _start_collector(self) -> CollectorAddresses:
        self.server = SlowServer(super()._start_collector(), self.manners)
        self._later(self.server.stop)
        return self.server.start()
