"""`maskproof audit` pulls sessions and scans them, or reports why it cannot."""

import gzip
import json
from pathlib import Path

import pytest
from tests.unit.commands.conftest import configure
from tests.unit.conftest import DATA, Server

from maskproof import cli
from maskproof.errors import EXIT_FAIL, EXIT_INCONCLUSIVE, EXIT_PASS, EXIT_USAGE
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.recording_layout import HEADER_V2

Capture = pytest.CaptureFixture[str]
SESSION = "7100000000000000002"


@pytest.fixture
def values(project: Path) -> str:
    """A values file."""
    path = project / "values.json"
    path.write_text(json.dumps({"values": [{"id": "email", "category": "email", "value": "alpha@example.com"}]}))
    return str(path)


def test_a_session_that_is_not_there_is_inconclusive(live: Path, server: Server, values: str, capsys: Capture) -> None:
    """The message has its id and the answer of the server; no report is printed."""
    server.give("openreplay-api/python", "login-ok")
    server.answer("GET", f"/v2/api/1/sessions/{SESSION}/replay", 200, b'{"data": {}}')
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_INCONCLUSIVE
    captured = capsys.readouterr()
    assert f"session {SESSION} was not stored within 0.1 s; the server does not know it" in captured.err
    assert captured.out == ""
    assert live.is_dir()


def test_a_host_that_does_not_answer_is_inconclusive(
    project: Path, closed_url: str, values: str, capsys: Capture
) -> None:
    """The message has its URL."""
    configure(project, closed_url)
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_INCONCLUSIVE
    assert f"{closed_url}/api/login: ConnectionError" in capsys.readouterr().err


def test_a_wrong_password_is_a_fault_of_the_configuration(
    live: Path, server: Server, values: str, capsys: Capture
) -> None:
    """The status is 2, and the message says so."""
    server.give("openreplay-api/python", "login-wrong-password")
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_USAGE
    assert "does not accept the account" in capsys.readouterr().err
    assert live.is_dir()


def test_a_deployment_that_is_not_configured_is_a_fault(project: Path, values: str, capsys: Capture) -> None:
    """The message names the missing table."""
    (project / "maskproof.toml").write_text("", encoding="utf-8")
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_USAGE
    assert "[live.openreplay] is not configured" in capsys.readouterr().err


def test_a_values_file_that_is_not_there_is_a_fault(live: Path, capsys: Capture) -> None:
    """It is reported before the server is asked."""
    assert cli.main(["audit", SESSION, "--values", "gone.json"]) == EXIT_USAGE
    assert "gone.json: cannot be read" in capsys.readouterr().err
    assert live.is_dir()


def store(server: Server, text: str, *, canvases: int = 0) -> None:
    """Serve a stored session with one text, and recorded canvases."""
    server.give("openreplay-api/python", "login-ok")
    replay = {
        "sessionId": SESSION,
        "startTs": 1_700_000_000_000,
        "domURL": [f"{server.url}/mobs/dom.mobs"],
        "devtoolsURL": [],
        "canvasURL": [f"{server.url}/mobs/{number}.frames" for number in range(canvases)],
    }
    server.answer("GET", f"/v2/api/1/sessions/{SESSION}/replay", 200, json.dumps({"data": replay}).encode())
    data = HEADER_V2 + encode_batch([message("CreateDocument"), message("SetNodeData", 1, text)], version=2)
    server.answer("GET", "/mobs/dom.mobs", 200, data)
    keep(server, events=[{"type": "LOCATION", "url": "http://127.0.0.1/order"}])


