"""The way of a newcomer who has a `dist/` and nothing else: `maskproof init`, a few decisions, a run."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.integration.bundles import bundled

from maskproof.errors import EXIT_FAIL, EXIT_PASS, EXIT_USAGE

SITE = Path(__file__).parents[2] / "data/static-app"
MASKED = "element.type === 'email' ? 1 : 0"
# What the newcomer writes, line by line: two decisions, and two answers of the server.
WRITTEN = {
    "forms/home.yaml": {
        'category: "decide"': "category: none",
        'success: {selector: "decide:"}': 'success: {selector: "#done", text: Thank you for the large-lamp}',
    },
    "maskproof.toml": {
        '# "GET /api/plans" = "answers/FILE.json"': (
            '"GET /api/plans" = "answers/plans.json"\n'
            '"POST /api/orders" = {status = 201, file = "answers/order.json", keep = true}'
        )
    },
}


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Run a command in a folder: its status and its messages."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "maskproof.cli", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def build(folder: Path, start: str) -> None:
    """Write `dist/` with a tracker in it."""
    (folder / "start.js").write_text(start, encoding="utf-8")
    shutil.copytree(SITE / "site", folder / "dist", dirs_exist_ok=True)
    (folder / "dist/tracking.js").write_text(bundled(folder / "start.js"), encoding="utf-8")


def summary_of(folder: Path) -> dict[str, Any]:
    """Each result of a run by its check."""
    summary = json.loads((folder / "reports/summary.json").read_text(encoding="utf-8"))
    return {result["check"]: result for result in summary["results"]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a build, and a project that `maskproof init` began in it."""
    build(tmp_path, (SITE / "start.js").read_text(encoding="utf-8"))
    status, messages = run(tmp_path, "init")
    assert status == EXIT_PASS, messages
    (tmp_path / "init.log").write_text(messages, encoding="utf-8")
    return tmp_path


def decide(project: Path) -> None:
    """Write what is left, and nothing else."""
    shutil.copytree(SITE / "answers", project / "answers")
    for name, lines in WRITTEN.items():
        text = (project / name).read_text(encoding="utf-8")
        for old, new in lines.items():
            assert old in text
            text = text.replace(old, new)
        (project / name).write_text(text, encoding="utf-8")


def test_a_project_is_begun_from_a_build_alone(project: Path) -> None:
    """What it knows stands in the files, what it does not is left to decide, and no run starts before that."""
    form = (project / "forms/home.yaml").read_text(encoding="utf-8")
    assert 'mail: {selector: "input[name=\\"mail\\"]", label: "E-mail", category: "email", value: "user.email"}' in form
    assert '- click: {selector: "html > body > form > button", label: "Order now"}' in form
    assert "email-inputs" in (project / "rules/email.yaml").read_text(encoding="utf-8")
    said = (project / "init.log").read_text(encoding="utf-8")
    assert "does plan hold personal data?" in said
    assert "answer: GET /api/plans" in said
    assert "did not ask for /tracking-config.json" not in said
    status, messages = run(project, "verify")
    assert (status, "forms/home.yaml:" in messages) == (EXIT_USAGE, True), messages
    assert run(project, "init")[0] == EXIT_USAGE
    decide(project)
    assert run(project, "rules", "check")[0] == EXIT_PASS


@pytest.mark.nightly
def test_a_static_build_is_verified_with_tracking_off_and_fails_where_it_must(project: Path) -> None:
    """It passes, and the report says what was not shown; a leak fails, and a bare build that tracks is no evidence."""
    decide(project)
    status, messages = run(project, "verify")
    assert status == EXIT_PASS, messages
    assert "tracking off stands for the bare build" in messages
    assert "What this run cannot show" in (project / "reports/report.html").read_text(encoding="utf-8")

    shutil.copytree(project / "dist", project / "dist-bare")
    build(project, (SITE / "start.js").read_text(encoding="utf-8").replace(MASKED, "0"))
    configuration = project / "maskproof.toml"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace("# bare_dir", "bare_dir"), encoding="utf-8")
    status, messages = run(project, "verify")
    results = summary_of(project)
    assert (status, results["masking"]["verdict"]) == (EXIT_FAIL, "fail"), messages
    assert results["behaviour"]["verdict"] == "inconclusive"
    assert "the bare build tracks" in results["behaviour"]["explanation"]


def test_a_page_that_ignores_its_configuration_is_named(tmp_path: Path) -> None:
    """It could never be recorded: that is known before a run."""
    build(tmp_path, "document.title = 'Lamps'\n")
    status, messages = run(tmp_path, "init", "--page", "/")
    assert status == EXIT_PASS
    assert "did not ask for /tracking-config.json" in messages


def test_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Nothing is written."""
    build(tmp_path, "")
    (tmp_path / "dist/other.html").write_text("<p>Other</p>", encoding="utf-8")
    status, messages = run(tmp_path, "init", "--page", "/gone")
    assert (status, "status 404" in messages) == (EXIT_USAGE, True), messages
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "start.js"]
