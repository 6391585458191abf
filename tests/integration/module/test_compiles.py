"""The folder that a team copies compiles under the oldest compiler that is promised, without any bundler's types."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.integration.module.site import TRACKING
from tests.integration.test_trackers import PACKAGES as TRACKERS

from maskproof.machine.node import node, node_environment
from maskproof.machine.packages import ensure_packages
from maskproof.openreplay.tracker_table import CHECKED_VERSIONS

pytestmark = pytest.mark.nightly

COMPILER = Path(__file__).parents[2] / "data/typescript"
OPTIONS = {
    "target": "ES2022",
    "lib": ["ES2022", "DOM", "DOM.Iterable"],
    "module": "ESNext",
    "moduleResolution": "bundler",
    "strict": True,
    "resolveJsonModule": True,
    "noEmit": True,
    "skipLibCheck": True,
    "types": [],
}


def compiled(folder: Path, version: str) -> subprocess.CompletedProcess[str]:
    """Compile a copy of the module beside a version of the tracker."""
    shutil.copytree(TRACKING, folder / "tracking", ignore=shutil.ignore_patterns("*.test.ts"))
    tracker = folder / "node_modules/@openreplay/tracker"
    tracker.parent.mkdir(parents=True)
    tracker.symlink_to(ensure_packages(TRACKERS, kind="trackers") / f"tracker-{version}")
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "include": ["tracking", "*.ts"]}))
    compiler = ensure_packages(COMPILER, kind="typescript") / "typescript/bin/tsc"
    command = [str(node()), str(compiler), "-p", str(folder)]
    return subprocess.run(command, env=node_environment(), capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("version", CHECKED_VERSIONS)
def test_the_module_compiles_under_the_oldest_compiler(tmp_path: Path, version: str) -> None:
    """TypeScript 5.4, strict, with the libraries ES2022 and DOM, for each tracker of the range."""
    done = compiled(tmp_path, version)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_does_not_compile_is_noticed(tmp_path: Path) -> None:
    """The counterpart: a function that came with ES2023."""
    (tmp_path / "other.ts").write_text("export const last = [1].findLast((one) => one > 0)\n")
    done = compiled(tmp_path, CHECKED_VERSIONS[-1])
    assert "findLast" in done.stdout
