"""Checks what the configuration says about the application's own source, before anything is started."""

from pathlib import Path

from maskproof.bundles import PACKAGES
from maskproof.embedded.command_check import check_command
from maskproof.project_settings import DevelopmentSettings, ProjectSettings
from maskproof.settings import Settings


def check_project(settings: Settings, project: ProjectSettings) -> None:
    """
    Check everything that `[project]` names. That the module is there is a check of the run.

    Args:
        settings: The configuration.
        project: The table.

    Raises:
        ConfigurationError: A part of it cannot work; names file and line.

    """
    if not project.source.is_dir():
        raise settings.error(
            "project.source", f"{project.source} is not a folder.", hint="It is the folder of the application's source."
        )
    if project.tests:
        check_command(settings, "project.tests", project.tests, project.source)
    if project.development is not None:
        command = project.development.command
        # Without installed packages, the copy of the source gets those of the cache.
        known = command if (project.source / PACKAGES).is_dir() else command[:1]
        check_command(settings, "project.development.command", known, project.source)
        _check_text(settings, project.source, project.development)


def _check_text(settings: Settings, source: Path, development: DevelopmentSettings) -> None:
    name, file = Path(development.file), source / development.file
    if name.is_absolute() or ".." in name.parts or not file.is_file():
        raise settings.error(
            "project.development.file",
            f"{source} has no file {development.file}.",
            hint="It is a source file of the page at path, relative to source.",
        )
    if development.text not in file.read_text(encoding="utf-8", errors="replace"):
        raise settings.error(
            "project.development.text",
            f"{development.text!r} is not in {development.file}.",
            hint="It has to be in that source file, and on the page.",
        )
