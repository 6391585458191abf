"""Installs the npm packages that a lock file names into the cache."""

import shutil
from pathlib import Path

from maskproof.errors import ConfigurationError
from maskproof.machine.cache import cache_folder, cached, content_key
from maskproof.machine.node import run_logged
from maskproof.machine.progress import step

PACKAGE_FILES = ("package.json", "package-lock.json")


def ensure_packages(source: Path, *, kind: str) -> Path:
    """
    The `node_modules` of an npm project, from the cache; installed if absent.

    Args:
        source: Folder with `package.json` and `package-lock.json`.
        kind: What the packages are for; names the cache entry and the log.

    Raises:
        ConfigurationError: The folder has no package.json or package-lock.json.
        SetupFailed: A package cannot be downloaded; the message names the log.

    """
    for name in PACKAGE_FILES:
        if not (source / name).is_file():
            raise ConfigurationError(
                f"The folder {source} has no {name}.",
                hint="In maskproof.toml, [app.server] source names an npm project with its lock file.",
            )
    key = content_key([(source / name).read_bytes() for name in PACKAGE_FILES])
    place = cached(f"{kind}-packages", key, lambda folder: _install(source, folder, kind), holds=["node_modules"])
    return place / "node_modules"


def _install(source: Path, folder: Path, kind: str) -> None:
    for name in PACKAGE_FILES:
        shutil.copy(source / name, folder)
    with step(f"{kind}: install its packages"):
        run_logged(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            what=f"install the packages of {kind}",
            cwd=folder,
            log=fresh_log(f"{kind}-install"),
        )


def fresh_log(name: str) -> Path:
    """The path of a set-up log; the log of an earlier run is removed."""
    log = cache_folder() / "logs" / f"{name}.log"
    log.unlink(missing_ok=True)
    return log