def test_a_stored_file_that_unpacks_to_too_much_is_never_a_pass(
    live: Path, server: Server, values: str, capsys: Capture
) -> None:
    """It is named, and what the database keeps of the session is searched all the same."""
    for text, status in (("nothing", EXIT_INCONCLUSIVE), ("alpha@example.com", EXIT_FAIL)):
        store(server, "nothing")
        server.answers.pop(("GET", "/mobs/dom.mobs"))
        server.answer("GET", "/mobs/dom.mobs", 200, gzip.compress(bytes(2 << 20)))
        keep(server, events=[{"type": "LOCATION", "url": f"http://127.0.0.1/{text}"}])
        assert cli.main(["audit", SESSION, "--values", values, "--unpack-limit", "1"]) == status
        assert "unpacks to more than 1048576 bytes" in capsys.readouterr().err
    assert live.is_dir()


def keep(server: Server, **groups: object) -> None:
    """Let the database keep events of the session; the last answer counts."""
    path = f"/v2/api/1/sessions/{SESSION}/events"
    server.answers.pop(("GET", path), None)
    groups = {"events": [], "userEvents": [], "issues": [], "incidents": [], "errors": []} | groups
    server.answer("GET", path, 200, json.dumps({"data": groups}).encode())


@pytest.mark.parametrize(("text", "status"), [("nothing", EXIT_PASS), ("alpha@example.com", EXIT_FAIL)])
def test_a_stored_session_is_pulled_and_scanned(
    live: Path, server: Server, values: str, capsys: Capture, text: str, status: int
) -> None:
    """The report is one JSON object, like that of `scan`."""
    store(server, text)
    assert cli.main(["audit", SESSION, "--values", values, "--json"]) == status
    report = json.loads(capsys.readouterr().out)
    assert {finding["session_id"] for finding in report["findings"]} == ({SESSION} if status else set())
    assert report["scanned"]["messages"] == 2
    assert live.is_dir()


def test_a_recorded_canvas_is_never_a_pass(live: Path, server: Server, values: str, capsys: Capture) -> None:
    """Its pixels are not searched, and a message says so."""
    store(server, "nothing", canvases=2)
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_INCONCLUSIVE
    assert f"{SESSION}: 2 recorded canvas files; pixels are not searched" in capsys.readouterr().err
    assert live.is_dir()


PAGE = {"type": "LOCATION", "url": "http://127.0.0.1/order"}


@pytest.mark.parametrize(
    ("groups", "channel"),
    [
        ({"userEvents": [{"name": "order", "properties": {"deep": {"mail": "alpha@example.com"}}}]}, "custom event"),
        ({"userEvents": [{"name": "order", "properties": {"alpha@example.com": 1}}]}, "custom event"),
        ({"errors": [{"name": "Error", "message": "no customer alpha%40example.com"}]}, "exception"),
        ({"issues": [{"issueType": "custom", "contextString": "YWxwaGFAZXhhbXBsZS5jb20="}]}, "issue"),
        ({"incidents": [{"label": "alpha@example.com"}]}, "issue"),
        ({"events": [PAGE, {"type": "INPUT", "label": "alpha@example.com"}]}, "input label"),
        ({"events": [PAGE | {"referrer": "http://127.0.0.1/?m=alpha@example.com"}]}, "referrer"),
    ],
    ids=["property", "key", "error", "issue", "incident", "label", "referrer"],
)
def test_what_only_the_database_keeps_is_searched(
    live: Path, server: Server, values: str, capsys: Capture, groups: dict[str, object], channel: str
) -> None:
    """No stored file holds it, and it is a leak all the same."""
    store(server, "nothing")
    keep(server, **({"events": [PAGE]} | groups))
    assert cli.main(["audit", SESSION, "--values", values, "--json"]) == EXIT_FAIL
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {(finding["value_id"], finding["channel"]) for finding in findings} == {("email", channel)}
    assert {finding["source"] for finding in findings} == {f"{SESSION}/database"}
    assert "alpha" not in json.dumps(findings)
    assert live.is_dir()


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (200, b'{"data": {"events": []}}', "its events are not in the database yet"),
        (200, b'{"data": {"events": null}}', "its events could not be read"),
        (500, b"", "its events could not be read"),
    ],
    ids=["not yet", "failed query", "error"],
)
def test_a_database_that_was_not_searched_is_never_a_pass(
    live: Path, server: Server, values: str, capsys: Capture, status: int, body: bytes, message: str
) -> None:
    """The message says what could not be read."""
    store(server, "nothing")
    path = f"/v2/api/1/sessions/{SESSION}/events"
    server.answers[("GET", path)] = [(status, {}, body)]
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_INCONCLUSIVE
    assert f"not scanned: {SESSION}/database: {message}" in capsys.readouterr().err
    assert live.is_dir()


