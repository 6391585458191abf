"""A project of one form and one rule, and a live target that is not there."""

import socket
from pathlib import Path

import pytest
from tests.unit.conftest import Server

FORM = """version: 1
id: demo
title: Demo
path: /demo
fields:
  email: {selector: "#email", label: E-mail, category: email, value: user.email}
steps:
  - fill: {field: email}
submits:
  - {method: POST, path: /api/demo}
success: {selector: h1, text: Thanks}
"""
RULES = """version: 1
category: email
rules:
  - id: email-types
    match: {types: [email]}
    treatment: hidden
    why: An address names a person.
"""
LIVE = """
[target]
kind = "live"
[paths]
forms = "forms"
rules = "rules"
[app]
instrumented = "{url}"
bare = "{url}"
[run]
session_deadline_s = 0.1
allow_submit = ["demo"]
[live.openreplay]
ingest = "{url}/ingest"
api = "{url}"
project_id = 1
project_key_env = "DEMO_KEY"
user_env = "DEMO_USER"
password_env = "DEMO_PASSWORD"
[live.umami]
url = "{url}"
website_id = "38ad5fd0-5c98-41c9-b03c-54048e9448a7"
user_env = "DEMO_USER"
password_env = "DEMO_PASSWORD"
"""
SECRET = "Example-Passw0rd"


@pytest.fixture
def closed_url() -> str:
    """A URL on loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project, which is the current one; its configuration is still to be written."""
    for folder, name, text in (("forms", "demo.yaml", FORM), ("rules", "email.yaml", RULES)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    for name in ("DEMO_KEY", "DEMO_USER", "DEMO_PASSWORD"):
        monkeypatch.setenv(name, SECRET)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def live(project: Path, server: Server) -> Path:
    """The project with a live target whose servers give the answers of the test."""
    configure(project, server.url)
    return project


def configure(project: Path, url: str, *, old: str = "", new: str = "") -> None:
    """Write the configuration of a live target at one URL, with one change."""
    text = LIVE.format(url=url)
    assert old in text
    (project / "maskproof.toml").write_text(text.replace(old, new), encoding="utf-8")
