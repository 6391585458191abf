"""Synthesis gives the same templates whoever does it, and a wrong profile is one error before it."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from deploy.tests.conftest import Synthesised
from deploy.tests.synthesising import profile_named, read, synthesise

ROOT = Path(__file__).parents[2]
STACKS = {"network", "data", "edge", "jobs", "umami", "openreplay", "observability"}


def app(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """
    Run the app as `cdk` does, in a process of its own.

    Args:
        folder: Where the templates are written.
        environment: More variables.

    """
    settings = {**os.environ, "CDK_OUTDIR": str(folder), "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "deploy.app"], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=300
    )


def test_another_process_gives_the_same_templates(synthesised: Synthesised, tmp_path: Path) -> None:
    """The templates of the app in a process of its own, with other hash seeds, are byte for byte the same."""
    done = app(tmp_path / "other", PYTHONHASHSEED="12345")
    assert done.returncode == 0, done.stderr
    assert read(profile_named("small"), tmp_path / "other").text() == synthesised("small").text()


@pytest.mark.parametrize("profile", ["small", "production"])
def test_a_second_synthesis_gives_the_same_templates(synthesised: Synthesised, tmp_path: Path, profile: str) -> None:
    """Nothing depends on the time, or on what was synthesised before."""
    assert synthesise(profile_named(profile), tmp_path / "again").text() == synthesised(profile).text()


def test_the_stacks_are_those_of_the_architecture(synthesised: Synthesised) -> None:
    """The small profile has seven stacks; the optional one is there where it is asked for."""
    assert set(synthesised("small").templates) == STACKS
    assert set(synthesised("production").templates) == {*STACKS, "tools"}


def test_the_stacks_are_deployed_in_order(synthesised: Synthesised, folders: Path) -> None:
    """Each stack waits for the one before: alarms need logs, services need target groups and migrations."""
    synthesised("small")
    artifacts = json.loads((folders / "small/manifest.json").read_text(encoding="utf-8"))["artifacts"]
    order = ["network", "data", "edge", "jobs", "umami", "openreplay", "observability"]
    for earlier, later in pairwise(order):
        assert f"small-{earlier}" in artifacts[f"small-{later}"]["dependencies"]


def test_a_wrong_profile_is_one_error_before_synthesis(tmp_path: Path) -> None:
    """The app ends with 2 and one message, and writes no template."""
    small = (ROOT / "deploy/profiles/small.toml").read_text(encoding="utf-8")
    bad = tmp_path / "bad.toml"
    bad.write_text(small.replace("tls = true", "tls = false"), encoding="utf-8")
    context = f'{{"profile": "{bad}"}}'
    done = app(tmp_path / "out", CDK_CONTEXT_JSON=context)
    assert done.returncode == 2
    assert done.stderr.startswith(f"deploy: error: {bad}: clickhouse.tls: expected true")
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "out").glob("*.template.json")) == []
