"""Starts processes that end with the run, and ends a process that we started, by its process id."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maskproof.errors import ConfigurationError
from maskproof.machine.watchdog import WATCHDOG

# Processes that lead a group of their own.
_GROUPS: set[int] = set()
# In a configured command: the running interpreter, and a port that it has to use.
PYTHON, PORT = "{python}", "{port}"


def filled_in(command: Sequence[str], port: int | str = "") -> list[str]:
    """
    A configured command with what its placeholders stand for.

    Args:
        command: Program and arguments; `{python}` is a whole one of them.
        port: The port that `{port}` stands for.

    """
    return [sys.executable if part == PYTHON else part.replace(PORT, str(port)) if port else part for part in command]


def start_process(
    command: Sequence[str | Path],
    *,
    with_children: bool = False,
    **options: Any,  # noqa: ANN401
) -> "subprocess.Popen[bytes]":
    """
    Start a process that is ended even if this one is killed.

    Args:
        command: Program and arguments.
        with_children: Whether it may start others, as npm does, which `stop_process` then ends with it.
        options: As for `subprocess.Popen`.

    Raises:
        OSError: It cannot be started.

    """
    process: subprocess.Popen[bytes] = subprocess.Popen(command, start_new_session=with_children, **options)
    if with_children:
        _GROUPS.add(process.pid)
    WATCHDOG.watch(process.pid)
    return process


def start_command(command: Sequence[str], *, place: str, **options: Any) -> "subprocess.Popen[bytes]":  # noqa: ANN401
    """
    Start a configured command, which may start others.

    Args:
        command: Program and arguments, filled in.
        place: Where it is configured, for errors.
        options: As for `subprocess.Popen`.

    Raises:
        ConfigurationError: It cannot be started.

    """
    try:
        return start_process(command, with_children=True, **options)
    except OSError as error:
        raise ConfigurationError(
            f"{place}: {command[0]} cannot be started: {error.strerror}.",
            hint=f"Give a program that exists; {PYTHON} stands for the running Python.",
        ) from error


def stop_process(
    process: subprocess.Popen[bytes], *, deadline_s: float, first: signal.Signals = signal.SIGTERM
) -> None:
    """
    End a process and wait for it; kill it after the deadline.

    Args:
        process: The process to end.
        deadline_s: Seconds that it may take after the first signal.
        first: The signal that asks it to end.

    """
    if process.poll() is None:
        _send(process, first)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(deadline_s)
    # What is left of a group, too: a wrapper ends at once, and leaves the program that it started.
    _send(process, signal.SIGKILL)
    process.wait()
    _GROUPS.discard(process.pid)
    WATCHDOG.unwatch(process.pid)


def _send(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Send a signal to a process, or to its group."""
    if process.pid not in _GROUPS:
        process.send_signal(number)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS refuses for a group of zombies
        os.killpg(process.pid, number)


def run_process(command: Sequence[str | Path], **options: Any) -> int:  # noqa: ANN401
    """
    Run a process to its end; its exit status. It is killed if this one is interrupted, or killed itself.

    Args:
        command: Program and arguments.
        options: As for `subprocess.Popen`.

    Raises:
        OSError: It cannot be started.

    """
    process = start_process(command, **options)
    try:
        return process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        WATCHDOG.unwatch(process.pid)
