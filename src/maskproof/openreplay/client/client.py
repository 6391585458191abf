"""
Reads back what OpenReplay recorded.

Log-in, account and projects are answered by the Python services (`/api`), sessions by the Go services
(`/v2/api`); a self-hosted server has both under one address. Reference section 5.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from maskproof.http import DEFAULT_LIMIT, ApiClient, ApiError
from maskproof.openreplay.client.files import Files, missing, polls
from maskproof.openreplay.client.login import Login
from maskproof.openreplay.client.model import (
    Account,
    Answer,
    Project,
    Replay,
    SampleRate,
    SessionEvents,
    SessionRecord,
    StoredSession,
)
from maskproof.openreplay.client.transport import Transport, paged

PYTHON, GO, PUBLIC = "/api", "/v2/api", "/v2/api/public"
PAGE_SIZE = 100
# Statuses of `replay` for a session that is not there: wrong id, unknown, no assist service to ask (5.2).
UNKNOWN_SESSION = (400, 404, 500)
EVENT_COLUMNS = ("$properties", "properties", "$current_url", "$referrer", "$user_id")
ProjectId = int | str


class OpenReplayClient:
    """
    One OpenReplay server.

    Args:
        base_url: Its address; `/api` or `/v2/api` at the end is taken off.
        user: E-mail address of an account; needed for everything but `public_*`.
        password: Its password; never printed.
        api_key: The tenant's key, for `public_*`; never printed.
        timeout_s: Deadline of one try in seconds.
        retries: How often a request that is safe to repeat is repeated.
        token_file: Where processes that share the account share its log-in.

    """

    def __init__(
        self,
        base_url: str,
        *,
        user: str | None = None,
        password: str | None = None,
        api_key: str | None = None,
        timeout_s: float = 10.0,
        retries: int = 3,
        token_file: Path | None = None,
    ) -> None:
        root = base_url.rstrip("/").removesuffix(PYTHON).removesuffix("/v2")
        api = ApiClient(root, name="OpenReplay", timeout_s=timeout_s, retries=retries)
        self.base_url = api.base_url
        self._files = Files(timeout_s=timeout_s, retries=retries)
        self._login = Login(api, f"{PYTHON}/login", user=user or "", password=password or "", token_file=token_file)
        self._calls = Transport(api, self._login, api_key or "")

    def login(self) -> None:
        """
        Log in now; otherwise the first call does.

        Raises:
            ConfigurationError: The account is not accepted.
            ApiError: The server cannot be reached or answers with an error.

        """
        self._login.token()

    def account(self) -> Account:
        """The account that is logged in."""
        return Account.read(self._calls.get(f"{PYTHON}/account"))

    def projects(self) -> tuple[Project, ...]:
        """Every project; the server's list is up to 20 s old."""
        path = f"{PYTHON}/projects"
        return tuple(Project.read(one) for one in Answer.listed(self._calls.data("GET", path), path))

    def project(self, project_id: ProjectId) -> Project:
        """One project."""
        return Project.read(self._calls.get(f"{PYTHON}/projects/{project_id}"))

    def sample_rate(self, project_id: ProjectId) -> SampleRate:
        """A project's capture rate."""
        answer = self._calls.get(f"{PYTHON}/{project_id}/sample_rate")
        return SampleRate(rate=answer.need("rate", int), capture_all=answer.need("captureAll", bool))

    def search_sessions(
        self,
        project_id: ProjectId,
        start_ms: int,
        end_ms: int,
        *,
        filters: Sequence[Mapping[str, Any]] = (),
        page_size: int = PAGE_SIZE,
    ) -> Iterator[SessionRecord]:
        """
        Every stored session of a span, oldest first, page by page.

        Args:
            project_id: The project.
            start_ms: Start of the span in ms since 1970.
            end_ms: End of the span.
            filters: The server's filters, such as `{"name": "userId", "operator": "is", "value": ["7"]}`.
            page_size: Sessions a request, 1 to 200.

        Raises:
            ApiError: The server cannot be reached or answers with an error.

        """
        path = f"{GO}/{project_id}/sessions/search"
        asked = {"startTimestamp": start_ms, "endTimestamp": end_ms, "filters": list(filters), "series": []}
        asked |= {"sort": "startTs", "order": "asc", "eventsOrder": "then", "limit": page_size, "bookmarked": False}
        seen: set[str] = set()
        for row in paged(
            lambda page: Answer(self._calls.data("POST", path, json=asked | {"page": page}), path), "sessions"
        ):
            record = SessionRecord.read(row)
            if record.session_id not in seen:
                seen.add(record.session_id)
                yield record

    def replay(self, project_id: ProjectId, session_id: str) -> Replay | None:
        """A session with the addresses of its files; None if the server does not know it (yet)."""
        path = f"{GO}/{project_id}/sessions/{session_id}/replay"
        try:
            data = self._calls.data("GET", path)
        except ApiError as error:
            if error.status in UNKNOWN_SESSION:
                return None
            raise
        return Replay.read(Answer(data, path)) if data else None

    def first_mob(self, project_id: ProjectId, session_id: str) -> str:
        """The address of a session's first file."""
        answer = self._calls.get(f"{GO}/{project_id}/sessions/{session_id}/first-mob")
        urls = answer.texts("domURL")
        if not urls:
            raise ApiError(f"OpenReplay: {answer.source}: expected domURL with one address, got none.")
        return urls[0]

    def events(self, project_id: ProjectId, session_id: str) -> SessionEvents:
        """What happened in a session."""
        return SessionEvents.read(self._calls.get(f"{GO}/{project_id}/sessions/{session_id}/events"))

    def unprocessed(self, project_id: ProjectId, session_id: str, file: str = "dom.mob") -> bytes | None:
        """
        A file that is not in the object store yet, not compressed; None if there is none.

        Args:
            project_id: The project.
            session_id: The session.
            file: `dom.mob`, `dom.mob?end` (the late part) or `devtools.mob`.

        """
        answer = self._calls.request("GET", f"{GO}/{project_id}/unprocessed/{session_id}/{file}", allow=(404,))
        if not answer.ok or answer.headers.get("content-type", "").startswith("application/json"):
            return None
        return answer.content

    def download(self, url: str, limit: int = DEFAULT_LIMIT) -> bytes:
        """
        A file by its signed address.

        Raises:
            ApiError: It is not there, cannot be reached, or has more bytes than the limit.

        """
        data = self._files.fetch(url, limit=limit)
        if data is None:
            raise ApiError(f"OpenReplay's files: GET {url.partition('?')[0]} was answered with 404.", status=404)
        return data

    def wait_for_session(
        self, project_id: ProjectId, session_id: str, deadline_s: float, *, limit: int = DEFAULT_LIMIT
    ) -> StoredSession:
        """
        Poll until a session is stored, and fetch its files.

        Args:
            project_id: The project.
            session_id: The session.
            deadline_s: Seconds until giving up.
            limit: The most bytes a file may have.

        Raises:
            Inconclusive: It does not arrive in time, or its files are encrypted.

        """
        seen = "the server does not know it"
        for _ in polls(deadline_s):
            replay = self.replay(project_id, session_id)
            if replay is None:
                continue
            seen = "it is still live" if replay.live else "its first file is missing"
            if replay.encrypted:
                raise ApiError(f"OpenReplay: session {session_id} is stored encrypted, which is not supported.")
            stored = None if replay.live else self._fetch(session_id, replay, limit)
            if stored is not None:
                return stored
        raise missing(session_id, deadline_s, seen)

    def public_projects(self) -> tuple[Project, ...]:
        """Every project, by key."""
        path = f"{PUBLIC}/projects"
        return tuple(Project.read(one) for one in Answer.listed(self._calls.key_data("GET", path), path))

    def public_project(self, project_key: str) -> Project:
        """The project of a project key, by key."""
        return Project.read(Answer(self._calls.key_data("GET", f"{PUBLIC}/projects/{project_key}"), "public project"))

    def public_user_sessions(
        self, project_key: str, user_id: str, start_ms: int, end_ms: int
    ) -> Iterator[Mapping[str, Any]]:
        """The sessions of one user, by key: `sessionId`, `eventsCount`, `startTs`, `endTs`."""
        path = f"{PUBLIC}/{project_key}/users/{quote(user_id, safe='')}/sessions"
        asked = {"startTimestamp": start_ms, "endTimestamp": end_ms, "limit": PAGE_SIZE, "sortOrder": "asc"}
        return self._public_rows(path, asked, "sessions")

    def public_events(
        self, project_key: str, session_id: str, start_ms: int, end_ms: int
    ) -> Iterator[Mapping[str, Any]]:
        """The events of one session with all columns that can hold text, by key."""
        path = f"{PUBLIC}/{project_key}/sessions/{session_id}/events"
        asked = {"startTimestamp": start_ms, "endTimestamp": end_ms, "limit": PAGE_SIZE, "sortOrder": "asc"}
        return self._public_rows(path, asked | {"filters": [], "columns": list(EVENT_COLUMNS)}, "events")

    def _public_rows(self, path: str, asked: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
        def fetch(page: int) -> Answer:
            # The path holds the project key and, at times, a user's id.
            return Answer(self._calls.key_data("POST", path, json={**asked, "page": page}), f"public {name}")

        return (row.data for row in paged(fetch, name))

    def _fetch(self, session_id: str, replay: Replay, limit: int) -> StoredSession | None:
        dom = [self._files.fetch(url, limit=limit) for url in replay.dom_urls]
        if not dom or dom[0] is None:
            return None
        devtools = [self._files.fetch(url, limit=limit) for url in replay.devtools_urls]
        return StoredSession(
            session_id=session_id,
            replay=replay,
            dom=tuple(part for part in dom if part is not None),
            devtools=tuple(part for part in devtools if part is not None),
        )
