"""The client reads each recorded answer of the real Go services: the right result, or the documented error."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from tests.unit.conftest import Server
from tests.unit.openreplay.recorded import NAMES, body_of, document

from maskproof.errors import ConfigurationError
from maskproof.http import ApiError
from maskproof.openreplay.client import OpenReplayClient, Replay, SessionEvents

UNAUTHORISED = (401, 403)
# `replay` answers so for a session that it does not know, or not yet.
NOT_YET = (400, 404, 500)
# Answers that only the tracker in the page reads; the journey keeps their status, see tests/unit/journey.
OF_THE_TRACKER = ("conditions", "feature-flags", "i-", "images-", "preflight-", "sdk-", "start", "tags")
# Nothing asks for these: a path that the services do not have, and the rest of an API of which other calls are used.
NOT_ASKED = {"go-not-found", "go-root", "ingest-unknown", "public-users", "sessions-search-ids"}
# Read by `maskproof doctor`, see tests/unit/commands/verifying.
OF_THE_DOCTOR = {"ingest-root"}
READ = [name for name in NAMES if not name.startswith(OF_THE_TRACKER) and name not in NOT_ASKED | OF_THE_DOCTOR]


def parts_of(name: str) -> list[str]:
    """The parts of a recorded path, such as project, session and file."""
    return [unquote(part) for part in document(name)["request"]["path"].strip("/").split("/")]


def call_of(name: str, client: OpenReplayClient) -> Callable[[], Any]:
    """The call of the client that asks for a recorded answer."""
    parts = parts_of(name)
    if name.startswith("file-"):
        return lambda: client.download(f"{client.base_url}/{'/'.join(parts)}?X-Amz-Signature=SIGNATURE")
    if name.startswith("public-"):
        return public_call(parts, client)
    project, last = parts[2], parts[-1]
    calls: dict[str, Callable[[], Any]] = {
        "conditions": lambda: client.conditions(project),
        "search": lambda: first_page(client.search_sessions(project, 1, 2, page_size=1)),
        "replay": lambda: client.replay(project, parts[4]),
        "first-mob": lambda: client.first_mob(project, parts[4]),
        "events": lambda: client.events(project, parts[4]),
    }
    return calls.get(last) or (lambda: client.unprocessed(project, parts[4], last))


def public_call(parts: list[str], client: OpenReplayClient) -> Callable[[], Any]:
    """The call of the public API for a path below `/v2/api/public`."""
    if parts[3] == "projects":
        return client.public_projects if len(parts) == 4 else lambda: client.public_project(parts[4])
    if parts[4] == "users":
        return lambda: first_page(client.public_user_sessions(parts[3], parts[5], 1, 2))
    return lambda: first_page(client.public_events(parts[3], parts[5], 1, 2))


def first_page(rows: Iterator[Any]) -> list[Any]:
    """The rows of the recorded page: the server of this test gives the same page again and again."""
    return [row for row, _ in zip(rows, range(10), strict=False)]


@pytest.fixture
def client(server: Server) -> OpenReplayClient:
    """A client of the server that gives recorded answers."""
    server.give("openreplay-api/python", "login-ok")
    return OpenReplayClient(server.url, user="a", password="b", api_key="API_KEY", timeout_s=2, retries=0)


@pytest.mark.parametrize("name", READ)
def test_an_answer_is_read_as_the_real_server_gives_it(name: str, server: Server, client: OpenReplayClient) -> None:
    """A good answer gives what it holds; another one the error that its status stands for."""
    recorded = document(name)
    answer, request = recorded["response"], recorded["request"]
    is_json = answer["headers"].get("content-type") == "application/json"
    body = json_bytes(answer["body"]) if is_json else body_of(name, answer["body"])
    server.answer(request["method"], request["path"], answer["status"], body, answer["headers"])
    call = call_of(name, client)
    if answer["status"] < 300:
        assert_holds(name, call(), answer["body"])
    elif answer["status"] in UNAUTHORISED and not name.startswith("file-"):
        with pytest.raises(ConfigurationError):
            call()
    elif (request["path"].endswith("/replay") and answer["status"] in NOT_YET) or request["path"].endswith(
        "nosuch.mob"
    ):
        assert call() is None
    else:
        with pytest.raises(ApiError) as caught:
            call()
        assert caught.value.status == answer["status"]


def json_bytes(body: Any) -> bytes:
    """JSON as it was sent."""
    return json.dumps(body).encode()


def assert_holds(name: str, got: Any, body: Any) -> None:
    """The result holds what the recorded answer holds."""
    data = body.get("data", body) if isinstance(body, dict) else body
    if isinstance(got, Replay):
        assert (got.session.session_id, got.session.start_ms) == (data["sessionId"], data["startTs"])
        assert (got.session.user_id or None, list(got.dom_urls)) == (data["userId"], data["domURL"])
        assert (got.live, got.encrypted, got.session.duration_ms) == (False, False, data["duration"] or 0)
    elif isinstance(got, SessionEvents):
        groups = (got.events, got.user_events, got.issues, got.incidents, got.errors)
        assert [list(group) for group in groups] == [
            data[key] for key in ("events", "userEvents", "issues", "incidents", "errors")
        ]
    elif name.startswith("sessions-search"):
        assert {row.session_id for row in got} == {row["sessionId"] for row in data["sessions"]}
        assert all(row.start_ms % 1000 == 0 for row in got)
    elif name.startswith(("public-session-events", "public-user-sessions")):
        rows = data.get("events", data.get("sessions")) or []
        assert {row["session" + ("_id" if "session_id" in row else "Id")] for row in got} == {
            row.get("session_id") or row["sessionId"] for row in rows
        }
    elif name.startswith("unprocessed-"):
        assert got == (body_of(name, body) if isinstance(body, str) else None)
    elif name.startswith("file-"):
        assert got == body_of(name, body)
    elif name.startswith("first-mob"):
        assert [got] == data["domURL"]
    elif name == "go-conditions":
        assert got == data["rate"]
    else:
        keys = [project.project_key for project in (got if isinstance(got, tuple) else (got,))]
        assert keys == [row["projectKey"] for row in (data if isinstance(data, list) else [data])]


def test_every_recorded_answer_is_accounted_for() -> None:
    """Each is read by the client, by the tracker or by `doctor`, or belongs to a call that nothing makes."""
    others = [name for name in NAMES if name.startswith(OF_THE_TRACKER)]
    assert len(READ) + len(others) + len(NOT_ASKED) + len(OF_THE_DOCTOR) == len(NAMES) == 147
