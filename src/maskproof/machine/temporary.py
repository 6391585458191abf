"""
Free space for temporary files: the browser's profiles and shared memory, and PostgreSQL's data.

On many machines, `/tmp` is a small disk in memory. If it has too little free space, this process and all that it
starts use another folder.
"""

import os
import shutil
import tempfile
from pathlib import Path

from maskproof.machine.cache import cache_folder
from maskproof.machine.progress import note

NEEDED_BYTES = 512 << 20
VARIABLE = "TMPDIR"
SYSTEM_FOLDERS = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - asked for room, never written to by name


def ensure_room(needed: int = NEEDED_BYTES) -> Path:
    """
    Make sure that temporary files have enough free space; set `TMPDIR` if another folder is needed.

    Args:
        needed: Bytes that have to be free.

    Returns:
        The folder to use; the configured one if no other folder has more free space.

    """
    configured = Path(tempfile.gettempdir())
    if _free(configured) >= needed:
        return configured
    own = cache_folder() / "tmp"
    own.mkdir(exist_ok=True)
    better = max((*SYSTEM_FOLDERS, own), key=lambda folder: (min(_free(folder), needed), folder != own))
    if _free(better) <= _free(configured):
        return configured
    note(f"{configured} has {_free(configured) >> 20} MB of room: temporary files go to {better}")
    os.environ[VARIABLE] = str(better)
    tempfile.tempdir = str(better)
    return better


def open_to_all(needed: int) -> Path | None:
    """
    A folder for temporary files that every user may enter; None if none has enough free space.

    Args:
        needed: Bytes that have to be free.

    """
    candidates = (Path(tempfile.gettempdir()), *SYSTEM_FOLDERS)
    return next((folder for folder in candidates if others_may_enter(folder) and _free(folder) >= needed), None)


def others_may_enter(folder: Path) -> bool:
    """Whether every user may enter a folder and all folders above it."""
    try:
        return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))
    except OSError:
        return False


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free if os.access(folder, os.W_OK) else -1
    except OSError:
        return -1
