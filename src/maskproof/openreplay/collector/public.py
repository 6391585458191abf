"""The public API, which takes the tenant's key (5.1)."""

import html
import json
from typing import Any

from aiohttp import web

from maskproof.openreplay.collector.auth import key_guard
from maskproof.openreplay.collector.facts import Event
from maskproof.openreplay.collector.model import Project, Session
from maskproof.openreplay.collector.records import public_project_record, session_record
from maskproof.openreplay.collector.sessions import Sessions

BASE = "/v2/api/public"
MAXIMUM_LIMIT = 200


class PublicApi:
    """
    Answers what the client asks with a key.

    Args:
        project: The one project.
        sessions: What was recorded.

    """

    def __init__(self, project: Project, sessions: Sessions) -> None:
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
        """The project of a key."""
        if not self._is_ours(request):
            return _error(404, "project not found")
        return _data(public_project_record(self._project))

    async def user_sessions(self, request: web.Request) -> web.Response:
        """The stored sessions of one user."""
        asked = await _span(request)
        if asked is None or not self._is_ours(request):
            return _error(400, "startTimestamp and endTimestamp are required")
        user = request.match_info["user"]
        records = [session_record(one, self._sessions.facts(one)) for one in self._sessions.stored()]
        found = [
            {
                "sessionId": record["sessionId"],
                "eventsCount": record["eventsCount"],
                "startTs": record["startTs"],
                "endTs": record["startTs"] + record["duration"],
            }
            for record in records
            if record["userId"] == user and asked["startTimestamp"] <= record["startTs"] <= asked["endTimestamp"]
        ]
        found.sort(key=lambda record: record["startTs"], reverse=asked.get("sortOrder", "desc") != "asc")
        return _data({"total": len(found), "sessions": _page(found, asked) or None})

    async def session_events(self, request: web.Request) -> web.Response:
        """The events of one session; texts are HTML-escaped, as the real server does."""
        asked = await _span(request)
        session = self._sessions.find(request.match_info["session"])
        if asked is None or session is None or not self._is_ours(request):
            return _error(400, "wrong session id, or startTimestamp and endTimestamp are missing")
        facts = self._sessions.facts(session)
        user = facts.user_id or str(session.start.get("userID") or "")
        events = [
            _public_event(event, number, session, user, asked.get("columns") or [])
            for number, event in enumerate([*facts.events, *facts.custom, *facts.errors], 1)
            if asked["startTimestamp"] <= event["timestamp"] <= asked["endTimestamp"]
        ]
        events.sort(key=lambda event: event["created_at"], reverse=asked.get("sortOrder", "desc") != "asc")
        return _data({"total": len(events), "events": _page(events, asked)})

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
        return {name: _escaped(one) for name, one in value.items()}
    return [_escaped(one) for one in value] if isinstance(value, list) else value


def _page(found: list[Event], asked: Event) -> list[Event]:
    limit = min(int(asked.get("limit", 10)), MAXIMUM_LIMIT)
    first = (max(int(asked.get("page", 1)), 1) - 1) * limit
    return found[first : first + limit]


async def _span(request: web.Request) -> Event | None:
    try:
        asked = json.loads(await request.read())
    except ValueError:
        return None
    names = ("startTimestamp", "endTimestamp")
    return asked if isinstance(asked, dict) and all(isinstance(asked.get(name), int) for name in names) else None


def _data(value: object) -> web.Response:
    return web.json_response({"data": value})


def _error(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)
