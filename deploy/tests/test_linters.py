"""Other people's checks: cfn-lint, cdk-nag, hadolint and shellcheck find nothing that is not accepted with a reason."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from aws_cdk import Validations
from cdk_nag import AwsSolutionsChecks

from deploy.app import build, new_app
from deploy.tests.conftest import Synthesised
from deploy.tests.synthesising import PROFILES, profile_named

DEPLOY = Path(__file__).parents[1]
# A reason is a sentence, not a word.
SHORTEST_REASON = 30


def program(name: str) -> str:
    """A program of the environment."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"{name} is not installed"
    return found


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    """Run a linter."""
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize("profile", PROFILES)
def test_cfn_lint_finds_nothing(synthesised: Synthesised, folders: Path, profile: str) -> None:
    """No error and no warning, in any template."""
    synthesised(profile)
    templates = sorted(str(path) for path in (folders / profile).glob("*.template.json"))
    done = run(program("cfn-lint"), "--", *templates)
    assert (done.returncode, done.stdout) == (0, "")


def test_cfn_lint_sees_a_fault(synthesised: Synthesised, tmp_path: Path) -> None:
    """A property of the wrong type is found, so that silence means something."""
    template = json.loads(json.dumps(synthesised("small").templates["umami"]))
    service = next(found for found in template["Resources"].values() if found["Type"] == "AWS::ECS::Service")
    service["Properties"]["DesiredCount"] = "many"
    bad = tmp_path / "bad.template.json"
    bad.write_text(json.dumps(template), encoding="utf-8")
    assert run(program("cfn-lint"), "--", str(bad)).returncode != 0


@pytest.mark.parametrize("profile", ["production", "existing"])
def test_cdk_nag_finds_nothing_that_is_not_accepted(tmp_path: Path, profile: str) -> None:
    """Every finding of AWS' solution checks has its reason where it arises; the checks did run."""
    app = new_app(tmp_path / "nag")
    build(app, profile_named(profile))
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    app.synth()
    (report,) = json.loads((tmp_path / "nag/validation-report.json").read_text(encoding="utf-8"))["pluginReports"]
    assert report["violations"] == []
    accepted = report["suppressedViolations"]
    assert len(accepted) > SHORTEST_REASON
    assert [found["acknowledgedId"] for found in accepted if len(found["reason"]) < SHORTEST_REASON] == []


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("images/*/Dockerfile")), ids=lambda path: path.parent.name)
def test_hadolint_finds_nothing(path: Path) -> None:
    """Each Dockerfile is clean; what is ignored is ignored line by line."""
    done = run(program("hadolint"), str(path))
    assert (done.returncode, done.stdout) == (0, "")


def test_hadolint_sees_a_fault(tmp_path: Path) -> None:
    """An image by its latest tag is found."""
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM debian:latest\n", encoding="utf-8")
    assert run(program("hadolint"), str(bad)).returncode != 0


def test_shellcheck_finds_nothing() -> None:
    """The scripts of the jobs are clean."""
    scripts = sorted(str(path) for path in DEPLOY.glob("images/jobs/*.sh"))
    assert scripts
    done = run(program("shellcheck"), *scripts)
    assert (done.returncode, done.stdout) == (0, "")
