"""
A forwarding tap in front of Umami: keeps the wire, changes nothing.

It sees what Umami rejects, and what its API never returns. Each `/api/send` is one JSON line in
`wire.jsonl`: time, user agent, body as it was sent, status and answer.
"""

from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, web

from maskproof.clock import now_ms
from maskproof.kept_requests import append, headers_of, keep_whole
from maskproof.machine.server_thread import ServerThread, listen, runner_of
from maskproof.machine.waiting import LOOPBACK

FORWARD_TIMEOUT_S = 30.0
MAXIMUM_BODY_BYTES = 16 * 1024 * 1024
SEND = "/api/send"
# What a page asks of Umami: its script, and leave to send to it.
KNOWN = frozenset({("GET", "/script.js"), ("HEAD", "/script.js"), ("OPTIONS", SEND), ("OPTIONS", "/script.js")})
HOP_BY_HOP = frozenset(
    {"connection", "content-encoding", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade"}
)


class Tap:
    """
    One running tap, in a thread of its own.

    Args:
        upstream_url: Base URL of Umami itself; empty if it is not known yet.
        folder: Where `wire.jsonl` is written.

    """

    def __init__(self, upstream_url: str, folder: Path) -> None:
        self._upstream = upstream_url.rstrip("/")
        self._wire = folder / "wire.jsonl"
        self._unknown, self._asked = folder / "unknown.jsonl", folder / "asked.jsonl"
        self._thread = ServerThread("umami-tap", "The tap in front of Umami")
        self._runner: web.AppRunner | None = None
        self._session: ClientSession | None = None
        self.url = ""

    def forward_to(self, upstream_url: str) -> None:
        """Forward to this base URL of Umami from now on; until then, requests are answered with 503."""
        self._upstream = upstream_url.rstrip("/")

    def start(self) -> None:
        """
        Listen on a free port of loopback.

        Raises:
            Inconclusive: It does not come up within 10 s.

        """
        self._wire.parent.mkdir(parents=True, exist_ok=True)
        self._thread.start(self._start())

    def stop(self) -> None:
        """Stop listening and end the thread."""
        self._thread.stop(self._stop())

    async def _start(self) -> None:
        self._session = ClientSession(timeout=ClientTimeout(total=FORWARD_TIMEOUT_S))
        application = web.Application(client_max_size=MAXIMUM_BODY_BYTES)
        application.router.add_route("*", "/{path:.*}", self._forward)
        self._runner = runner_of(application)
        self.url = f"http://{LOOPBACK}:{await listen(self._runner)}"

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _forward(self, request: web.Request) -> web.Response:
        if self._session is None or not self._upstream:
            raise web.HTTPServiceUnavailable
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
        url = self._upstream + request.path_qs
        async with self._session.request(
            request.method, url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            answered = await answer.read()
        if request.path == SEND and request.method == "POST":
            self._keep(request, body, answer.status, answered)
        else:
            # Umami's script makes no other request than the known ones, which can carry something, too.
            keep_whole(self._asked if (request.method, request.path) in KNOWN else self._unknown, request, body)
        passed = {name: value for name, value in answer.headers.items() if name.lower() not in HOP_BY_HOP}
        return web.Response(status=answer.status, body=answered, headers=passed)

    def _keep(self, request: web.Request, body: bytes, status: int, answer: bytes) -> None:
        line = {
            "time_ms": now_ms(),
            "user_agent": request.headers.get("User-Agent", ""),
            "query_string": request.query_string,
            "headers": headers_of(request),
            "body": body.decode("utf-8", "surrogateescape"),
            "status": status,
            "answer": answer.decode("utf-8", "replace"),
        }
        append(self._wire, line)
