"""The public API, which is used with the tenant's API key (5.1)."""

import html
import json
from typing import Any

from aiohttp import web

from maskproof.openreplay.collector.auth import key_guard
from maskproof.openreplay.collector.database import Event
from maskproof.openreplay.collector.model import EmbeddedProject, JsonObject, Session
from maskproof.openreplay.collector.records import public_project_record, session_record
from maskproof.openreplay.collector.sessions import Sessions

BASE = "/v2/api/public"
MAXIMUM_LIMIT = 200


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
            ("POST", BASE + "/{key}/users/{user}/sessions"): self.user_sessions,
            ("POST", BASE + "/{key}/sessions/{session}/events"): self.session_events,
        }
        for (method, path), handler in routes.items():
            router.add_route(method, path, key_guard(self._project.api_key, handler))

    async def projects(self, _request: web.Request) -> web.Response:
        """Every project."""
        return _data([public_project_record(self._project)])

    async def project(self, request: web.Request) -> web.Response:
        """The project with a project key."""
        if not self._is_ours(request):
            return _error(404, "project not found")
        return _data(public_project_record(self._project))

    async def user_sessions(self, request: web.Request) -> web.Response:
        """The stored sessions of one user."""
        body = await _span(request)
        if body is None or not self._is_ours(request):
            return _error(400, "startTimestamp and endTimestamp are required")
        user = request.match_info["user"]
        stored = self._sessions.stored()
        records = [session_record(session, self._sessions.database(session)) for session in stored]
        found = [
            {
                "sessionId": record["sessionId"],
                "eventsCount": record["eventsCount"],
                "startTs": record["startTs"],
                "endTs": record["startTs"] + record["duration"],
            }
            for record in records
            if record["userId"] == user and body["startTimestamp"] <= record["startTs"] <= body["endTimestamp"]
        ]
        found.sort(key=lambda record: record["startTs"], reverse=body.get("sortOrder", "desc") != "asc")
        return _data({"total": len(found), "sessions": _page(found, body) or None})

    async def session_events(self, request: web.Request) -> web.Response:
        """The events of one session. Texts are HTML-escaped, as by the real server."""
        body = await _span(request)
        session = self._sessions.find(request.match_info["session"])
        if body is None or session is None or not self._is_ours(request):
            return _error(400, "wrong session id, or startTimestamp and endTimestamp are missing")
        database = self._sessions.database(session)
        user = database.user_id or str(session.start.get("userID") or "")
        events = [
            _public_event(event, number, session, user, body.get("columns") or [])
            for number, event in enumerate([*database.events, *database.custom, *database.errors], 1)
            if body["startTimestamp"] <= event["timestamp"] <= body["endTimestamp"]
        ]
        events.sort(key=lambda event: event["created_at"], reverse=body.get("sortOrder", "desc") != "asc")
        return _data({"total": len(events), "events": _page(events, body)})

    def _is_ours(self, request: web.Request) -> bool:
        return request.match_info["key"] == self._project.project_key


def _public_event(event: Event, number: int, session: Session, user: str, columns: list[str]) -> Event:
    custom = event.get("type") == "CUSTOM"
    rest = {name: value for name, value in event.items() if name not in {"createdAt", "timestamp", "type"}}
    optional = {
        "$user_id": user,
        "$properties": {} if custom else rest,
        "properties": event.get("properties", {}) if custom else {},
        "$current_url": event.get("url", ""),
        "$referrer": event.get("referrer", ""),
    }
    public = {
        "event_id": f"{session.key}-{number}",
        "$event_name": event["name"] if custom else event.get("type", "ERROR"),
        "created_at": event["createdAt"],
        "distinct_id": session.user_uuid,
        "session_id": session.key,
    }
    escaped: Event = _escaped(public | {name: optional[name] for name in columns if name in optional})
    return escaped


def _escaped(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, dict):
        return {name: _escaped(item) for name, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list) else value


def _page(found: list[Event], body: JsonObject) -> list[Event]:
    limit = min(int(body.get("limit", 10)), MAXIMUM_LIMIT)
    first = (max(int(body.get("page", 1)), 1) - 1) * limit
    return found[first : first + limit]


async def _span(request: web.Request) -> JsonObject | None:
    try:
        body = json.loads(await request.read())
    except ValueError:
        return None
    names = ("startTimestamp", "endTimestamp")
    return body if isinstance(body, dict) and all(isinstance(body.get(name), int) for name in names) else None


def _data(value: object) -> web.Response:
    return web.json_response({"data": value})


def _error(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)
