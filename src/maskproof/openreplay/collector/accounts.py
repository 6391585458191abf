"""The Python services under `/api`: log-in, account and projects (5.2)."""

from aiohttp import web

from maskproof.openreplay.collector.answers import data, json_answer, python_errors
from maskproof.openreplay.collector.auth import add_guarded, python_guard
from maskproof.openreplay.collector.bodies import json_of
from maskproof.openreplay.collector.model import FULL_RATE, EmbeddedProject
from maskproof.openreplay.collector.records import GDPR, account_record, project_record
from maskproof.openreplay.collector.sessions import Sessions
from maskproof.openreplay.collector.tokens import JwtIssuer


class AccountsApi:
    """
    Answers for the account and the project.

    Args:
        project: The only project.
        sessions: The recorded sessions.
        issuer: Makes the tokens of log-ins.

    """

    def __init__(self, project: EmbeddedProject, sessions: Sessions, issuer: JwtIssuer) -> None:
        self._project = project
        self._sessions = sessions
        self._issuer = issuer

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Register the endpoints."""
        router.add_post("/api/login", self.login)
        routes = {
            ("GET", "/api/account"): self.account,
            ("GET", "/api/projects"): self.projects,
            ("GET", "/api/projects/{project}"): self.project,
            ("GET", "/api/{project}/sample_rate"): self.sample_rate,
            ("POST", "/api/{project}/sample_rate"): self.set_sample_rate,
            ("GET", "/api/{project}/gdpr"): self.gdpr,
            ("GET", "/api/{project}/metadata"): self.metadata,
        }
        add_guarded(router, routes, python_guard(self._issuer))

    async def login(self, request: web.Request) -> web.Response:
        """Issue a token, which ends the previous one."""
        body = await json_of(request)
        if not isinstance(body, dict) or not {"email", "password"} <= body.keys():
            return json_answer({"detail": [{"type": "missing", "loc": ["body"]}]}, 422)
        if body["email"] != self._project.user or body["password"] != self._project.password:
            return python_errors(401, "You've entered invalid Email or Password.")
        account = account_record(self._project)
        names = ("email", "userId", "tenantId", "role", "name", "superAdmin", "admin", "member", "smtp")
        user = {name: account[name] for name in names}
        token = self._issuer.issue()
        return json_answer({"jwt": token, "spotJwt": "", "data": {"scopeState": 2, "user": user}})

    async def account(self, _request: web.Request) -> web.Response:
        """The account that is logged in."""
        return data(account_record(self._project))

    async def projects(self, _request: web.Request) -> web.Response:
        """The list of projects."""
        return data([project_record(self._project, recorded=bool(self._sessions.stored()))])

    async def project(self, request: web.Request) -> web.Response:
        """One project."""
        if not self._is_ours(request):
            return python_errors(404, "project not found.")
        names = ("projectId", "projectKey", "name", "saveRequestPayloads", "platform", "gdpr")
        record = project_record(self._project, recorded=True)
        last = max((session.started_ms for session in self._sessions.stored()), default=None)
        return data({name: record[name] for name in names} | {"lastRecordedSessionAt": last})

    async def sample_rate(self, request: web.Request) -> web.Response:
        """The capture rate of the project."""
        if not self._is_ours(request):
            return python_errors(404, "project not found.")
        return data({"rate": self._project.rate, "captureAll": self._project.capture_all})

    async def set_sample_rate(self, request: web.Request) -> web.Response:
        """Change the capture rate."""
        body = await json_of(request)
        rate = body.get("rate") if isinstance(body, dict) else None
        if not isinstance(rate, int) or not 0 <= rate <= FULL_RATE:
            return json_answer({"detail": [{"type": "int", "loc": ["body", "rate"]}]}, 422)
        self._project.rate = rate
        self._project.capture_all = bool(body.get("captureAll", False))
        return await self.sample_rate(request)

    async def gdpr(self, _request: web.Request) -> web.Response:
        """Masking settings without effect: neither server nor tracker reads them."""
        return data(GDPR | {"projectId": self._project.project_id})

    async def metadata(self, _request: web.Request) -> web.Response:
        """The metadata keys that sessions have used."""
        keys = {key for session in self._sessions.stored() for key in self._sessions.database(session).metadata}
        return data([{"key": key, "index": index} for index, key in enumerate(sorted(keys), 1)])

    def _is_ours(self, request: web.Request) -> bool:
        return request.match_info["project"] == str(self._project.project_id)
