"""The API behind a log-in: the Python services under `/api`, the Go services under `/v2/api` (5.2)."""

import json
from typing import Any

from aiohttp import web

from maskproof.openreplay.collector.auth import go_guard, python_guard
from maskproof.openreplay.collector.model import FULL_RATE, EmbeddedProject, JsonObject, Session
from maskproof.openreplay.collector.records import (
    GDPR,
    account_record,
    project_record,
    replay_record,
    session_record,
)
from maskproof.openreplay.collector.search import BadSearch, search
from maskproof.openreplay.collector.sessions import Sessions
from maskproof.openreplay.collector.sink import DEVTOOLS_FILE, DOM_END, DOM_START
from maskproof.openreplay.collector.storage import BUCKET
from maskproof.openreplay.collector.tokens import JwtIssuer

OBJECT = "application/octet-stream"
GO = "/v2/api/{project}"


class Api:
    """
    Answers requests with a log-in.

    Args:
        project: The only project.
        sessions: The recorded sessions.

    """

    def __init__(self, project: EmbeddedProject, sessions: Sessions) -> None:
        self._project = project
        self._sessions = sessions
        self._issuer = JwtIssuer()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Register the endpoints."""
        router.add_post("/api/login", self.login)
        python = {
            ("GET", "/api/account"): self.account,
            ("GET", "/api/projects"): self.projects,
            ("GET", "/api/projects/{project}"): self.project,
            ("GET", "/api/{project}/sample_rate"): self.sample_rate,
            ("POST", "/api/{project}/sample_rate"): self.set_sample_rate,
            ("GET", "/api/{project}/gdpr"): self.gdpr,
            ("GET", "/api/{project}/metadata"): self.metadata,
        }
        for (method, path), handler in python.items():
            router.add_route(method, path, python_guard(self._issuer, handler))
        go = {
            ("POST", f"{GO}/sessions/search"): self.search,
            ("POST", f"{GO}/sessions/search/ids"): self.search_ids,
            ("GET", GO + "/sessions/{session}/replay"): self.replay,
            ("GET", GO + "/sessions/{session}/first-mob"): self.first_mob,
            ("GET", GO + "/sessions/{session}/events"): self.events,
            ("GET", GO + "/unprocessed/{session}/{file}"): self.unprocessed,
            ("GET", f"{GO}/conditions"): self.conditions,
        }
        for (method, path), handler in go.items():
            router.add_route(method, path, go_guard(self._issuer, handler))
        router.add_get(f"/{BUCKET}/{{session}}/{{file}}", self.download)

    async def login(self, request: web.Request) -> web.Response:
        """Issue a token, which ends the previous one."""
        body = await _json(request)
        if not isinstance(body, dict) or not {"email", "password"} <= body.keys():
            return web.json_response({"detail": [{"type": "missing", "loc": ["body"]}]}, status=422)
        if body["email"] != self._project.user or body["password"] != self._project.password:
            return web.json_response({"errors": ["You've entered invalid Email or Password."]}, status=401)
        account = account_record(self._project)
        names = ("email", "userId", "tenantId", "role", "name", "superAdmin", "admin", "member", "smtp")
        user = {name: account[name] for name in names}
        token = self._issuer.issue()
        return web.json_response({"jwt": token, "spotJwt": "", "data": {"scopeState": 2, "user": user}})

    async def account(self, _request: web.Request) -> web.Response:
        """The account that is logged in."""
        return _data(account_record(self._project))

    async def projects(self, _request: web.Request) -> web.Response:
        """The list of projects."""
        return _data([project_record(self._project, recorded=bool(self._sessions.stored()))])

    async def project(self, request: web.Request) -> web.Response:
        """One project."""
        if not self._is_ours(request):
            return _python_missing()
        names = ("projectId", "projectKey", "name", "saveRequestPayloads", "platform", "gdpr")
        record = project_record(self._project, recorded=True)
        last = max((session.started_ms for session in self._sessions.stored()), default=None)
        return _data({name: record[name] for name in names} | {"lastRecordedSessionAt": last})

    async def sample_rate(self, request: web.Request) -> web.Response:
        """The capture rate of the project."""
        if not self._is_ours(request):
            return _python_missing()
        return _data({"rate": self._project.rate, "captureAll": self._project.capture_all})

    async def set_sample_rate(self, request: web.Request) -> web.Response:
        """Change the capture rate."""
        body = await _json(request)
        rate = body.get("rate") if isinstance(body, dict) else None
        if not isinstance(rate, int) or not 0 <= rate <= FULL_RATE:
            return web.json_response({"detail": [{"type": "int", "loc": ["body", "rate"]}]}, status=422)
        self._project.rate = rate
        self._project.capture_all = bool(body.get("captureAll", False))
        return await self.sample_rate(request)

    async def gdpr(self, _request: web.Request) -> web.Response:
        """Masking settings without effect: neither server nor tracker reads them."""
        return _data(GDPR | {"projectId": self._project.project_id})

    async def metadata(self, _request: web.Request) -> web.Response:
        """The metadata keys that sessions have used."""
        keys = {key for session in self._sessions.stored() for key in self._sessions.database(session).metadata}
        return _data([{"key": key, "index": index} for index, key in enumerate(sorted(keys), 1)])

    async def conditions(self, _request: web.Request) -> web.Response:
        """Conditional recording, which the open source server does not have."""
        return _data({"rate": self._project.rate, "conditionalCapture": False})

    async def search(self, request: web.Request) -> web.Response:
        """Search stored sessions."""
        if not self._is_ours(request):
            return _error(400, "wrong project id")
        try:
            return _data(search(await _json(request), self._records()))
        except BadSearch as error:
            return _error(400, str(error))

    async def search_ids(self, request: web.Request) -> web.Response:
        """Search stored sessions; answers their ids only."""
        try:
            found = search(await _json(request), self._records())
        except BadSearch as error:
            return _error(400, str(error))
        return _data({"total": found["total"], "sessions": [record["sessionId"] for record in found["sessions"]]})

    async def replay(self, request: web.Request) -> web.Response:
        """A session with the URLs of its files, whether or not the files exist yet."""
        session = self._session(request)
        if session is None:
            return _data({})
        live = not self._sessions.ask(session)
        dom = [self._url(request, session, name) for name in (DOM_START, DOM_END)]
        devtools = [self._url(request, session, DEVTOOLS_FILE)]
        database = self._sessions.database(session)
        return _data(replay_record(session, database, dom=dom, devtools=devtools, live=live))

    async def first_mob(self, request: web.Request) -> web.Response:
        """The URL of the first file."""
        session = self._session(request)
        if session is None:
            return _error(400, "wrong session id")
        return _data({"domURL": [self._url(request, session, DOM_START)], "fileKey": None})

    async def events(self, request: web.Request) -> web.Response:
        """The events of a session."""
        session = self._session(request)
        if session is None:
            return _error(400, "wrong session id")
        database = self._sessions.database(session)
        return _data(
            {
                "events": database.events,
                "userEvents": database.custom,
                "issues": database.issues,
                "incidents": database.incidents,
                "errors": database.errors,
            }
        )

    async def unprocessed(self, request: web.Request) -> web.Response:
        """A local file that is not in the object store yet; `?end` requests the late part."""
        session = self._session(request)
        names = {"dom.mob": DOM_END if "end" in request.query else DOM_START, "devtools.mob": DEVTOOLS_FILE}
        name = names.get(request.match_info["file"])
        if session is not None and name is not None:
            self._sessions.write(session)
            file = self._sessions.sink.file(session, name)
            if file.is_file():
                return web.Response(body=file.read_bytes(), content_type=OBJECT)
        return web.json_response({"errors": ["Recording not found"]})

    async def download(self, request: web.Request) -> web.Response:
        """An object by its pre-signed URL."""
        session, name = request.match_info["session"], request.match_info["file"]
        expires, signature = request.query.get("Expires", ""), request.query.get("Signature", "")
        if not expires.isdecimal() or not self._sessions.storage.accepts(session, name, expires, signature):
            return web.Response(
                status=403, text="<Error><Code>AccessDenied</Code></Error>", content_type="application/xml"
            )
        body = self._sessions.storage.get(session, name)
        if body is None:
            return web.Response(
                status=404, text="<Error><Code>NoSuchKey</Code></Error>", content_type="application/xml"
            )
        return web.Response(body=body, content_type=OBJECT)

    def _records(self) -> list[JsonObject]:
        return [session_record(session, self._sessions.database(session)) for session in self._sessions.stored()]

    def _is_ours(self, request: web.Request) -> bool:
        return request.match_info["project"] == str(self._project.project_id)

    def _session(self, request: web.Request) -> Session | None:
        return self._sessions.find(request.match_info["session"]) if self._is_ours(request) else None

    def _url(self, request: web.Request, session: Session, name: str) -> str:
        return f"{request.scheme}://{request.host}{self._sessions.storage.sign(session.key, name)}"


async def _json(request: web.Request) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(await request.read())
    except ValueError:
        return None


def _data(value: object) -> web.Response:
    return web.json_response({"data": value})


def _error(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)


def _python_missing() -> web.Response:
    return web.json_response({"errors": ["project not found."]}, status=404)
