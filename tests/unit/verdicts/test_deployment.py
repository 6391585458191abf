"""A result about the deployment counts for the sources that it was made from, and for criteria of that kind alone."""

import json
from pathlib import Path

import pytest

from maskproof.verdicts.criteria import Criterion, judged_criteria
from maskproof.verdicts.deployment import digest_of, read_deployment
from maskproof.verdicts.proofs import EVALUATED, NOT_CHECKED, Proof


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a deployment and its result."""
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy/app.py").write_text("stack", encoding="utf-8")
    write(tmp_path, state=EVALUATED)
    return tmp_path


def write(project: Path, *, state: str) -> None:
    """
    Write a result about the sources as they are.

    Args:
        project: The project.
        state: The state of its one criterion.

    """
    entry = {"id": "4.1 AC2", "state": state, "evidence": "3 of 3 tests passed"}
    document = {"version": 1, "folder": "deploy", "sources": digest_of(project / "deploy"), "criteria": [entry]}
    (project / "deployment.json").write_text(json.dumps(document), encoding="utf-8")


def test_a_result_of_the_same_sources_counts(project: Path) -> None:
    """State and evidence come from the file; what Python and CDK generate changes nothing."""
    for name in ("__pycache__", "cdk.out"):
        (project / "deploy" / name).mkdir()
        (project / "deploy" / name / "x").write_text("x", encoding="utf-8")
    assert read_deployment(project, project) == {"4.1 AC2": Proof(EVALUATED, "3 of 3 tests passed")}


@pytest.mark.parametrize("change", ["edited", "added", "renamed", "removed"])
def test_a_result_of_other_sources_does_not_count(project: Path, change: str) -> None:
    """A green result is never shown for a deployment that has changed since."""
    app = project / "deploy/app.py"
    if change == "edited":
        app.write_text("other stack", encoding="utf-8")
    elif change == "added":
        app.with_name("more.py").write_text("", encoding="utf-8")
    elif change == "renamed":
        app.rename(app.with_name("other.py"))
    else:
        app.unlink()
    assert read_deployment(project, project) == {}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"folder": "deploy", "criteria": []}', "not json"])
def test_a_file_that_is_no_result_says_nothing(project: Path, text: str) -> None:
    """Half a file, or another one, verifies nothing and stops no run."""
    (project / "deployment.json").write_text(text, encoding="utf-8")
    assert read_deployment(project, project) == {}


def test_an_unknown_state_says_nothing(project: Path) -> None:
    """Only the states that a report explains are shown."""
    write(project, state="surely fine")
    assert read_deployment(project, project) == {}


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """A project without a deployment has no result."""
    assert read_deployment(tmp_path, tmp_path) == {}


def test_only_criteria_without_checks_take_it() -> None:
    """A criterion of checks is never verified outside of a run."""
    criteria = [Criterion(kind, kind, kind) for kind in ("deployment", "review", "checks")]
    outside = {kind: Proof(EVALUATED, "tests") for kind in ("deployment", "review", "checks")}
    found = {item.id: item.verdict for item in judged_criteria(criteria, [], (), outside)}
    assert found == {"deployment": EVALUATED, "review": EVALUATED, "checks": NOT_CHECKED}
