"""The part of the configuration about the application's own source: `[project]` of `maskproof.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class DevelopmentSettings:
    """
    The application's development server, and a change that it has to show while it runs.

    Attributes:
        command: Program and arguments; `{port}` stands for a free port on loopback.
        path: Page on which the change is seen.
        file: Source file that is changed, relative to the source.
        text: A text of that file and of the page, which is changed.
        tracked: Environment variables with which development is tracked; empty if it never is.

    """

    command: tuple[str, ...]
    path: str
    file: str
    text: str
    tracked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """
    The application's source.

    Attributes:
        source: Its folder.
        module: Folder of the tracking module in it; empty where it is not asked about.
        tests: Command of its own regression tests; empty where it is not asked about.
        development: Its development server; None where it is not asked about.

    """

    source: Path
    module: str = ""
    tests: tuple[str, ...] = ()
    development: DevelopmentSettings | None = None

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks that a run has for it."""
        asked = {"module": self.module, "development": self.development, "regression": self.tests}
        return tuple(name for name, wanted in asked.items() if wanted)


def read_project(folder: Path, table: Mapping[str, Any] | None) -> ProjectSettings | None:
    """
    The table `[project]`.

    Args:
        folder: Folder that its paths are relative to.
        table: What the file holds; None if it has no such table.

    """
    if table is None:
        return None
    development = table.get("development")
    return ProjectSettings(
        source=folder / table["source"],
        module=table.get("module", ""),
        tests=tuple(table.get("tests", ())),
        development=None
        if development is None
        else DevelopmentSettings(**{**development, "command": tuple(development["command"])}),
    )
