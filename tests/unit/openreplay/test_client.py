"""The client reads recorded answers of a real Python API and hand-written documents of the Go services."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.conftest import Server

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.http import ApiError
from maskproof.openreplay.client import OpenReplayClient

DOCUMENTS = Path(__file__).parents[2] / "data" / "openreplay-api"
SESSION, UNKNOWN, KEY = "7100000000000000001", "7100000000000000002", "EXAMPLEPROJECTKEY001"


@pytest.fixture
def server(server: Server) -> Server:
    """A server on loopback that answers the log-in."""
    server.documents = DOCUMENTS
    server.give("python", "login-ok")
    return server


@pytest.fixture
def client(server: Server) -> OpenReplayClient:
    """A client with an account and an API key."""
    return OpenReplayClient(
        server.url, user="alpha@example.com", password="Example-Passw0rd", api_key="API_KEY", timeout_s=2, retries=1
    )


def test_the_account_is_read_from_a_recorded_answer(server: Server, client: OpenReplayClient) -> None:
    """Role, edition and version are read; the API key is not printed."""
    server.give("python", "account")
    account = client.account()
    assert (account.role, account.edition, account.version) == ("owner", "foss", "v1.27.0")
    assert account.api_key == "API_KEY"
    assert "API_KEY" not in repr(account)


def test_projects_and_rate_are_read_from_recorded_answers(server: Server, client: OpenReplayClient) -> None:
    """The list, a single project and the capture rate are read."""
    server.give("python", "projects-list", "project-get", "sample-rate-get")
    assert [(project.project_id, project.sample_rate, project.platform) for project in client.projects()] == [
        (1, 100, "web")
    ]
    assert client.project(2).name == "Alpha Shop"
    assert (client.sample_rate(2).rate, client.sample_rate(2).capture_all) == (100, True)


def test_one_log_in_serves_all_calls(server: Server, client: OpenReplayClient) -> None:
    """A log-in ends the previous log-in, so the client logs in only once."""
    server.give("python", "account", "projects-list")
    client.account()
    client.projects()
    assert server.paths() == ["POST /api/login", "GET /api/account", "GET /api/projects"]


def test_a_token_that_another_log_in_ended_is_renewed(server: Server, client: OpenReplayClient) -> None:
    """After 403 for an older token, the client logs in again."""
    server.answer("POST", "/api/login", 200, b'{"jwt": "SECOND"}')
    server.give("python", "account-with-older-token", "account")
    assert client.account().user_id == 1
    assert server.seen[-1][2]["Authorization"] == "Bearer SECOND"


def test_processes_share_one_log_in_by_file(server: Server, tmp_path: Path) -> None:
    """The second client does not log in, and other users may not read the file."""
    server.give("python", "account")
    file = tmp_path / "token"
    for _ in range(2):
        OpenReplayClient(server.url, user="a", password="b", token_file=file).account()
    assert server.paths().count("POST /api/login") == 1
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("document", ["login-wrong-password", "login-missing-password"])
def test_an_account_that_is_not_accepted_is_a_configuration_error(
    server: Server, client: OpenReplayClient, document: str
) -> None:
    """The message names the URL, but neither the account nor the password."""
    server.answers.clear()
    server.give("python", document)
    with pytest.raises(ConfigurationError, match=server.url) as caught:
        client.login()
    assert "alpha" not in str(caught.value)
    assert "Passw0rd" not in str(caught.value)


def test_no_account_is_a_configuration_error(server: Server) -> None:
    """The error is raised before anything is sent."""
    with pytest.raises(ConfigurationError, match="not configured"):
        OpenReplayClient(server.url).projects()
    assert server.seen == []


def test_an_account_without_rights_is_a_configuration_error(server: Server, client: OpenReplayClient) -> None:
    """403 right after a log-in does not cause an endless loop."""
    server.give("go", "bad-token")
    with pytest.raises(ConfigurationError, match="refused"):
        client.replay(1, SESSION)


@pytest.mark.parametrize("suffix", ["", "/", "/api", "/v2/api", "/v2/api/"])
def test_the_base_address_may_name_a_service(server: Server, suffix: str) -> None:
    """Both services are found for each form of the configured URL."""
    server.give("python", "account")
    server.give("go", "replay")
    client = OpenReplayClient(server.url + suffix, user="a", password="b")
    assert client.account()
    assert client.replay(1, SESSION)


def test_a_session_is_read_from_the_search(server: Server, client: OpenReplayClient) -> None:
    """Request and row are as documented (5.2)."""
    server.give("go", "sessions-search")
    document = json.loads((DOCUMENTS / "go" / "sessions-search.json").read_text())["request"]["body"]
    (record,) = client.search_sessions(
        1, document["startTimestamp"], document["endTimestamp"], filters=document["filters"]
    )
    assert (record.session_id, record.events, record.pages, record.errors) == (SESSION, 9, 2, 1)
    assert (record.user_browser, record.metadata) == ("Chrome", {"plan": "gold"})
    assert server.seen[-1][3] == document


def test_a_search_without_sessions_is_empty(server: Server, client: OpenReplayClient) -> None:
    """An empty list, which Go writes as null, gives no sessions."""
    server.give("go", "sessions-search-empty")
    assert list(client.search_sessions(1, 0, 1)) == []


def test_replay_gives_the_urls_of_the_files(server: Server, client: OpenReplayClient) -> None:
    """The URLs of both DOM files and the devtools file are read; signatures are not printed."""
    server.give("go", "replay")
    replay = client.replay(1, SESSION)
    assert replay
    assert [url.rpartition("/")[2].partition("?")[0] for url in (*replay.dom_urls, *replay.devtools_urls)] == [
        "dom.mobs",
        "dom.mobe",
        "devtools.mob",
    ]
    assert (replay.live, replay.encrypted, replay.tracker_version) == (False, False, "19.0.1")
    assert "Signature" not in repr(replay)


def test_a_session_that_the_server_does_not_know_is_none(server: Server, client: OpenReplayClient) -> None:
    """An empty object means a missing session (5.2)."""
    server.give("go", "replay-unknown")
    assert client.replay(1, UNKNOWN) is None


def test_first_mob_events_and_unprocessed(server: Server, client: OpenReplayClient) -> None:
    """The other documents of the Go services are read."""
    server.give("go", "first-mob", "events", "unprocessed-absent")
    assert "dom.mobs" in client.first_mob(1, SESSION)
    events = client.events(1, SESSION)
    assert [event["type"] for event in events.events] == ["LOCATION", "CLICK", "INPUT"]
    assert client.unprocessed(1, UNKNOWN) is None


@pytest.mark.parametrize(
    ("document", "call"),
    [
        ("first-mob-unknown", lambda client: client.first_mob(1, UNKNOWN)),
        ("sessions-search-bad-limit", lambda client: list(client.search_sessions(1, 0, 1))),
    ],
    ids=["first-mob", "search"],
)
def test_errors_name_address_and_status(
    server: Server, client: OpenReplayClient, document: str, call: Callable[[OpenReplayClient], object]
) -> None:
    """An error of the Go services names its URL and status."""
    server.give("go", document)
    with pytest.raises(ApiError, match="answered with 400") as caught:
        call(client)
    assert server.url in str(caught.value)
    assert caught.value.status == 400


def test_a_missing_field_is_an_error_that_names_it(server: Server, client: OpenReplayClient) -> None:
    """A missing required field is not read as empty."""
    server.answer("GET", "/api/1/sample_rate", 200, b'{"data": {"rate": 100}}')
    with pytest.raises(ApiError, match="expected captureAll as bool, got nothing"):
        client.sample_rate(1)


@pytest.mark.parametrize("body", [b'{"errors": ["gone"]}', b"[]", b"<html>"])
def test_an_answer_without_the_envelope_is_an_error(server: Server, client: OpenReplayClient, body: bytes) -> None:
    """Errors that the Python API sends with status 200 (5), and HTML of a proxy, are errors."""
    server.answer("GET", "/api/projects", 200, body)
    with pytest.raises(ApiError, match="/api/projects"):
        client.projects()


def test_a_rate_limit_is_waited_for(server: Server, client: OpenReplayClient) -> None:
    """After 429 the request is repeated once `Retry-After` has passed (5.2)."""
    server.answer("GET", "/api/account", 429, b"", {"Retry-After": "0"})
    server.give("python", "account")
    assert client.account().user_id == 1


def test_a_log_in_is_not_repeated(server: Server, client: OpenReplayClient) -> None:
    """A log-in changes the state of the server, so a server error ends it at once."""
    server.answers.clear()
    server.answer("POST", "/api/login", 503, b"")
    with pytest.raises(ApiError, match="503"):
        client.login()
    assert server.paths() == ["POST /api/login"]


def test_a_host_that_does_not_answer_is_inconclusive() -> None:
    """The message names the URL of the server."""
    client = OpenReplayClient("http://127.0.0.1:1", user="a", password="b", timeout_s=1, retries=0)
    with pytest.raises(Inconclusive, match=r"127\.0\.0\.1:1/api/login"):
        client.projects()


def test_a_session_that_never_arrives_is_inconclusive(server: Server, client: OpenReplayClient) -> None:
    """After the deadline, the message says what was last seen."""
    server.give("go", "replay-unknown")
    with pytest.raises(Inconclusive, match=r"not stored within 0\.1 s; the server does not know it"):
        client.wait_for_session(1, UNKNOWN, 0.1)


def replay_with_files(server: Server) -> None:
    """Answer `replay` with file URLs at this server."""
    document = json.loads((DOCUMENTS / "go" / "replay.json").read_text())
    body = json.dumps(document["response"]["body"]).replace("http://127.0.0.1:9000", server.url)
    server.answer("GET", document["request"]["path"], 200, body.encode())


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_server_that_is_busy_means_not_yet(
    server: Server, client: OpenReplayClient, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    """A rate limit has no `Retry-After` there (recorded); a case is not lost by it."""
    monkeypatch.setattr("maskproof.http.FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("maskproof.http.RATE_PAUSE_S", 0.001)
    path = json.loads((DOCUMENTS / "go" / "replay.json").read_text())["request"]["path"]
    for _ in range(6):
        server.answer("GET", path, status, b"Too Many Requests\n")
    replay_with_files(server)
    server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 200, b"first")
    assert client.wait_for_session(1, SESSION, 5).dom == (b"first",)


def test_a_server_that_stays_busy_is_inconclusive(
    server: Server, client: OpenReplayClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what it answered."""
    monkeypatch.setattr("maskproof.http.FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("maskproof.http.RATE_PAUSE_S", 0.001)
    path = json.loads((DOCUMENTS / "go" / "replay.json").read_text())["request"]["path"]
    server.answer("GET", path, 429, b"")
    with pytest.raises(Inconclusive, match=r"not stored within 0\.1 s; the server answered 429"):
        client.wait_for_session(1, SESSION, 0.1)


def test_the_files_are_polled_without_the_api(server: Server, client: OpenReplayClient) -> None:
    """Each `replay` counts against the account's limit and marks the session as seen: one for the URLs, one at last."""
    replay_with_files(server)
    for _ in range(3):
        server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 404, b"")
    server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 200, b"first")
    client.wait_for_session(1, SESSION, 5)
    assert sum(path.endswith("/replay") for path in server.paths()) == 2


