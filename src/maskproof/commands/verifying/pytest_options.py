"""Asks pytest for its opinion of the options that are handed to it, before anything is started."""

import os
import subprocess
from collections.abc import Sequence

from maskproof.environment import CONFIG_VARIABLE, TARGET_VARIABLE
from maskproof.errors import UsageError
from maskproof.settings import Settings

WRONG_USAGE = 4
DEADLINE_S = 60


def check_options(settings: Settings, command: Sequence[str], rest: Sequence[str]) -> None:
    """
    Let pytest collect the checks with these options: it knows its own, and those of plugins and tests.

    Args:
        settings: The configuration.
        command: pytest with the tests of the run.
        rest: The options of the user.

    Raises:
        UsageError: pytest does not know one of them, or cannot read it.

    """
    if not rest:
        return
    environment = {**os.environ, CONFIG_VARIABLE: str(settings.file), TARGET_VARIABLE: settings.target}
    try:
        done = subprocess.run(
            [*command, "--collect-only", *rest],
            cwd=settings.file.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return  # the run itself will say it
    if done.returncode == WRONG_USAGE:
        raise UsageError(
            f"{' '.join(rest)}: pytest says: {_reason(done.stdout + done.stderr)}",
            hint="Options that maskproof verify does not know are handed to pytest.",
        )


def _reason(output: str) -> str:
    """What pytest says is wrong, without its usage."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = [line.partition("error: ")[2] for line in lines if "error: " in line]
    said += [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ") and "usage:" not in line]
    return said[0] if said else " ".join(lines[-1:]) or "wrong usage"
