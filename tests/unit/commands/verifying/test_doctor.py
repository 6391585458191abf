"""`maskproof doctor`: the exit status separates a wrong configuration from other faults."""

import json
from pathlib import Path

import pytest
from tests.unit.commands.conftest import SECRET, configure
from tests.unit.conftest import Server

from maskproof import cli
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_PASS, EXIT_USAGE
from maskproof.machine.chromium import INSTALL
from maskproof.machine.failures import SetupFailed
from maskproof.machine.probe import Probed

Capture = pytest.CaptureFixture[str]
PYTHON, UMAMI = "openreplay-api/python", "umami-2.10"


@pytest.fixture(autouse=True)
def chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that starts."""
    monkeypatch.setattr(
        "maskproof.commands.verifying.examine.probe_browser", lambda **_: Probed("Chromium", "version 130")
    )


def well(server: Server) -> None:
    """Let the server answer as one that is set up right."""
    server.answer("GET", "/", 200, b"<html>")
    server.give(PYTHON, "login-ok", "projects-list")
    server.answer("GET", "/api/1/sample_rate", 200, b'{"data": {"rate": 100, "captureAll": true}}')
    server.give("openreplay-go", "go-conditions", "ingest-root")
    server.give(UMAMI, "version", "login-ok", "website-get")


def findings(capsys: Capture) -> dict[str, dict[str, str]]:
    """The printed inspections, by the part that was inspected."""
    return {found["what"]: found for found in json.loads(capsys.readouterr().out)["findings"]}


def test_a_target_that_is_set_up_right_passes(live: Path, server: Server, capsys: Capture) -> None:
    """Every part is inspected, and none is wrong."""
    well(server)
    assert cli.main(["doctor", "--json"]) == EXIT_PASS, capsys.readouterr()
    found = findings(capsys)
    assert {part["state"] for part in found.values()} == {"ok"}
    assert found["Umami"]["seen"] == "version 2.10.0"
    assert len(found) == 10
    assert live.is_dir()


def test_every_account_logs_in(live: Path, server: Server, capsys: Capture) -> None:
    """Workers share the accounts among them: one that is not accepted would cost its worker the run."""
    well(server)
    file = live / "maskproof.toml"
    more = 'accounts = [{user_env = "DEMO_USER", password_env = "DEMO_PASSWORD"}]\n[live.umami]'
    file.write_text(file.read_text().replace("[live.umami]", more))
    assert cli.main(["doctor", "--json"]) == EXIT_PASS
    assert findings(capsys)["OpenReplay log-in"]["seen"] == f"all 2 accounts accepted by {server.url}"
    assert server.paths().count("POST /api/login") == 2


def test_a_host_that_does_not_answer_is_inconclusive(
    project: Path, closed_url: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Every part has its line with the URL, and no error ends the command."""
    monkeypatch.setattr("maskproof.http.FIRST_PAUSE_S", 0.001)
    configure(project, closed_url)
    assert cli.main(["doctor"]) == EXIT_INCONCLUSIVE
    printed = capsys.readouterr().out
    assert printed.count(f"{closed_url}/") == printed.count("WRONG") == 9
    assert "address right?" in printed


@pytest.mark.parametrize(
    ("document", "part"), [(PYTHON, "OpenReplay log-in"), (UMAMI, "Umami website")], ids=["openreplay", "umami"]
)
def test_a_wrong_password_is_a_fault_of_the_configuration(
    live: Path, server: Server, capsys: Capture, document: str, part: str
) -> None:
    """The message names the server and never shows the password."""
    well(server)
    del server.answers["POST", "/api/login" if document == PYTHON else "/api/auth/login"]
    server.give(document, "login-wrong-password")
    assert cli.main(["doctor", "--json"]) == EXIT_USAGE
    printed = capsys.readouterr()
    assert SECRET not in printed.out + printed.err
    (found,) = [listed for listed in json.loads(printed.out)["findings"] if listed["what"] == part]
    assert (found["state"], found["exit_code"]) == ("wrong", EXIT_USAGE)
    assert "does not accept the account" in found["seen"]
    assert live.is_dir()