def test_the_record_is_the_one_of_the_stored_session(server: Server, client: OpenReplayClient) -> None:
    """The first answer may be older than the session's last event, such as the id of its user."""
    document = json.loads((DOCUMENTS / "go" / "replay.json").read_text())
    body = json.dumps(document["response"]["body"]).replace("http://127.0.0.1:9000", server.url)
    server.answer("GET", document["request"]["path"], 200, body.replace('"user-1"', "null").encode())
    server.answer("GET", document["request"]["path"], 200, body.encode())
    server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 200, b"first")
    assert client.wait_for_session(1, SESSION, 5).replay.session.user_id == "user-1"


def test_the_late_part_is_not_asked_for_before_the_first(server: Server, client: OpenReplayClient) -> None:
    """Each look would be two requests else, of which one is in vain."""
    replay_with_files(server)
    server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 404, b"")
    server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 404, b"")
    server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 200, b"first")
    client.wait_for_session(1, SESSION, 5)
    asked = [path.partition("?")[0].rpartition("/")[2] for path in server.paths()]
    assert (asked.count("dom.mobs"), asked.count("dom.mobe")) == (3, 1)


def test_files_are_polled_until_they_are_there(server: Server, client: OpenReplayClient) -> None:
    """URLs are returned before the files exist (5.2), and a missing second file is fine (4.4)."""
    replay_with_files(server)
    server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 404, b"")
    server.answer("GET", f"/mobs/{SESSION}/dom.mobs", 200, b"first")
    server.answer("GET", f"/mobs/{SESSION}/devtools.mob", 200, b"devtools")
    stored = client.wait_for_session(1, SESSION, 2)
    assert (stored.dom, stored.devtools) == ((b"first",), (b"devtools",))


