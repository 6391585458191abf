"""Writes a report whole or not at all: a reader, or a killed run, never meets half of one."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """
    Write a file beside its place and put it there in one step.

    Args:
        path: The file; an older one is replaced.
        content: Its content; a text is written as UTF-8.

    Raises:
        OSError: The folder cannot be written; the older file stays.

    """
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        made.chmod(0o644)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
