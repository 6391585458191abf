"""Checks a configured command, and the scripts of npm that it runs, before anything is started."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from maskproof.errors import ConfigurationError
from maskproof.machine.app_environment import app_path
from maskproof.machine.process import PYTHON
from maskproof.settings import Settings

INTERPRETERS = re.compile(r"(.*/)?(python[\d.]*|node|deno|bun|ruby|php|perl|bash|sh)")
# Options of Python without a value, which may stand before the script; others may take what looks like one.
FLAGS = frozenset({"-u", "-B", "-E", "-I", "-O", "-OO", "-s", "-S"})
RUNNERS = frozenset({"npm", "pnpm", "yarn"})
RUN = frozenset({"run", "run-script"})
RUN_SCRIPT = ("run", "NAME")


def check_command(settings: Settings, name: str, command: Sequence[str], cwd: Path) -> None:
    """
    Check what can be known of a command without starting it.

    Args:
        settings: The configuration.
        name: What names the command there, e.g. `app.server.command`; its folder is named `cwd` beside it.
        command: Program and arguments.
        cwd: The folder that it runs in.

    Raises:
        ConfigurationError: It cannot work; names file and line.

    """
    if not cwd.is_dir():
        raise settings.error(
            f"{name.rpartition('.')[0]}.cwd",
            f"{cwd} is not there.",
            hint="cwd is the folder that the command runs in.",
        )
    program, *arguments = command
    if program != PYTHON and _program(program, cwd) is None:
        raise settings.error(
            name,
            f"{program} cannot be started: there is no such program.",
            hint=f"Give one that exists; {PYTHON} stands for the running Python.",
        )
    script = next((part for part in arguments if part not in FLAGS), "-")
    if (
        (program == PYTHON or INTERPRETERS.fullmatch(program))
        and not script.startswith("-")
        and Path(script).suffix
        and not (cwd / script).exists()
    ):
        raise settings.error(
            name,
            f"{cwd / script} is not there.",
            hint=f"Its path is relative to cwd, which is {cwd}.",
        )
    # With an option before the script's own arguments, it may be one of another folder.
    ours = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if program in RUNNERS and len(ours) == len(RUN_SCRIPT) and ours[0] in RUN and not ours[1].startswith("-"):
        check_scripts(settings, name, cwd, [ours[1]])


def _program(program: str, cwd: Path) -> str | None:
    return shutil.which(str(cwd / program) if "/" in program else program, path=app_path())


def check_scripts(settings: Settings, name: str, folder: Path, wanted: Sequence[str]) -> None:
    """
    Check that the package.json of a folder has these scripts.

    Args:
        settings: The configuration.
        name: What asks for them there.
        folder: The folder.
        wanted: Names of scripts.

    Raises:
        ConfigurationError: There is no such file, it is no JSON, or it lacks one; names file and line.

    """
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
