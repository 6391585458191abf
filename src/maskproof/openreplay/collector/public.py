"""The public API, which is used with the tenant's API key (5.1)."""

import html
from typing import Any

from aiohttp import web

from maskproof.openreplay.collector.answers import data, error
from maskproof.openreplay.collector.auth import add_guarded, key_guard
from maskproof.openreplay.collector.bodies import json_of
from maskproof.openreplay.collector.database import Event, seconds
from maskproof.openreplay.collector.model import EmbeddedProject, JsonObject, Session
from maskproof.openreplay.collector.records import public_project_record, search_record
from maskproof.openreplay.collector.search import MAXIMUM_LIMIT, invalid
from maskproof.openreplay.collector.sessions import Sessions

BASE = "/v2/api/public"
DEFAULT_LIMIT = 10
COLUMNS = ("$user_id", "properties", "$properties", "$current_url", "$referrer")
EVENTS, USER_SESSIONS, USERS = "EventsSearchRequest", "UserSessionsRequest", "UsersSearchRequest"


class PublicApi:
    """
    Answers requests with an API key.

    Args:
        project: The only project.
        sessions: The recorded sessions.

    """

    def __init__(self, project: EmbeddedProject, sessions: Sessions) -> None:
        self._project = project
        self._sessions = sessions

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Register the endpoints."""
        routes = {
            ("GET", f"{BASE}/projects"): self.projects,
            ("GET", BASE + "/projects/{key}"): self.project,
            ("POST", BASE + "/{key}/users"): self.users,
            ("POST", BASE + "/{key}/users/{user}/sessions"): self.user_sessions,
            ("POST", BASE + "/{key}/sessions/{session}/events"): self.session_events,
        }
        add_guarded(router, routes, key_guard(self._project.api_key))

    async def projects(self, _request: web.Request) -> web.Response:
        """Every project."""
        return data([public_project_record(self._project)])

    async def project(self, request: web.Request) -> web.Response:
        """The project with a project key."""
        return data(public_project_record(self._project)) if self._is_ours(request) else web.Response(status=401)

    async def users(self, request: web.Request) -> web.Response:
        """The users that sessions name."""
        body = await json_of(request)
        if fault := _fault(body, USERS):
            return error(400, fault)
        seen: dict[str, list[int]] = {}
        for record in self._records():
            if record["userId"]:
                seen.setdefault(record["userId"], []).append(record["startTs"])
        names = dict.fromkeys(("$email", "$first_name", "$last_name", "$name"), "")
        users = [
            names | {"$user_id": user, "$created_at": min(times), "$last_seen": max(times)}
            for user, times in seen.items()
        ]
        return data({"total": len(users), "users": _page(users, body)})

    async def user_sessions(self, request: web.Request) -> web.Response:
        """The stored sessions of one user."""
        body = await json_of(request)
        if fault := _fault(body, USER_SESSIONS):
            return error(400, fault)
        user = request.match_info["user"]
        found = [
            {
                "sessionId": record["sessionId"],
                "eventsCount": record["eventsCount"],
                "startTs": record["startTs"],
                "endTs": seconds(record["startTs"] + record["duration"]),
            }
            for record in self._records()
            if record["userId"] == user and body["startTimestamp"] <= record["startTs"] <= body["endTimestamp"]
        ]
        shown = _page(_sorted(found, body, "startTs"), body)
        # Matches are counted by the rows of the page: beyond the last one there is none.
        return data({"total": len(found) if shown else 0, "sessions": shown or None})

    async def session_events(self, request: web.Request) -> web.Response:
        """The events of one session. Texts are HTML-escaped, as by the real server."""
        body = await json_of(request)
        if fault := _fault(body, EVENTS):
            return error(400, fault)
        session = self._sessions.find(request.match_info["session"]) if self._is_ours(request) else None
        rows = [] if session is None else self._rows(session, body.get("columns") or [])
        found = [row for row in rows if body["startTimestamp"] <= row["created_at"] <= body["endTimestamp"]]
        return data({"total": len(found), "events": _page(_sorted(found, body, "created_at"), body)})

    def _rows(self, session: Session, columns: list[str]) -> list[Event]:
        database = self._sessions.database(session)
        user = database.user_id or str(session.start.get("userID") or "")
        shared = {"distinct_id": user or session.user_uuid, "session_id": session.key, "$user_id": user}
        hidden = [name for name in COLUMNS if name not in columns]
        rows = [_escaped(row | shared) for row in database.rows]
        return [{name: value for name, value in row.items() if name not in hidden} for row in rows]

    def _records(self) -> list[JsonObject]:
        return [search_record(session, self._sessions.database(session)) for session in self._sessions.stored()]

    def _is_ours(self, request: web.Request) -> bool:
        return request.match_info["key"] == self._project.project_key


def _escaped(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, dict):
        return {name: _escaped(item) for name, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list) else value


def _sorted(found: list[Event], body: JsonObject, name: str) -> list[Event]:
    return sorted(found, key=lambda record: record[name], reverse=body.get("sortOrder", "desc") != "asc")


def _page(found: list[Event], body: JsonObject) -> list[Event]:
    limit = int(body.get("limit", DEFAULT_LIMIT))
    first = (max(int(body.get("page", 1)), 1) - 1) * limit
    return found[first : first + limit]


def _fault(body: Any, request: str) -> str:  # noqa: ANN401 - JSON
    """What the server's validation says of a request; empty if nothing."""
    if not isinstance(body, dict):
        return "unexpected end of JSON input"
    for name, field in (("startTimestamp", "StartDate"), ("endTimestamp", "EndDate")):
        if not isinstance(body.get(name), int):
            return invalid(request, field, "required")
    return invalid(request, "Limit", "max") if body.get("limit", DEFAULT_LIMIT) > MAXIMUM_LIMIT else ""
