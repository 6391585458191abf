"""Bad input to `maskproof audit`."""

import json
from pathlib import Path

import pytest
from tests.unit.commands.conftest import configure
from tests.unit.conftest import Server

from maskproof import cli
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_USAGE

Capture = pytest.CaptureFixture[str]
SESSION = "7100000000000000002"


@pytest.fixture
def values(project: Path) -> str:
    """A values file."""
    path = project / "values.json"
    path.write_text(json.dumps({"values": [{"id": "email", "category": "email", "value": "alpha@example.com"}]}))
    return str(path)


def test_a_session_that_is_not_there_is_inconclusive(live: Path, server: Server, values: str, capsys: Capture) -> None:
    """Its id and what the server says of it are told; nothing is printed as a report."""
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
    """With its address."""
    configure(project, closed_url)
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_INCONCLUSIVE
    assert f"{closed_url}/api/login: ConnectionError" in capsys.readouterr().err


def test_a_wrong_password_is_a_fault_of_the_configuration(
    live: Path, server: Server, values: str, capsys: Capture
) -> None:
    """Status 2."""
    server.give("openreplay-api/python", "login-wrong-password")
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_USAGE
    assert "does not accept the account" in capsys.readouterr().err
    assert live.is_dir()


def test_a_deployment_that_is_not_configured_is_a_fault(project: Path, values: str, capsys: Capture) -> None:
    """The table that is missing is named."""
    (project / "maskproof.toml").write_text("", encoding="utf-8")
    assert cli.main(["audit", SESSION, "--values", values]) == EXIT_USAGE
    assert "[live.openreplay] is not configured" in capsys.readouterr().err


def test_a_values_file_that_is_not_there_is_a_fault(live: Path, capsys: Capture) -> None:
    """Before the server is asked."""
    assert cli.main(["audit", SESSION, "--values", "gone.json"]) == EXIT_USAGE
    assert "gone.json: cannot be read" in capsys.readouterr().err
    assert live.is_dir()
