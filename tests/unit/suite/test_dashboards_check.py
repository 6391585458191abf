"""The check of dashboards writes one result, whatever happens."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.docs.pages import ROOT

from maskproof.errors import ConfigurationError
from maskproof.recording.cases import selected_cases
from maskproof.recording.recorder import personas_of
from maskproof.settings import Settings, load_settings
from maskproof.suite import dashboards_check
from maskproof.suite.dashboards_check import conclude_dashboards
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import CRASHED, RESULTS_FOLDER


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The configuration of this repository, with reports of its own and a live target without a Grafana."""
    configured = load_settings(ROOT / "maskproof.toml", environment={})
    return replace(configured, paths=replace(configured.paths, reports=tmp_path))


def concluded(settings: Settings) -> dict[str, Any]:
    """The result that is written."""
    conclude_dashboards(settings, None, "", began_ms=0, seed="seed")
    (file,) = (settings.paths.reports / RESULTS_FOLDER).glob("dashboards*.json")
    result: dict[str, Any] = json.loads(file.read_text())
    return result


def test_a_result_stands_under_its_criterion(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one of the whole run."""
    monkeypatch.setattr(dashboards_check, "_live", lambda *_: Outcome(seen=("all of them",)))
    result = concluded(settings)
    assert (result["check"], result["form"], result["verdict"]) == ("dashboards", "all", "pass")
    assert result["requirement"].startswith("4.5 AC1")


def test_what_a_server_quotes_of_its_rows_is_not_repeated(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value of any person of the run is replaced in every line."""
    case = selected_cases(settings)[0]
    value = next(secret for secret in personas_of(case, "seed", "user").pii_of(case.form) if not secret.is_short)
    said = f"the data source refused: Key (name)=({value.reveal()}) exists"
    monkeypatch.setattr(dashboards_check, "_live", lambda *_: Outcome(problems=(said,)))
    explanation = concluded(settings)["explanation"]
    assert explanation.startswith("the data source refused: Key (name)=(")
    assert value.reveal() not in explanation


def test_without_a_grafana_nothing_is_known(settings: Settings) -> None:
    """That is no pass."""
    result = concluded(settings)
    assert result["verdict"] == "inconclusive"
    assert "[live.grafana]" in result["explanation"]


@pytest.mark.parametrize(
    ("error", "explanation"),
    [
        (ConfigurationError("facts.json: not JSON."), "facts.json: not JSON."),
        (ValueError("jane@example.com"), f"{CRASHED}: ValueError in "),
    ],
)
def test_an_error_is_a_result(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception, explanation: str
) -> None:
    """One of ours in its own words; the message of any other may hold what was typed, and is left out."""

    def fail(*_: object) -> Outcome:
        raise error

    monkeypatch.setattr(dashboards_check, "_live", fail)
    result = concluded(settings)
    assert result["verdict"] == "inconclusive"
    assert result["explanation"].startswith(explanation)
    assert "jane" not in result["explanation"]