@pytest.mark.parametrize(("status", "is_final"), [(400, True), (404, True), (429, False)])
def test_events_that_will_never_come_are_not_waited_for(
    server: Server, client: OpenReplayClient, monkeypatch: pytest.MonkeyPatch, *, status: int, is_final: bool
) -> None:
    """A refusal is final; a server that is busy is asked again."""
    monkeypatch.setattr("maskproof.http.RATE_PAUSE_S", 0.001)
    server.give("go", "replay")
    replay = client.replay(1, SESSION)
    assert replay
    path = f"/v2/api/1/sessions/{SESSION}/events"
    for _ in range(20):
        server.answer("GET", path, status, b"")
    gap = client.session_in_database(1, replay, 0.01).gap
    assert str(status) in gap
    assert (server.paths().count(f"GET {path}") == 1) == is_final


def test_the_object_store_gets_no_token(server: Server, client: OpenReplayClient) -> None:
    """The pre-signed URL is the authority; the log-in is not sent to another host."""
    server.answer("GET", "/mobs/x", 200, b"data")
    assert client.download(f"{server.url}/mobs/x?Signature=abc") == b"data"
    assert "Authorization" not in server.seen[-1][2]


@pytest.mark.parametrize(("status", "body"), [(200, b"x" * 11), (403, b""), (404, b"")])
def test_a_download_that_fails_does_not_show_its_signature(
    server: Server, client: OpenReplayClient, status: int, body: bytes
) -> None:
    """The error for a file that is too large, refused or missing shows the URL without its query."""
    server.answer("GET", "/mobs/x", status, body)
    with pytest.raises(ApiError, match="/mobs/x") as caught:
        client.download(f"{server.url}/mobs/x?Signature=abc", limit=10)
    assert "abc" not in str(caught.value)