def test_events_that_come_later_are_waited_for(
    live: Path, server: Server, values: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is written in turns: the first answer may be empty."""
    monkeypatch.setattr("maskproof.commands.scanning.scan_sessions.DATABASE_DEADLINE_S", 5.0)
    configure(live, server.url, old="session_deadline_s = 0.1", new="session_deadline_s = 5")
    store(server, "nothing")
    path = f"/v2/api/1/sessions/{SESSION}/events"
    server.answers[("GET", path)].insert(0, (200, {}, b'{"data": {"events": []}}'))
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_PASS, capsys.readouterr().err
    assert server.paths().count(f"GET {path}") == 2


def test_a_real_session_whose_personal_data_is_in_the_database_alone_fails(
    live: Path, server: Server, values: str, capsys: Capture
) -> None:
    """A session of a real server: user id, custom event and error; its stored files hold nothing."""
    server.give("openreplay-api/python", "login-ok")
    document = json.loads((DATA / "openreplay-go/replay-event-only.json").read_text())
    record = document["response"]["body"]["data"]
    session = record["sessionId"]
    record |= {"domURL": [f"{server.url}/dom.mobs"], "devtoolsURL": [f"{server.url}/devtools.mob"]}
    server.answer("GET", document["request"]["path"], 200, json.dumps({"data": record}).encode())
    server.give("openreplay-go", "events-event-only")
    for name in ("dom.mobs", "devtools.mob"):
        server.answer("GET", f"/{name}", 200, (DATA / "openreplay-stored/event-only" / name).read_bytes())
    assert cli.main(["audit", session, "--values", values, "--json"]) == EXIT_FAIL
    findings = json.loads(capsys.readouterr().out)["findings"]
    channels = {finding["channel"] for finding in findings if finding["value_id"] == "email"}
    assert channels == {"user id", "custom event", "exception"}
    assert live.is_dir()


def test_half_a_session_is_never_taken_for_a_whole_one(
    live: Path, server: Server, values: str, capsys: Capture
) -> None:
    """The files are stored one by one: the leak is in the one that was missing at the first look."""
    store(server, "nothing")
    path = f"/v2/api/1/sessions/{SESSION}/replay"
    status, headers, body = server.answers["GET", path][0]
    replay = json.loads(body)["data"] | {"devtoolsURL": [f"{server.url}/mobs/devtools.mob"]}
    server.answers["GET", path] = [(status, headers, json.dumps({"data": replay}).encode())]
    late = HEADER_V2 + encode_batch([message("ConsoleLog", "log", "alpha@example.com")], version=4)
    server.answer("GET", "/mobs/devtools.mob", 404, b"")
    server.answer("GET", "/mobs/devtools.mob", 200, late)
    assert cli.main(["audit", SESSION, "--values", values, "--json"]) == EXIT_FAIL
    assert {finding["channel"] for finding in json.loads(capsys.readouterr().out)["findings"]} == {"console"}
    assert live.is_dir()


def test_an_audit_asks_for_no_keys_of_umami(
    live: Path, server: Server, values: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever audits sessions may have no account there."""
    old = 'website_id = "38ad5fd0-5c98-41c9-b03c-54048e9448a7"\nuser_env = "DEMO_USER"'
    configure(live, server.url, old=old, new=old.replace("DEMO_USER", "NOT_SET_USER"))
    monkeypatch.delenv("NOT_SET_USER", raising=False)
    store(server, "nothing")
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_PASS, capsys.readouterr().err
