"""
The cache of what set-up fetches and builds, outside the checkout.

An entry is a folder named by its kind and the hash of what it is made from. It is built beside its
place and renamed, so it is whole or absent; a lock makes a second run wait for the first; what a build
that failed or was interrupted left behind is removed. An entry that somebody took a part of is built again.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from maskproof.errors import ConfigurationError
from maskproof.machine.failures import unusable

CACHE_VARIABLE = "MASKPROOF_CACHE"
KEY_LENGTH = 16


def cache_folder() -> Path:
    """
    The cache's folder, made if absent: `MASKPROOF_CACHE`, or the user's cache folder.

    Raises:
        ConfigurationError: The folder cannot be made.

    """
    given = os.environ.get(CACHE_VARIABLE)
    folder = Path(given).absolute() if given else Path(platformdirs.user_cache_dir("maskproof"))
    hint = f"Set {CACHE_VARIABLE} to a folder that can be written."
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"The cache folder {folder} cannot be made: {error.strerror}.", hint=hint) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigurationError(f"The cache folder {folder} cannot be written.", hint=hint)
    return folder


def content_key(parts: Iterable[bytes | str]) -> str:
    """A short hash of the given parts, in their order."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:KEY_LENGTH]


def files_of(folder: Path, *, skip: Collection[str] = ()) -> list[Path]:
    """All files under a folder, sorted; files and folders whose name is in `skip` are left out."""
    found: list[Path] = []
    for root, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if name not in skip)
        found += [Path(root, name) for name in files if name not in skip]
    return sorted(found)


def tree_key(folder: Path, *, skip: Collection[str] = ()) -> str:
    """A short hash of a folder's files: their relative paths and contents."""
    parts: list[bytes | str] = []
    for path in files_of(folder, skip=skip):
        parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    return content_key(parts)


def cached(kind: str, key: str, build: Callable[[Path], None], *, holds: Sequence[str] = ()) -> Path:
    """
    The cache's entry of a kind and key, built if absent.

    Args:
        kind: What it is, e.g. `umami`.
        key: Hash of what it is made from.
        build: Fills the (empty) folder that it is given.
        holds: Paths in the entry without which it is of no use; if one is gone, the entry is built again.

    Returns:
        The entry's folder.

    Raises:
        SetupFailed: The cache's disk is full or may not be written.

    """
    place = cache_folder() / f"{kind}-{key}"

    def is_whole() -> bool:
        return place.is_dir() and all((place / name).exists() for name in holds)

    if is_whole():
        return place
    with locked(kind):
        if is_whole():
            return place
        building = place.with_name(f".building-{kind}")
        try:
            _remove(place)
            _remove(building)
            building.mkdir()
            build(building)
            building.rename(place)
        except OSError as error:
            raise unusable(cache_folder(), error) from error
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return place


@contextmanager
def locked(name: str) -> Generator[None]:
    """Hold the cache's lock of that name; another process that wants it waits. It ends with the process."""
    try:
        lock = (cache_folder() / f".{name}.lock").open("w")
    except OSError as error:
        raise unusable(cache_folder(), error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
