"""A fault in a panel turns the check red, and the check names that panel."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.integration.panels.planted import FAULTS, P2, PRIVACY, Fault
from tests.integration.panels.stages import ROOT, Stage

from maskproof.errors import ConfigurationError
from maskproof.panels.check import check_dashboards
from maskproof.verdicts.outcome import Outcome

FEWEST = 20


def check(stage: Stage, folder: Path, name: str, change: Callable[[dict[str, Any]], object]) -> Outcome:
    """The check of one dashboard alone, after a change of its document."""
    source = ROOT / "dashboards"
    document = json.loads((source / f"json/{name}.json").read_text())
    change(document)
    facts = json.loads((source / "facts.json").read_text())
    copytree(source / "rights", folder / "rights")
    (folder / "json").mkdir()
    (folder / f"json/{name}.json").write_text(json.dumps(document))
    (folder / "facts.json").write_text(json.dumps({name: facts[name]}))
    return check_dashboards(folder, stage.address, stage.driven)


def plant(document: dict[str, Any], fault: Fault) -> None:
    """Change the query of one panel."""
    (panel,) = [panel for panel in document["panels"] if panel["title"] == fault.panel]
    target = panel["targets"][0]
    assert fault.old in target["rawSql"]
    target["rawSql"] = target["rawSql"].replace(fault.old, fault.new) if fault.old else fault.new


def test_there_are_enough_faults() -> None:
    """So many kinds of faults were asked for."""
    assert len(FAULTS) >= FEWEST


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_panel_is_noticed(stage: Stage, tmp_path: Path, name: str) -> None:
    """The panel is red, and no other is."""
    fault = FAULTS[name]
    outcome = check(stage, tmp_path, fault.dashboard, lambda document: plant(document, fault))
    assert outcome.verdict == "fail"
    assert {line.partition(" on ")[0].partition(" (")[2] for line in outcome.problems} == {f"{fault.panel})"}


def test_a_list_without_the_website_is_noticed(stage: Stage, tmp_path: Path) -> None:
    """A variable whose query lists other websites leaves every panel empty in Grafana."""

    def change(document: dict[str, Any]) -> None:
        variable = document["templating"]["list"][0]
        variable["query"] = variable["query"].replace("IS NULL", "IS NOT NULL")

    (problem,) = check(stage, tmp_path, P2, change).problems
    assert "variable website" in problem


def test_a_panel_of_which_nothing_is_known_is_noticed(stage: Stage, tmp_path: Path) -> None:
    """A new panel without a fact is no green one."""

    def change(document: dict[str, Any]) -> None:
        document["panels"].append({**document["panels"][0], "id": 99, "title": "New"})

    (problem,) = check(stage, tmp_path, P2, change).problems
    assert problem.endswith("nothing says what it has to show")


def test_a_dashboard_of_which_no_panel_was_run_is_inconclusive(stage: Stage, tmp_path: Path) -> None:
    """Data sources that no database stands for: nothing was seen, so nothing is proved."""

    def change(document: dict[str, Any]) -> None:
        for panel in document["panels"]:
            panel["targets"][0]["datasource"]["uid"] = "elsewhere"

    outcome = check(stage, tmp_path, PRIVACY, change)
    assert outcome.verdict == "inconclusive"
    assert any("no panel was run" in line for line in outcome.unseen)


@pytest.mark.parametrize("name", ["role.sql", "umami-2.sql"])
def test_a_file_of_rights_that_is_missing_is_named(stage: Stage, tmp_path: Path, name: str) -> None:
    """Without it nobody knows what Grafana's role may read."""
    folder = tmp_path / "dashboards"
    copytree(ROOT / "dashboards", folder)
    (folder / "rights" / name).unlink()
    with pytest.raises(ConfigurationError, match=name):
        check_dashboards(folder, stage.address, stage.driven)
