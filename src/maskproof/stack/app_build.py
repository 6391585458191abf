"""
Builds the application under test, with and without tracking, into the cache.

The application is an npm project with the scripts `build:instrumented` and `build:bare`, each taking
`--outDir FOLDER`. Its packages are installed into the cache too: nothing is written into its source.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from maskproof.errors import ConfigurationError
from maskproof.stack.cache import cache_folder, cached, content_key, files_of, tree_key
from maskproof.stack.node import run_logged
from maskproof.stack.progress import step

# No part of what is built: tests, what was built or installed before, what Python leaves behind.
SKIPPED = frozenset(
    {
        "node_modules",
        "tests",
        "__tests__",
        "dist",
        "coverage",
        "__pycache__",
        ".vite",
        "backend.py",
        "README.md",
    }
)
PACKAGE_FILES = ("package.json", "package-lock.json")
BUILDS = ("instrumented", "bare")


@dataclass(frozen=True, slots=True)
class AppBuild:
    """The folders of the two builds."""

    instrumented: Path
    bare: Path


def ensure_app_build(source: Path) -> AppBuild:
    """
    Both builds of an application from the cache, built if absent.

    Args:
        source: The npm project's folder, with its lock file.

    Raises:
        ConfigurationError: The folder has no package.json or package-lock.json.
        SetupFailed: A package cannot be fetched or a build fails; names the log.

    """
    packages = ensure_app_packages(source)
    key = content_key([packages.parent.name, tree_key(source, skip=SKIPPED)])
    place = cached("app", key, lambda folder: _build(source, packages, folder))
    return AppBuild(instrumented=place / "instrumented", bare=place / "bare")


def ensure_app_packages(source: Path) -> Path:
    """
    The `node_modules` of an application from the cache, installed from its lock file if absent.

    Raises:
        ConfigurationError: The folder has no package.json or package-lock.json.
        SetupFailed: A package cannot be fetched; names the log.

    """
    for name in PACKAGE_FILES:
        if not (source / name).is_file():
            raise ConfigurationError(
                f"The application's folder {source} has no {name}.",
                hint="In maskproof.toml, [app.server] source names an npm project with its lock file.",
            )
    key = content_key([(source / name).read_bytes() for name in PACKAGE_FILES])
    return cached("app-packages", key, lambda folder: _install(source, folder)) / "node_modules"


def _install(source: Path, folder: Path) -> None:
    for name in PACKAGE_FILES:
        shutil.copy(source / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    with step("application: install its packages"):
        run_logged(command, what="install the application's packages", cwd=folder, log=_log("app-install"))


def _build(source: Path, packages: Path, place: Path) -> None:
    work = cache_folder() / ".building-app-work"
    shutil.rmtree(work, ignore_errors=True)
    try:
        for path in files_of(source, skip=SKIPPED):
            target = work / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        (work / "node_modules").symlink_to(packages)
        for name in BUILDS:
            with step(f"application: build {name}"):
                run_logged(
                    ["npm", "run", f"build:{name}", "--", "--outDir", place / name],
                    what=f"build the application ({name})",
                    cwd=work,
                    log=_log(f"app-{name}"),
                )
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _log(name: str) -> Path:
    log = cache_folder() / "logs" / f"{name}.log"
    log.unlink(missing_ok=True)
    return log
