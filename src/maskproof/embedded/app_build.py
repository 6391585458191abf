"""
Builds the application under test, with and without tracking, into the cache.

The application is an npm project with the scripts `build:instrumented` and `build:bare`, each taking
`--outDir FOLDER`. Its packages are installed into the cache too: nothing is written into its source.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from maskproof.machine.cache import cache_folder, cached, content_key, files_of, tree_key
from maskproof.machine.node import run_logged
from maskproof.machine.packages import ensure_packages, fresh_log
from maskproof.machine.progress import step

# Not part of a build: tests, earlier builds, installed packages, Python's files.
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
    packages = ensure_packages(source, kind="app")
    key = content_key([packages.parent.name, tree_key(source, skip=SKIPPED)])
    place = cached("app", key, lambda folder: _build(source, packages, folder), holds=BUILDS)
    return AppBuild(instrumented=place / "instrumented", bare=place / "bare")


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
                    log=fresh_log(f"app-{name}"),
                )
    finally:
        shutil.rmtree(work, ignore_errors=True)
