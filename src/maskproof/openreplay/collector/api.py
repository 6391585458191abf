"""The Go services under `/v2/api`: the sessions and their files (5.2)."""

import re
from collections.abc import Callable

from aiohttp import web

from maskproof.openreplay.collector.answers import OBJECT, data, error, json_answer, unknown_path
from maskproof.openreplay.collector.auth import add_guarded, go_guard
from maskproof.openreplay.collector.bodies import json_of
from maskproof.openreplay.collector.model import EmbeddedProject, JsonObject, Session
from maskproof.openreplay.collector.records import NO_EVENTS, event_lists, replay_record, search_record
from maskproof.openreplay.collector.search import BadSearch, search
from maskproof.openreplay.collector.sessions import Sessions
from maskproof.openreplay.collector.sink import DEVTOOLS_FILE, DOM_END, DOM_START
from maskproof.openreplay.collector.storage import BUCKET, PACKED
from maskproof.openreplay.collector.tokens import JwtIssuer

GO = "/v2/api/{project}"
OLD_CANVAS = ".tar.zst"
NUMBER = re.compile(r"-?\d+")
# What an error page of the object store says.
STORE_ERROR = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{0}</Code></Error>'
NO_ASSIST = "the session is not known, and no assist service answers for one that is still going on"


class Api:
    """
    Answers requests with a log-in, and those for stored files.

    Args:
        project: The only project.
        sessions: The recorded sessions.
        issuer: Checks the tokens of log-ins.

    """

    def __init__(self, project: EmbeddedProject, sessions: Sessions, issuer: JwtIssuer) -> None:
        self._project = project
        self._sessions = sessions
        self._issuer = issuer

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Register the endpoints."""
        router.add_get("/v2/api/", self.root)
        routes = {
            ("POST", f"{GO}/sessions/search"): self.search,
            ("POST", f"{GO}/sessions/search/ids"): self.search_ids,
            ("GET", GO + "/sessions/{session}/replay"): self.replay,
            ("GET", GO + "/sessions/{session}/first-mob"): self.first_mob,
            ("GET", GO + "/sessions/{session}/events"): self.events,
            ("GET", GO + "/unprocessed/{session}/{file}"): self.unprocessed,
            ("GET", f"{GO}/conditions"): self.conditions,
        }
        add_guarded(router, routes, go_guard(self._issuer))
        router.add_get(f"/{BUCKET}/{{session}}/{{file}}", self.download)

    async def root(self, _request: web.Request) -> web.Response:
        """Say that the services are there, with an empty answer."""
        return web.Response()

    async def conditions(self, _request: web.Request) -> web.Response:
        """Conditional recording, which the open source server does not have."""
        return data({"rate": self._project.rate, "conditionalCapture": False})

    async def search(self, request: web.Request) -> web.Response:
        """Search stored sessions."""
        return await self._searched(request, lambda found: found)

    async def search_ids(self, request: web.Request) -> web.Response:
        """Search stored sessions; answers their ids only."""
        return await self._searched(
            request, lambda found: [{"sessionId": record["sessionId"]} for record in found["sessions"]]
        )

    async def _searched(self, request: web.Request, shown: Callable[[JsonObject], object]) -> web.Response:
        project = request.match_info["project"]
        if not NUMBER.fullmatch(project):
            return error(400, f'invalid path param projectId: strconv.Atoi: parsing "{project}": invalid syntax')
        stored = self._sessions.stored() if self._is_ours(request) else ()
        records = [search_record(session, self._sessions.database(session)) for session in stored]
        try:
            return data(shown(search(await json_of(request), records)))
        except BadSearch as reason:
            return error(400, str(reason))

    async def replay(self, request: web.Request) -> web.Response:
        """A session with the URLs of its files, whether or not the files exist yet."""
        session = self._session(request)
        if session is None:
            is_number = NUMBER.fullmatch(request.match_info["session"])
            return error(500, NO_ASSIST) if is_number else error(400, "wrong session id")
        live = not self._sessions.ask(session)
        self._sessions.write(session)
        names = {
            "domURL": [DOM_START, DOM_END],
            "devtoolsURL": [DEVTOOLS_FILE],
            # The name that older servers gave to a canvas; nothing is there.
            "canvasURL": [name.partition(".")[0] + OLD_CANVAS for name in session.canvases],
            "canvasFrames": [name + PACKED for name in session.canvases],
        }
        urls = {field: [self._url(request, session, name) for name in files] for field, files in names.items()}
        return data(replay_record(session, self._sessions.database(session), urls, live=live))

    async def first_mob(self, request: web.Request) -> web.Response:
        """The URL of the first file."""
        session = self._session(request)
        if session is None:
            # A negative number is none of the database's, which is an error of the service.
            return error(500 if request.match_info["session"].startswith("-") else 400, "wrong session id")
        return data({"domURL": [self._url(request, session, DOM_START)], "fileKey": None})

    async def events(self, request: web.Request) -> web.Response:
        """The events of a session; empty lists for one that is not known, or not stored yet."""
        session = self._session(request)
        if session is None or not session.stored:
            text = request.match_info["session"]
            known = NUMBER.fullmatch(text)
            return data(NO_EVENTS) if known else error(400, f'strconv.Atoi: parsing "{text}": invalid syntax')
        return data(event_lists(self._sessions.database(session)))

    async def unprocessed(self, request: web.Request) -> web.Response:
        """A local file of a session, before the object store has it and for a while after; `?end` is the late part."""
        kinds = {"dom.mob": ("Replay", DOM_END if "end" in request.query else DOM_START)}
        kinds["devtools.mob"] = ("Devtools", DEVTOOLS_FILE)
        if request.match_info["file"] not in kinds:
            return unknown_path(request.path)
        kind, name = kinds[request.match_info["file"]]
        session = self._session(request)
        if session is not None:
            self._sessions.write(session)
            file = self._sessions.sink.file(session, name)
            if file.is_file():
                shown = f"{session.key}{'devtools' if name == DEVTOOLS_FILE else name[-1]}"
                headers = {"Content-Disposition": f'attachment; filename="{shown}"'}
                return web.Response(body=file.read_bytes(), content_type=OBJECT, headers=headers)
        return json_answer({"errors": [f"{kind} file not found"]})

    async def download(self, request: web.Request) -> web.Response:
        """An object by its pre-signed URL."""
        session, name = request.match_info["session"], request.match_info["file"]
        expires, signature = request.query.get("Expires", ""), request.query.get("Signature", "")
        if not expires.isdecimal() or not self._sessions.storage.accepts(session, name, expires, signature):
            code = "SignatureDoesNotMatch" if request.query else "AccessDenied"
            return web.Response(status=403, body=STORE_ERROR.format(code).encode(), content_type="application/xml")
        body = self._sessions.storage.get(session, name)
        if body is None:
            body = STORE_ERROR.format("NoSuchKey").encode()
            return web.Response(status=404, body=body, content_type="application/xml")
        return web.Response(body=body, content_type=OBJECT)

    def _is_ours(self, request: web.Request) -> bool:
        return request.match_info["project"] == str(self._project.project_id)

    def _session(self, request: web.Request) -> Session | None:
        return self._sessions.find(request.match_info["session"]) if self._is_ours(request) else None

    def _url(self, request: web.Request, session: Session, name: str) -> str:
        return f"{request.scheme}://{request.host}{self._sessions.storage.sign(session.key, name)}"
