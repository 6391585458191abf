"""`maskproof criteria` lists what an owner asks for, and how it stands."""

import json
from pathlib import Path

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import whole_run

from maskproof import cli
from maskproof.errors import EXIT_PASS, EXIT_USAGE
from maskproof.evidence.summary import summarise, write_summary
from maskproof.verdicts.proofs import NOT_CHECKED

Capture = pytest.CaptureFixture[str]
ALL_CRITERIA = 45


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The configuration of this repository with a folder of reports of its own."""
    for name in ("criteria.yaml", "launch-checklist.yaml", "signatures.yaml", "masking_rules", "fixtures"):
        (tmp_path / name).symlink_to(ROOT / name)
    path = tmp_path / "maskproof.toml"
    path.write_text((ROOT / "maskproof.toml").read_text())
    return path


def listed(project: Path, capsys: Capture) -> dict[str, list[dict[str, str]]]:
    """What the command prints as JSON."""
    assert cli.main(["criteria", "--json", "--config", str(project)]) == EXIT_PASS
    printed: dict[str, list[dict[str, str]]] = json.loads(capsys.readouterr().out)
    return printed


def test_before_any_run_every_criterion_is_listed(project: Path, capsys: Capture) -> None:
    """Each says what would speak for it, and nothing is checked."""
    printed = listed(project, capsys)
    assert len(printed["criteria"]) == ALL_CRITERIA
    assert {one["state"] for one in (*printed["criteria"], *printed["launch"])} == {NOT_CHECKED}
    assert all(one["evidence"] for one in printed["criteria"])
    assert [set(one) for one in printed["criteria"]] == [{"id", "text", "state", "checks", "evidence"}] * ALL_CRITERIA
    stories = [one["id"].split()[0] for one in printed["criteria"]]
    assert {story: stories.count(story) for story in stories} == dict.fromkeys(("4.1", "4.2", "4.3", "4.4", "4.5"), 9)


def test_after_a_run_its_checks_are_the_state(project: Path, capsys: Capture) -> None:
    """The launch checklist is judged by the same run."""
    reports = project.parent / "reports"
    reports.mkdir()
    write_summary(reports, summarise(whole_run(), expected=(), target="embedded", seed="1", rules_version="v1"))
    printed = listed(project, capsys)
    states = {one["id"]: one["state"] for one in (*printed["criteria"], *printed["launch"])}
    assert states["4.4 AC3"] == states["launch masking"] == "verified"
    assert states["4.4 AC4"] == NOT_CHECKED


@pytest.mark.parametrize("text", ["", "{", '{"verdict": "inconclusive", "finished": null}', '{"results": [{}]}'])
def test_a_run_that_did_not_end_says_nothing(project: Path, capsys: Capture, text: str) -> None:
    """Nor does a file that is no summary."""
    (project.parent / "reports").mkdir()
    (project.parent / "reports/summary.json").write_text(text)
    assert {one["state"] for one in listed(project, capsys)["criteria"]} == {NOT_CHECKED}


def test_a_person_reads_the_same(project: Path, capsys: Capture) -> None:
    """One line and one of evidence for each, and how many are verified; the odd number of the owner is explained."""
    assert cli.main(["criteria", "--config", str(project)]) == EXIT_PASS
    printed = capsys.readouterr().out
    assert printed.startswith("Criteria: 0 of 45 are verified\n4.1 AC1  not checked: Umami's container image")
    assert "Launch checklist: 0 of" in printed
    assert printed.count("The requirements say 18") == 1


def test_a_project_without_criteria_is_told(project: Path, capsys: Capture) -> None:
    """The message names the setting."""
    project.write_text(project.read_text().replace('criteria = "criteria.yaml"\n', ""))
    assert cli.main(["criteria", "--config", str(project)]) == EXIT_USAGE
    assert "[paths] criteria is not set" in capsys.readouterr().err
