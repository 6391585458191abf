"""Answers the tracker: `/ingest/v1/web/start`, `i`, `tags`, `images` and its other endpoints (1.1)."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from maskproof.openreplay.collector.answers import json_answer
from maskproof.openreplay.collector.bodies import Refused, inflated, split_of
from maskproof.openreplay.collector.canvases import frames_of
from maskproof.openreplay.collector.model import BEACON_SIZE_LIMIT, EmbeddedProject, Faults, Session, Upload
from maskproof.openreplay.collector.sessions import Sessions
from maskproof.openreplay.collector.starts import Starts
from maskproof.openreplay.collector.tokens import Tokenizer
from maskproof.openreplay.collector.wire import KeptRequest, WireLog

BASE = "/ingest/v1/web"
IMAGES_LIMIT = 32 << 20
OK, UNAUTHORIZED, TOO_LARGE, UNAVAILABLE = 200, 401, 413, 503
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, Authorization, Content-Encoding, DataType",
    "Access-Control-Max-Age": "86400",
}


@dataclass(slots=True)
class _ReceivedUpload:
    """The state of one upload while it is handled."""

    session: Session
    body: bytes
    wire_size: int
    status: int = OK
    duplicate: bool = False
    error: str = ""


class Ingest:
    """
    Answers the tracker.

    Args:
        project: The project whose key is accepted.
        sessions: Receives the uploads.
        wire: Keeps every request.
        faults: Faults to cause on purpose.

    """

    def __init__(self, project: EmbeddedProject, sessions: Sessions, wire: WireLog, faults: Faults) -> None:
        self._sessions = sessions
        self._wire = wire
        self._faults = faults
        self._tokenizer = Tokenizer()
        self._starts = Starts(project, sessions, self._tokenizer)
        self._uploads = 0

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Register the endpoints."""
        router.add_post(f"{BASE}/start", self.start)
        router.add_post(f"{BASE}/i", self.upload)
        router.add_get(f"{BASE}/tags", self.tags)
        router.add_post(f"{BASE}/images", self.images)
        router.add_get(BASE + "/conditions/{project}", self.conditions)
        router.add_post(f"{BASE}/feature-flags", self.feature_flags)
        router.add_post("/ingest/v1/sdk/i", self.analytics)
        router.add_post("/ingest/v1/sdk/start", self.analytics_start)
        router.add_get("/ingest/", self.root)
        router.add_route("OPTIONS", "/ingest/{rest:.*}", self.preflight)

    async def root(self, _request: web.Request) -> web.Response:
        """Say that the ingest is there, with an empty answer."""
        return web.Response()

    async def preflight(self, request: web.Request) -> web.Response:
        """Allow every header that the tracker sends. Without `DataType` the tracker stops silently (1.4)."""
        self._wire.keep_asked(request)
        return web.Response()

    async def start(self, request: web.Request) -> web.Response:
        """Begin a session, or continue the one whose token is sent (1.2, 1.3)."""
        body = await request.read()
        try:
            self._refuse_if_blocked()
            session, answer = self._starts.start(body, request.headers.get("User-Agent", ""))
        except Refused as refused:
            self._keep_refused(request, "start", refused, body)
            return refused.answer()
        self._wire.keep(session.key, KeptRequest(request, "start", OK, body, len(body)))
        return json_answer(answer)

    async def upload(self, request: web.Request) -> web.Response:
        """Receive a batch. A repeated batch is kept on the wire and not stored twice (1.5)."""
        raw = await request.read()
        try:
            self._refuse_if_blocked()
            session, expired = self._authorised(request)
            received = self._receive(request, session, raw, expired=expired)
        except Refused as refused:
            self._keep_refused(request, "i", refused, raw)
            return refused.answer()
        return web.Response(status=received.status)

    def _receive(self, request: web.Request, session: Session, raw: bytes, *, expired: bool) -> _ReceivedUpload:
        if len(raw) > BEACON_SIZE_LIMIT:
            raise Refused(TOO_LARGE, "http: request body too large")
        body = inflated(request, raw)
        split = split_of(request, body)
        received = _ReceivedUpload(session, body, len(raw), UNAUTHORIZED if expired else OK)
        self._apply_faults(received)
        if not received.error:
            received.duplicate = self._sessions.is_duplicate(session, request.query.get("batch", ""), received.body)
        kept = KeptRequest(
            request, "i", received.status, received.body, received.wire_size, received.duplicate, received.error
        )
        file = self._wire.keep(session.key, kept)
        if file and received.body and not received.duplicate and not received.error:
            self._sessions.receive(session, Upload(file, request.headers.get("DataType", "player"), split))
        return received

    def _apply_faults(self, received: _ReceivedUpload) -> None:
        self._uploads += 1
        if self._uploads <= self._faults.drop_batches:
            received.error = "dropped on purpose"
        if self._uploads <= self._faults.lose_answers:
            received.status = UNAVAILABLE

    def _refuse_if_blocked(self) -> None:
        if self._faults.block_ingest:
            raise Refused(UNAVAILABLE, "ingest is blocked on purpose")

    def _authorised(self, request: web.Request) -> tuple[Session, bool]:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            raise Refused(UNAUTHORIZED, "missing token")
        token = self._tokenizer.parse(text)
        session = self._sessions.find(str(token.session_id)) if token else None
        if token is None or session is None or token.long_expired:
            raise Refused(UNAUTHORIZED, "wrong token sign" if token is None else "token expired")
        return session, token.expired

    def _keep_refused(self, request: web.Request, endpoint: str, refused: Refused, body: bytes) -> None:
        kept = KeptRequest(request, endpoint, refused.status, body or None, len(body), error=refused.reason)
        self._wire.keep("", kept)

    async def tags(self, request: web.Request) -> web.Response:
        """Answer that no elements are watched."""
        return await self._simple(request, "tags", {"tags": []})

    async def images(self, request: web.Request) -> web.Response:
        """Keep canvas frames as they are sent, and store them."""

        def store(session: Session, body: bytes) -> None:
            self._sessions.receive_frames(session, frames_of(request.headers.get("Content-Type", ""), body))

        return await self._simple(request, "images", None, store)

    async def analytics(self, request: web.Request) -> web.Response:
        """Keep the events of the analytics interface as they are sent."""
        return await self._simple(request, "sdk-i", None)

    async def analytics_start(self, request: web.Request) -> web.Response:
        """Refuse to begin a session of the analytics interface alone, as the open source server does."""
        refused = Refused(500, "can't save a session info")
        self._keep_refused(request, "sdk-start", refused, await request.read())
        return refused.answer()

    async def conditions(self, request: web.Request) -> web.Response:
        """Answer that there are no conditions. The open source server drops the connection here (5.2)."""
        return await self._simple(request, "conditions", {"conditions": []})

    async def feature_flags(self, request: web.Request) -> web.Response:
        """Answer that there are no feature flags, as the real server's mock does (1.1); it asks for no token."""
        body = await request.read()
        session = self._session_of(request)
        self._wire.keep(session, KeptRequest(request, "feature-flags", OK, body or None, len(body)))
        return json_answer({"flags": []})

    def _session_of(self, request: web.Request) -> str:
        """The session whose token a request has; empty if it has none."""
        try:
            return self._authorised(request)[0].key
        except Refused:
            return ""

    async def _simple(
        self,
        request: web.Request,
        endpoint: str,
        answer: object,
        store: Callable[[Session, bytes], None] = lambda _session, _body: None,
    ) -> web.Response:
        raw = await request.read()
        try:
            session, _ = self._authorised(request)
            body = inflated(request, raw) if raw else raw
        except Refused as refused:
            self._keep_refused(request, endpoint, refused, raw)
            return refused.answer()
        self._wire.keep(session.key, KeptRequest(request, endpoint, OK, body or None, len(raw)))
        store(session, body)
        return web.Response() if answer is None else json_answer(answer)
