"""
Reads what OpenReplay recorded.

The Python services (`/api`) answer for log-in, account and projects, the Go services (`/v2/api`) for sessions. A
self-hosted server has both under one URL. Reference section 5.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from maskproof.http import DEFAULT_LIMIT, ApiClient, ApiError
from maskproof.json_fields import Json
from maskproof.openreplay.client.database import SessionInDatabase, gap_of
from maskproof.openreplay.client.files import POLL_S, Files, Wanted, missing, polls
from maskproof.openreplay.client.login import Login
from maskproof.openreplay.client.model import (
    Account,
    OpenReplayResponse,
    Project,
    Replay,
    SampleRate,
    SessionEvents,
    SessionRecord,
    StoredSession,
)
from maskproof.openreplay.client.transport import OpenReplayTransport, paged

PYTHON, GO, PUBLIC = "/api", "/v2/api", "/v2/api/public"
PAGE_SIZE = 100
# Statuses of `replay` for a missing session: wrong id, unknown session, no assist service (5.2).
UNKNOWN_SESSION = (400, 404, 500)
# A server that is busy, or that is asked too often.
NOT_YET = (429, *range(500, 600))
EVENT_COLUMNS = ("$properties", "properties", "$current_url", "$referrer", "$user_id")
ProjectId = int | str
# Rows are found by their time, which the server takes from two clocks.
PUBLIC_SLACK_MS = 3_600_000


class OpenReplayClient:
    """
    One OpenReplay server.

    Args:
        base_url: URL of the server; a final `/api` or `/v2/api` is removed.
        user: E-mail address of an account; needed for all methods but `public_*`.
        password: Password of the account; never printed.
        api_key: API key of the tenant, for `public_*`; never printed.
        timeout_s: Deadline of one try in seconds.
        retries: Maximum number of repetitions of a request that is safe to repeat.
        token_file: File through which processes with one account share its log-in.

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
        self._has_api_key = bool(api_key)
        self._files = Files(timeout_s=timeout_s, retries=retries)
        self._login = Login(api, f"{PYTHON}/login", user=user or "", password=password or "", token_file=token_file)
        self._calls = OpenReplayTransport(api, self._login, api_key or "")

    def login(self) -> None:
        """
        Log in now. Without this call, the first request logs in.

        Raises:
            ConfigurationError: The account is not accepted.
            ApiError: The server cannot be reached or answers with an error.

        """
        self._login.token()

    def account(self) -> Account:
        """The account that is logged in."""
        return Account.read(self._calls.get(f"{PYTHON}/account"))

    def projects(self) -> tuple[Project, ...]:
        """Every project. The server's list is up to 20 s old."""
        path = f"{PYTHON}/projects"
        return tuple(Project.read(row) for row in OpenReplayResponse.listed(self._calls.data("GET", path), path))

    def project(self, project_id: ProjectId) -> Project:
        """One project."""
        return Project.read(self._calls.get(f"{PYTHON}/projects/{project_id}"))

    def sample_rate(self, project_id: ProjectId) -> SampleRate:
        """The capture rate of a project."""
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
        Every stored session of a time span, oldest first, fetched page by page.

        Args:
            project_id: Number of the project.
            start_ms: Start of the span in ms since 1970.
            end_ms: End of the span in ms since 1970.
            filters: Filters of the server, such as `{"name": "userId", "operator": "is", "value": ["7"]}`. They are
                about the session, unless one says `"autoCaptured": False`, which asks for custom events.
            page_size: Sessions per request, 1 to 200.

        Raises:
            ApiError: The server cannot be reached or answers with an error.

        """
        path = f"{GO}/{project_id}/sessions/search"
        # Without `autoCaptured`, the server looks into custom events, and quietly finds nothing.
        asked = [{"isEvent": False, "autoCaptured": True, **condition} for condition in filters]
        body = {"startTimestamp": start_ms, "endTimestamp": end_ms, "filters": asked, "series": []}
        body |= {"sort": "startTs", "order": "asc", "eventsOrder": "then", "limit": page_size, "bookmarked": False}
        seen: set[str] = set()
        for row in paged(
            lambda page: OpenReplayResponse(self._calls.data("POST", path, json=body | {"page": page}), path),
            "sessions",
        ):
            record = SessionRecord.read(row)
            if record.session_id not in seen:
                seen.add(record.session_id)
                yield record

    def replay(self, project_id: ProjectId, session_id: str) -> Replay | None:
        """
        A session with the URLs of its files; None if the server does not know it (yet).

        Args:
            project_id: Number of the project.
            session_id: Id of the session, a 64-bit number as text.

        Raises:
            ApiError: The server cannot be reached or answers with another error.

        """
        path = f"{GO}/{project_id}/sessions/{session_id}/replay"
        try:
            data = self._calls.data("GET", path)
        except ApiError as error:
            if error.status in UNKNOWN_SESSION:
                return None
            raise
        return Replay.read(OpenReplayResponse(data, path)) if data else None

    def conditions(self, project_id: ProjectId) -> int:
        """
        The capture rate as the session services know it: they answer only for a project of theirs and this log-in.

        Raises:
            ApiError: The service cannot be reached, or does not know the project.

        """
        return self._calls.get(f"{GO}/{project_id}/conditions").need("rate", int)

    def first_mob(self, project_id: ProjectId, session_id: str) -> str:
        """
        The pre-signed URL of the first file of a session.

        Args:
            project_id: Number of the project.
            session_id: Id of the session, a 64-bit number as text.

        Raises:
            ApiError: The server cannot be reached, or answers with an error or without a URL.

        """
        answer = self._calls.get(f"{GO}/{project_id}/sessions/{session_id}/first-mob")
        urls = answer.texts("domURL")
        if not urls:
            raise ApiError(f"OpenReplay: {answer.source}: expected domURL with one address, got none.")
        return urls[0]

    def events(self, project_id: ProjectId, session_id: str) -> SessionEvents:
        """
        The events of a session.

        Args:
            project_id: Number of the project.
            session_id: Id of the session, a 64-bit number as text.

        """
        return SessionEvents.read(self._calls.get(f"{GO}/{project_id}/sessions/{session_id}/events"))

    def unprocessed(self, project_id: ProjectId, session_id: str, file: str = "dom.mob") -> bytes | None:
        """
        An uncompressed file that is not in the object store yet; None if there is none.

        Args:
            project_id: Number of the project.
            session_id: Id of the session, a 64-bit number as text.
            file: `dom.mob`, `dom.mob?end` (the late part) or `devtools.mob`.

        """
        answer = self._calls.request("GET", f"{GO}/{project_id}/unprocessed/{session_id}/{file}", allow=(404,))
        if not answer.ok or answer.headers.get("content-type", "").startswith("application/json"):
            return None
        return answer.content

    def download(self, url: str, limit: int = DEFAULT_LIMIT) -> bytes:
        """
        Download a file.

        Args:
            url: The pre-signed URL of the file.
            limit: Maximum size of the file in bytes.

        Raises:
            ApiError: The file is missing, cannot be reached or exceeds the limit.

        """
        data = self._files.fetch(url, limit=limit)
        if data is None:
            raise ApiError(f"OpenReplay's files: GET {url.partition('?')[0]} was answered with 404.", status=404)
        return data

    def wait_for_session(
        self,
        project_id: ProjectId,
        session_id: str,
        deadline_s: float,
        *,
        limit: int = DEFAULT_LIMIT,
        settle_s: float = 0.0,
        poll_s: float = POLL_S,
    ) -> StoredSession:
        """
        Poll until a session is stored, and fetch its files.

        Args:
            project_id: Number of the project.
            session_id: Id of the session, a 64-bit number as text.
            deadline_s: Seconds until giving up.
            limit: Maximum size of one file in bytes.
            settle_s: The server stores the files of a session one by one, in any order. A session that lacks one is
                fetched again after so many seconds, until two looks agree; 0 for one look.
            poll_s: Longest pause between two requests in seconds. A server that is asked too often answers 429, which,
                as an error of its own, means "not yet" here.

        Raises:
            Inconclusive: The session is not stored in time, or its files are encrypted.

        """
        wanted = Wanted(session_id)
        for _ in polls(deadline_s, poll_s):
            try:
                if wanted.needs_urls:
                    wanted.answered(self.replay(project_id, session_id))
                stored = self._files.session(session_id, wanted.replay, limit) if wanted.replay else None
                if stored is not None:
                    stored = self._files.settled(stored, limit, settle_s) if settle_s else stored
                    # The record that came with the URLs may be older than the session's last event.
                    return replace(stored, replay=self.replay(project_id, session_id) or stored.replay)
            except ApiError as error:
                if error.status not in NOT_YET:
                    raise
                wanted.seen = f"the server answered {error.status}"
        raise missing(session_id, deadline_s, wanted.seen)

    def session_in_database(
        self,
        project_id: ProjectId,
        replay: Replay,
        deadline_s: float,
        *,
        project_key: str = "",
        poll_s: float = POLL_S,
    ) -> SessionInDatabase:
        """
        Read what only the database keeps of a stored session: its record, its events, and its public rows.

        The database is written in turns of up to 60 s, so the events are polled until there is one of a page.

        Args:
            project_id: Number of the project.
            replay: The session's record.
            deadline_s: Seconds until giving up on its events.
            project_key: Key of the project, for the public rows; without it, or without an API key, they are not read.
            poll_s: Longest pause between two requests in seconds.

        Returns:
            What could be read; its `gap` says what could not.

        """
        session = replay.session
        events, gap = None, ""
        for _ in polls(deadline_s, poll_s):
            try:
                events = self.events(project_id, session.session_id)
                gap = gap_of(events)
            except ApiError as error:
                gap = f"its events could not be read: {error.message.rstrip('.')}"
                if error.status not in NOT_YET:
                    break
            if not gap:
                break
        public: tuple[Json, ...] = ()
        if self._has_api_key and project_key:
            span = (session.start_ms - PUBLIC_SLACK_MS, session.start_ms + session.duration_ms + PUBLIC_SLACK_MS)
            try:
                public = tuple(self.public_events(project_key, session.session_id, *span))
            except ApiError as error:
                gap = gap or f"its public rows could not be read: {error.message.rstrip('.')}"
        return SessionInDatabase((replay,), events, public, gap)

    def public_projects(self) -> tuple[Project, ...]:
        """Every project, read with the API key."""
        path = f"{PUBLIC}/projects"
        return tuple(Project.read(row) for row in OpenReplayResponse.listed(self._calls.key_data("GET", path), path))

    def public_project(self, project_key: str) -> Project:
        """The project with a project key, read with the API key."""
        return Project.read(
            OpenReplayResponse(self._calls.key_data("GET", f"{PUBLIC}/projects/{project_key}"), "public project")
        )

    def public_user_sessions(
        self, project_key: str, user_id: str, start_ms: int, end_ms: int
    ) -> Iterator[Mapping[str, Any]]:
        """
        The sessions of one user, read with the API key: `sessionId`, `eventsCount`, `startTs`, `endTs`.

        Args:
            project_key: Public key of the project.
            user_id: Id that the application gave the user.
            start_ms: Start of the span in ms since 1970.
            end_ms: End of the span in ms since 1970.

        """
        path = f"{PUBLIC}/{project_key}/users/{quote(user_id, safe='')}/sessions"
        body = {"startTimestamp": start_ms, "endTimestamp": end_ms, "limit": PAGE_SIZE, "sortOrder": "asc"}
        return self._public_rows(path, body, "sessions")

    def public_events(
        self, project_key: str, session_id: str, start_ms: int, end_ms: int
    ) -> Iterator[Mapping[str, Any]]:
        """
        The events of one session with all columns that can hold text, read with the API key.

        Args:
            project_key: Public key of the project.
            session_id: Id of the session, a 64-bit number as text.
            start_ms: Start of the span in ms since 1970.
            end_ms: End of the span in ms since 1970.

        """
        path = f"{PUBLIC}/{project_key}/sessions/{session_id}/events"
        body = {"startTimestamp": start_ms, "endTimestamp": end_ms, "limit": PAGE_SIZE, "sortOrder": "asc"}
        return self._public_rows(path, body | {"filters": [], "columns": list(EVENT_COLUMNS)}, "events")

    def _public_rows(self, path: str, body: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
        def fetch(page: int) -> OpenReplayResponse:
            # Errors do not name the path: it holds the project key and may hold the id of a user.
            return OpenReplayResponse(self._calls.key_data("POST", path, json={**body, "page": page}), f"public {name}")

        return (row.data for row in paged(fetch, name))
