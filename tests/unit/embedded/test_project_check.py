"""What `[project]` names is looked at before anything is started."""

from pathlib import Path

import pytest
from tests.unit.commands.verifying.wrong_configurations import TOML, write_project

from maskproof.embedded.app_check import check_app
from maskproof.errors import ConfigurationError
from maskproof.settings import load_settings

PROJECT = """
[project]
source = "web"
module = "tracking"
tests = ["{python}", "-m", "pytest"]

[project.development]
command = ["node", "serve.mjs", "{port}"]
path = "/"
file = "page.txt"
text = "Write to us"
"""


def check(folder: Path, old: str = "", new: str = "") -> None:
    """Check a project in order but for one thing."""
    write_project(folder)
    (folder / "web/node_modules").mkdir(parents=True)
    (folder / "web/page.txt").write_text("Write to us")
    (folder / "web/serve.mjs").write_text("")
    (folder / "outside.txt").write_text("Write to us")
    with (folder / TOML).open("a") as file:
        file.write(PROJECT.replace(old, new) if old else PROJECT)
    check_app(load_settings(folder / TOML))


def test_a_project_in_order_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commands run with our Node.js, so that a machine needs none."""
    monkeypatch.setenv("PATH", "/nowhere")
    check(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "name", "message"),
    [
        ('"web"', '"gone"', "source", "gone is not a folder"),
        ('"{python}", "-m"', '"no-such-program"', "tests", "no-such-program cannot be started"),
        ('"{python}", "-m", "pytest"', '"{python}", "run.py"', "tests", "run.py is not there"),
        ('"serve.mjs"', '"server.mjs"', "development.command", "server.mjs is not there"),
        ('"page.txt"', '"gone.txt"', "development.file", "has no file gone.txt"),
        ('"page.txt"', '"../outside.txt"', "development.file", "has no file ../outside.txt"),
        ("Write to us", "Call us", "development.text", "'Call us' is not in page.txt"),
    ],
)
def test_what_cannot_work_is_refused(tmp_path: Path, old: str, new: str, name: str, message: str) -> None:
    """The error has line and name; a file outside of the copy, which would be the team's own, is never changed."""
    with pytest.raises(ConfigurationError, match=rf"toml:\d+: project.{name}: .*{message}"):
        check(tmp_path, old, new)


def test_a_program_of_packages_that_are_not_installed_is_not_refused(tmp_path: Path) -> None:
    """The run installs them beside a copy of the source."""
    write_project(tmp_path)
    (tmp_path / "web").mkdir()
    (tmp_path / "web/page.txt").write_text("Write to us")
    with (tmp_path / TOML).open("a") as file:
        file.write(PROJECT.replace("serve.mjs", "node_modules/vite/bin/vite.js"))
    check_app(load_settings(tmp_path / TOML))


def test_an_absolute_file_is_refused(tmp_path: Path) -> None:
    """It is no file of the copy either."""
    with pytest.raises(ConfigurationError, match="has no file"):
        check(tmp_path, '"page.txt"', f'"{tmp_path / "outside.txt"}"')
