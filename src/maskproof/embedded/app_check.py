"""Checks what the configuration says about the application, before anything is built or started."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from maskproof.embedded.app_build import BUILDS
from maskproof.embedded.app_server import PYTHON
from maskproof.errors import ConfigurationError, see_page
from maskproof.settings import AppServerSettings, Settings

INTERPRETERS = re.compile(r"(.*/)?(python[\d.]*|node|deno|bun|ruby|php|perl|bash|sh)")
# Options of Python without a value, which may stand before the script; others may take what looks like one.
FLAGS = frozenset({"-u", "-B", "-E", "-I", "-O", "-OO", "-s", "-S"})
RUNNERS = frozenset({"npm", "pnpm", "yarn"})
RUN = frozenset({"run", "run-script"})
RUN_SCRIPT = ("run", "NAME")
SEE = see_page("Verify your own application")


def check_app(settings: Settings) -> None:
    """
    Check URLs or server of the application: folders, command, npm scripts.

    Raises:
        ConfigurationError: One of them cannot work; names file and line.

    """
    app = settings.app
    if app.server is not None and settings.target == "embedded":
        _check_server(settings, app.server)
        return
    if not app.instrumented or not app.bare:
        raise settings.error(
            "app",
            "there is no application: expected the base URLs instrumented and bare, or [app.server] with a command.",
            hint=SEE,
        )
    if app.instrumented == app.bare and settings.target == "embedded":
        raise settings.error("app.bare", f"is the same URL as instrumented: {app.bare}.", hint=_why_bare())


def _check_server(settings: Settings, server: AppServerSettings) -> None:
    if not server.cwd.is_dir():
        raise settings.error(
            "app.server.cwd", f"{server.cwd} is not there.", hint="cwd is the folder that the command runs in."
        )
    _check_command(settings, server)
    if server.source is not None:
        _check_source(settings, server.source)
        return
    if server.instrumented_dir is None or server.bare_dir is None:
        raise settings.error(
            "app.server",
            "names no builds: expected source (an npm project), or instrumented_dir and bare_dir.",
            hint=SEE,
        )
    for name, folder in (("instrumented_dir", server.instrumented_dir), ("bare_dir", server.bare_dir)):
        if not folder.is_dir() or not any(folder.iterdir()):
            fault = "is empty" if folder.is_dir() else "is not there"
            raise settings.error(
                f"app.server.{name}", f"{folder} {fault}.", hint="Build the application first, or name its folder."
            )
    if server.instrumented_dir.samefile(server.bare_dir):
        raise settings.error(
            "app.server.bare_dir", f"{server.bare_dir} is the same folder as instrumented_dir.", hint=_why_bare()
        )


def _why_bare() -> str:
    return f"The bare build is the one without tracking, to compare with. {SEE}"


def _check_command(settings: Settings, server: AppServerSettings) -> None:
    program, *arguments = server.command
    if program != PYTHON and _program(program, server.cwd) is None:
        raise settings.error(
            "app.server.command",
            f"{program} cannot be started: there is no such program.",
            hint=f"Give one that exists; {PYTHON} stands for the running Python.",
        )
    script = next((part for part in arguments if part not in FLAGS), "-")
    if (
        (program == PYTHON or INTERPRETERS.fullmatch(program))
        and not script.startswith("-")
        and Path(script).suffix
        and not (server.cwd / script).exists()
    ):
        raise settings.error(
            "app.server.command",
            f"{server.cwd / script} is not there.",
            hint=f"Its path is relative to cwd, which is {server.cwd}.",
        )
    # With an option before the script's own arguments, it may be one of another folder.
    ours = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if program in RUNNERS and len(ours) == len(RUN_SCRIPT) and ours[0] in RUN and not ours[1].startswith("-"):
        _check_scripts(settings, "app.server.command", server.cwd, [ours[1]])


def _program(program: str, cwd: Path) -> str | None:
    return shutil.which(str(cwd / program) if "/" in program else program)


def _check_source(settings: Settings, source: Path) -> None:
    for name, hint in (
        ("package.json", "source is the folder of an npm project."),
        ("package-lock.json", "npm install writes it; it pins what is installed."),
    ):
        if not (source / name).is_file():
            fault = f"the folder {source} has no {name}." if source.is_dir() else f"{source} is not there."
            raise settings.error("app.server.source", fault, hint=hint)
    _check_scripts(settings, "app.server.source", source, [f"build:{build}" for build in BUILDS])


def _check_scripts(settings: Settings, name: str, folder: Path, wanted: Sequence[str]) -> None:
    """Check that the package.json of a folder has these scripts."""
    file = folder / "package.json"
    if not file.is_file():
        raise settings.error(
            name, f"the folder {folder} has no package.json.", hint="npm runs the scripts that it names."
        )
    try:
        text = file.read_text(encoding="utf-8")
        package = json.loads(text)
    except ValueError as error:
        place = f"{file}:{error.lineno}" if isinstance(error, json.JSONDecodeError) else str(file)
        raise ConfigurationError(f"{place}: not JSON: {error}.", hint="npm reads it too.") from error
    scripts = package.get("scripts", {}) if isinstance(package, dict) else {}
    missing = [script for script in wanted if script not in scripts]
    if missing:
        before, found, _ = text.partition('"scripts"')
        line = before.count("\n") + 1 if found else 1
        builds = " Each build script takes --outDir FOLDER." if name.endswith("source") else ""
        raise ConfigurationError(
            f"{file}:{line}: no script is called {', '.join(missing)}.",
            hint=f"Scripts there: {', '.join(scripts) or 'none'}.{builds}",
        )
