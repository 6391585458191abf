"""
The cache of what set-up downloads and builds, outside the checkout.

An entry is a folder. Its name is its kind and a hash of its sources. An entry is built in another folder and then
renamed, so it is complete or absent. A lock makes a second run wait for the first. Remains of a failed or interrupted
build are removed. An entry that lost a part is built again.
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
    The folder of the cache, created if absent: `MASKPROOF_CACHE`, or the user's cache folder.

    Raises:
        ConfigurationError: The folder cannot be made or written.

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
    """A short hash of parts in their order; the boundaries between parts count, too."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:KEY_LENGTH]


def files_of(folder: Path, *, skip: Collection[str] = ()) -> list[Path]:
    """
    All files under a folder, sorted.

    Args:
        folder: Where to look, at any depth.
        skip: Names of files and folders to leave out.

    """
    found: list[Path] = []
    for root, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if name not in skip)
        found += [Path(root, name) for name in files if name not in skip]
    return sorted(found)


def tree_key(folder: Path, *, skip: Collection[str] = ()) -> str:
    """
    A short hash of a folder's files: their relative paths and contents.

    Args:
        folder: The folder to hash.
        skip: Names of files and folders to leave out.

    """
    parts: list[bytes | str] = []
    for path in files_of(folder, skip=skip):
        parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    return content_key(parts)


def cached(kind: str, key: str, build: Callable[[Path], None], *, holds: Sequence[str] = ()) -> Path:
    """
    The cache entry of a kind and key, built if absent.

    Args:
        kind: What the entry is, e.g. `umami`.
        key: Hash of its sources.
        build: Fills an empty folder.
        holds: Paths that the entry must have; if one is missing, the entry is built again.

    Returns:
        The entry's folder.

    Raises:
        SetupFailed: The disk of the cache is full, or may not be written.

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
    """Hold the cache lock of a name; other processes wait for it. It is released when the process ends."""
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
