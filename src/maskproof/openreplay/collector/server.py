"""Runs the collector: one aiohttp server on loopback, in a thread with its own event loop."""

from pathlib import Path

from aiohttp import web

from maskproof.clock import now_ms
from maskproof.machine.server_thread import ServerThread, listen, runner_of
from maskproof.machine.waiting import LOOPBACK
from maskproof.openreplay.collector.accounts import AccountsApi
from maskproof.openreplay.collector.answers import unknown_path, without_type_of_nothing
from maskproof.openreplay.collector.api import Api
from maskproof.openreplay.collector.auth import Handler
from maskproof.openreplay.collector.ingest import CORS, IMAGES_LIMIT, Ingest
from maskproof.openreplay.collector.model import CollectorAddresses, EmbeddedProject, Faults
from maskproof.openreplay.collector.public import PublicApi
from maskproof.openreplay.collector.sessions import Sessions
from maskproof.openreplay.collector.tokens import JwtIssuer
from maskproof.openreplay.collector.wire import WireLog


class Collector:
    """
    Takes the place of OpenReplay in the embedded target.

    Args:
        work_dir: Folder for `wire/`, `mobs/`, `sink/` (local files) and `unknown.jsonl`.
        faults: Faults to cause on purpose.
        session_idle_s: Seconds without an upload after which a session is stored.

    """

    def __init__(self, work_dir: Path, *, faults: Faults | None = None, session_idle_s: float = 0.5) -> None:
        self._project = EmbeddedProject(created_ms=now_ms())
        self._sessions = Sessions(work_dir, idle_s=session_idle_s)
        self._wire = WireLog(work_dir)
        self._ingest = Ingest(self._project, self._sessions, self._wire, faults or Faults())
        self._thread = ServerThread("openreplay-collector", "The OpenReplay collector")
        self._runner: web.AppRunner | None = None

    def start(self) -> CollectorAddresses:
        """
        Listen on a free port of loopback.

        Raises:
            Inconclusive: The server does not start within 10 s.

        """
        port = self._thread.start(self._start())
        return CollectorAddresses(
            ingest=f"http://{LOOPBACK}:{port}/ingest",
            api=f"http://{LOOPBACK}:{port}",
            project_id=self._project.project_id,
            project_key=self._project.project_key,
            user=self._project.user,
            password=self._project.password,
            api_key=self._project.api_key,
        )

    def stop(self) -> None:
        """Store pending uploads, stop listening and end the thread."""
        self._thread.stop(self._stop())

    @property
    def unknown_requests(self) -> tuple[str, ...]:
        """Method and path of every request to an unknown endpoint."""
        return tuple(self._wire.unknown)

    async def _start(self) -> int:
        application = web.Application(client_max_size=IMAGES_LIMIT, middlewares=[self._with_cors, self._note_unknown])
        self._ingest.add_routes(application.router)
        issuer = JwtIssuer()
        AccountsApi(self._project, self._sessions, issuer).add_routes(application.router)
        Api(self._project, self._sessions, issuer).add_routes(application.router)
        PublicApi(self._project, self._sessions).add_routes(application.router)
        application.on_response_prepare.append(without_type_of_nothing)
        # The collector inflates bodies itself, with the limits of the real server.
        self._runner = runner_of(application, inflates=False)
        return await listen(self._runner)

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        self._sessions.close()

    @web.middleware
    async def _with_cors(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = await handler(request)
        if request.path.startswith("/ingest/"):
            answer.headers.update(CORS)
        return answer

    @web.middleware
    async def _note_unknown(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        unknown = request.match_info.http_exception
        if unknown is None:
            return await handler(request)
        self._wire.keep_unknown(request, await request.read())
        methods = unknown.allowed_methods if isinstance(unknown, web.HTTPMethodNotAllowed) else ()
        return unknown_path(request.path, methods)