def test_an_unknown_project_is_a_fault_that_names_the_known_ones(
    project: Path, server: Server, capsys: Capture
) -> None:
    """The right id can be copied from the advice."""
    well(server)
    configure(project, server.url, old="project_id = 1", new="project_id = 7")
    assert cli.main(["doctor", "--json"]) == EXIT_USAGE
    found = findings(capsys)["OpenReplay project"]
    assert (found["seen"], found["advice"]) == ("no project has the id 7.", "Projects there: 1.")


def test_an_unknown_website_is_a_fault(live: Path, server: Server, capsys: Capture) -> None:
    """Umami answers 200 and `null` for an unknown website."""
    well(server)
    server.answers["GET", "/api/websites/38ad5fd0-5c98-41c9-b03c-54048e9448a7"] = [(200, {}, b"null")]
    assert cli.main(["doctor", "--json"]) == EXIT_USAGE
    assert "knows no website" in findings(capsys)["Umami website"]["seen"]
    assert live.is_dir()


def test_a_capture_rate_below_100_is_inconclusive(live: Path, server: Server, capsys: Capture) -> None:
    """The capture check could not pass with it."""
    well(server)
    server.answers["GET", "/api/1/sample_rate"] = [(200, {}, b'{"data": {"rate": 50, "captureAll": false}}')]
    assert cli.main(["doctor", "--json"]) == EXIT_INCONCLUSIVE
    assert "only 50 % of sessions" in findings(capsys)["OpenReplay capture rate"]["seen"]
    assert live.is_dir()


def test_no_browser_is_wrong(live: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """The advice says how to get one."""
    well(server)
    error = SetupFailed("There is no Chromium on this machine.", hint=INSTALL)
    monkeypatch.setattr("maskproof.commands.verifying.examine.probe_browser", lambda **_: Probed("Chromium", "", error))
    assert cli.main(["doctor", "--json"]) == EXIT_INCONCLUSIVE
    assert "make setup" in findings(capsys)["Chromium"]["advice"]
    assert live.is_dir()


def test_a_live_target_that_is_not_configured_is_a_fault(project: Path, capsys: Capture) -> None:
    """The message names the missing tables."""
    (project / "maskproof.toml").write_text("", encoding="utf-8")
    assert cli.main(["doctor", "--target", "live", "--json"]) == EXIT_USAGE
    assert "needs [live.openreplay], [live.umami]" in findings(capsys)["target"]["seen"]


def test_an_application_that_redirects_is_reachable(live: Path, server: Server, capsys: Capture) -> None:
    """Many applications redirect `/`."""
    well(server)
    server.answers["GET", "/"] = [(302, {"Location": "/log-in"}, b"")]
    assert cli.main(["doctor", "--json"]) == EXIT_PASS
    assert findings(capsys)["application, bare"]["seen"].endswith("answers with 302")
    assert live.is_dir()


@pytest.mark.parametrize(
    ("path", "part"), [("/v2/api/1/conditions", "OpenReplay sessions"), ("/ingest/", "OpenReplay ingest")]
)
def test_a_service_of_openreplay_that_is_down_is_inconclusive(
    live: Path, server: Server, capsys: Capture, monkeypatch: pytest.MonkeyPatch, path: str, part: str
) -> None:
    """OpenReplay is several services: accounts may answer while sessions or the ingest do not."""
    monkeypatch.setattr("maskproof.http.FIRST_PAUSE_S", 0.001)
    well(server)
    server.answers["GET", path] = [(502, {}, b"")]
    assert cli.main(["doctor", "--json"]) == EXIT_INCONCLUSIVE
    found = findings(capsys)
    assert [what for what, one in found.items() if one["state"] != "ok"] == [part]
    assert "502" in found[part]["seen"]
    assert live.is_dir()


def test_an_ingest_that_refuses_a_plain_request_is_there(live: Path, server: Server, capsys: Capture) -> None:
    """A proxy may answer 404 at its root."""
    well(server)
    server.answers["GET", "/ingest/"] = [(404, {}, b"")]
    assert cli.main(["doctor", "--json"]) == EXIT_PASS
    assert "answers with 404" in findings(capsys)["OpenReplay ingest"]["seen"]
    assert live.is_dir()
