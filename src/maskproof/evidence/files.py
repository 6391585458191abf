"""Writes a report whole or not at all: a reader, or a killed run, never meets half of one."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """
    Write a file beside its place and put it there in one step.

    Args:
        path: The file; an older one is replaced.
        text: Its content.

    Raises:
        OSError: The folder cannot be written; the older file stays.

    """
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        made.chmod(0o644)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
