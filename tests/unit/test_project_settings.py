"""The part of the configuration about the application's own source."""

from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.project_settings import ProjectSettings
from maskproof.settings import load_settings

DEVELOPMENT = """
[project.development]
command = ["vite", "--port", "{port}"]
path = "/contact"
file = "src/Contact.tsx"
text = "Write to us"
"""


def read(folder: Path, text: str) -> ProjectSettings | None:
    """The settings of a file."""
    path = folder / "maskproof.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path).project


def test_without_the_table_nothing_is_asked(tmp_path: Path) -> None:
    """Its checks are those of a configuration that names a source."""
    assert read(tmp_path, "") is None


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("", ()),
        ('module = "src/lib/tracking"', ("module",)),
        ('tests = ["npm", "test"]', ("regression",)),
        (DEVELOPMENT, ("development",)),
        (f'module = "m"\ntests = ["t"]\n{DEVELOPMENT}', ("module", "development", "regression")),
    ],
)
def test_each_part_has_its_check(tmp_path: Path, text: str, checks: tuple[str, ...]) -> None:
    """The source is relative to the file."""
    project = read(tmp_path, f'[project]\nsource = "app"\n{text}')
    assert project is not None
    assert project.source == tmp_path / "app"
    assert project.checks == checks


def test_environment_variables_of_tracked_development_are_texts(tmp_path: Path) -> None:
    """They are handed to the server as they are."""
    project = read(tmp_path, f'[project]\nsource = "app"\n{DEVELOPMENT}tracked = {{ VITE_TRACKING = "on" }}')
    assert project is not None
    assert project.development is not None
    assert project.development.tracked == {"VITE_TRACKING": "on"}
    assert project.development.command == ("vite", "--port", "{port}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[project]", "source"),
        ('[project]\nsource = "app"\n[project.development]\ncommand = ["vite"]', "path"),
        ('[project]\nsource = "app"\ntests = []', "tests"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, text: str, message: str) -> None:
    """Before anything starts."""
    with pytest.raises(ConfigurationError, match=message):
        read(tmp_path, text)
