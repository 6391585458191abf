"""Pages with nothing wrong pass, each of a kind that could be taken for a fault; and a fault says why, once."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.integration.bundles import bundled

DATA = Path(__file__).parents[2] / "data"
PAGES = DATA / "healthy-pages"
START = "import { start } from './tracking.js'\nvoid start()\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The pages in both builds, with the tracker of the plain application in one of them."""
    folder = tmp_path / "project"
    shutil.copytree(PAGES, folder)
    shutil.copy(DATA / "plain-app/site/tracking.js", folder)
    (folder / "start.js").write_text(START, encoding="utf-8")
    for build, script in (("instrumented", bundled(folder / "start.js")), ("bare", "")):
        shutil.copytree(folder / "pages", folder / "dist" / build)
        (folder / "dist" / build / "tracking.js").write_text(script, encoding="utf-8")
    return folder


def verify(project: Path) -> tuple[int, dict[str, dict[str, Any]], str]:
    """Run `maskproof verify`: its status, each result by its name, its messages."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "maskproof.cli", "verify"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    summary = json.loads((project / "reports/summary.json").read_text(encoding="utf-8"))
    assert "results" in summary, done.stderr
    results = {f"{result['check']} {result['form']}": result for result in summary["results"]}
    return done.returncode, results, done.stderr


def test_healthy_pages_pass(project: Path) -> None:
    """Nothing of them has to be changed; what differs by itself or is not recorded is declared."""
    status, results, messages = verify(project)
    assert {name: one["explanation"] for name, one in results.items() if one["verdict"] != "pass"} == {}, messages
    assert status == 0
    evidence = [line for result in results.values() for line in result["seen"]]
    assert "declared volatile: POST /api/join at (a clock): left out in 2 places" in evidence
    assert "declared not recorded: week (week) (the tracker records no such type)" in evidence


def test_a_fault_says_why_once(project: Path) -> None:
    """One check names the cause, and the others refer to it."""
    shutil.rmtree(project / "forms")
    shutil.move(project / "faults", project / "forms")
    status, results, messages = verify(project)
    assert status == 1, messages
    stuck = results["behaviour stuck"]
    assert stuck["verdict"] == "inconclusive"
    assert "resolved to 3 elements" in stuck["explanation"]
    assert '<button id="hoist"' in stuck["explanation"]
    others = [one["explanation"] for name, one in results.items() if name.endswith(" stuck") and one != stuck]
    assert len(set(others)) == 1
    assert others[0].startswith("not recorded, see the check behaviour: ")
    assert others[0].endswith("stuck.yaml:8: step click button")
    routes = results["behaviour routes"]
    assert routes["verdict"] == "fail"
    assert "data-umami-event" in routes["explanation"]
    assert results["rules-used all"]["verdict"] == "inconclusive"