def test_an_encrypted_session_is_refused(server: Server, client: OpenReplayClient) -> None:
    """Encrypted files cannot be scanned, so the result is inconclusive (4.3)."""
    document = json.loads((DOCUMENTS / "go" / "replay.json").read_text())
    document["response"]["body"]["data"]["fileKey"] = "00" * 32
    server.answer("GET", document["request"]["path"], 200, json.dumps(document["response"]["body"]).encode())
    with pytest.raises(Inconclusive, match="encrypted"):
        client.wait_for_session(1, SESSION, 1)


def test_the_public_api_is_read_by_key(server: Server, client: OpenReplayClient) -> None:
    """Projects and sessions are read with the tenant's key; null is an empty list (5.1)."""
    server.give("go", "public-projects", "public-project", "public-user-sessions", "public-user-sessions-none")
    assert client.public_projects()[0].project_id == client.public_project(KEY).project_id == 1
    assert [row["sessionId"] for row in client.public_user_sessions(KEY, "user-1", 0, 1)] == [SESSION]
    assert list(client.public_user_sessions(KEY, "user-2", 0, 1)) == []
    assert {headers["Authorization"] for _, _, headers, _ in server.seen} == {"Bearer API_KEY"}


def test_public_events_have_no_html_escapes(server: Server, client: OpenReplayClient) -> None:
    """The server escapes texts, but a value must be found as it was typed (5.1)."""
    server.give("go", "public-events")
    document = json.loads((DOCUMENTS / "go" / "public-events.json").read_text())["request"]["body"]
    (event,) = client.public_events(KEY, SESSION, document["startTimestamp"], document["endTimestamp"])
    assert event["properties"] == {"shop": 'Smith & Sons "Delta"'}
    assert server.seen[-1][3] == document


def test_a_key_that_is_not_accepted_or_missing_is_a_configuration_error(server: Server) -> None:
    """The message does not show the key."""
    server.give("go", "public-bad-key")
    with pytest.raises(ConfigurationError, match="not accepted") as caught:
        OpenReplayClient(server.url, api_key="secret-key").public_projects()
    assert "secret-key" not in str(caught.value)
    with pytest.raises(ConfigurationError, match="needs an API key"):
        OpenReplayClient(server.url).public_projects()
