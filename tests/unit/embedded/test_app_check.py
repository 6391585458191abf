"""The application's command, folders and scripts are looked at before anything is started."""

import json
from pathlib import Path

import pytest
from tests.unit.commands.verifying.wrong_configurations import TOML, edit, write_project

from maskproof.embedded.app_check import check_app
from maskproof.errors import ConfigurationError
from maskproof.settings import load_settings

COMMAND = '["{python}", "serve.py"]'


def check(folder: Path, command: str) -> None:
    """Check the project with another command."""
    edit(TOML, COMMAND, command)(folder)
    check_app(load_settings(folder / TOML))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in order, with scripts of npm."""
    write_project(tmp_path)
    (tmp_path / "package.json").write_text(json.dumps({"scripts": {"serve": "node serve.mjs"}}, indent=1))
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        COMMAND,
        '["{python}", "-u", "serve.py", "--port", "0"]',
        '["{python}", "-m", "shop.server"]',
        '["python3", "-c", "import server.py"]',
        '["env", "A=b.py", "true"]',
    ],
)
def test_a_command_that_may_work_is_not_refused(project: Path, command: str) -> None:
    """Only what is sure to fail is."""
    check(project, command)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ('["{python}", "-u", "gone.py"]', "gone.py is not there"),
        ('["./serve"]', "there is no such program"),
        ('["sh", "run.sh"]', "run.sh is not there"),
    ],
)
def test_a_command_that_cannot_work_is_refused(project: Path, command: str, message: str) -> None:
    """The error has the line of the command."""
    with pytest.raises(ConfigurationError, match=rf"toml:10: app.server.command: .*{message}"):
        check(project, command)


def test_a_script_that_npm_does_not_know_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the line of the scripts, and the hint those that are there."""
    monkeypatch.setattr("maskproof.embedded.command_check._program", lambda *_: "npm")
    edit(TOML, COMMAND, '["npm", "run", "server"]')(project)
    with pytest.raises(ConfigurationError, match=r"package.json:2: no script is called server") as caught:
        check_app(load_settings(project / TOML))
    assert caught.value.hint == "Scripts there: serve."


@pytest.mark.parametrize(
    "command",
    [
        '["npm", "run", "serve"]',
        '["npm", "run", "serve", "--", "--port", "0"]',
        '["npm", "run", "other", "--prefix", "web"]',
        '["npm", "--prefix", "web", "run", "other"]',
        '["npm", "exec", "other"]',
    ],
)
def test_a_script_that_may_be_there_is_not_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """It may be one of another folder."""
    monkeypatch.setattr("maskproof.embedded.command_check._program", lambda *_: "npm")
    check(project, command)


def test_a_package_that_is_no_json_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its line."""
    monkeypatch.setattr("maskproof.embedded.command_check._program", lambda *_: "npm")
    (project / "package.json").write_text('{\n"scripts": {,}')
    with pytest.raises(ConfigurationError, match=r"package.json:2: not JSON"):
        check(project, '["npm", "run", "serve"]')
