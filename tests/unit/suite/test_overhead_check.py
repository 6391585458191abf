"""The overhead report as a check's outcome, and which form is measured."""

from pathlib import Path
from typing import Any

import pytest
from tests.unit.commands.conftest import FORM

from maskproof.errors import ConfigurationError
from maskproof.overhead import Controls, Metric, OverheadReport
from maskproof.settings import load_settings
from maskproof.suite.overhead_check import outcome_of, overhead_of
from maskproof.verdicts.declared import is_limit
from maskproof.verdicts.verdict import Verdict


def report(verdict: Verdict, *metrics: Verdict) -> OverheadReport:
    """A report of metrics with these verdicts."""
    judged = tuple(Metric(f"metric_{verdict}", 20, 4.0, -1.0, 9.5, verdict) for verdict in metrics)
    return OverheadReport(verdict, 50, judged, Controls(a_a="pass", sabotage_60ms="fail"), 12.0)


def test_a_cheap_build_passes_with_its_figures() -> None:
    """The evidence has the interval of each metric and the verdicts of the controls."""
    outcome = outcome_of(report("pass", "pass"))
    assert outcome.verdict == "pass"
    assert outcome.seen == (
        "metric_pass: median +4.0 ms, bounds -1.0 to +9.5 ms of 20 pairs: pass",
        "controls: A/A pass, 60 ms of busy work fail",
    )
    assert outcome.figures == {"metric_pass.median_ms": 4.0, "metric_pass.lower_ms": -1.0, "metric_pass.upper_ms": 9.5}


def test_a_dear_metric_fails_and_is_named() -> None:
    """The problems name this metric and no other."""
    outcome = outcome_of(report("fail", "pass", "fail"))
    assert outcome.verdict == "fail"
    assert [problem.partition(":")[0] for problem in outcome.problems] == ["metric_fail"]


@pytest.mark.parametrize("metrics", [("pass", "inconclusive"), ("pass",), ()], ids=["metric", "control", "nothing"])
def test_an_unclear_measurement_is_inconclusive(metrics: tuple[Verdict, ...]) -> None:
    """It makes no difference whether a metric or a control is unclear, or nothing was measured."""
    assert outcome_of(report("inconclusive", *metrics)).verdict == "inconclusive"


def test_a_form_that_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    """The error names the known forms, and nothing is measured."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "demo.yaml").write_text(FORM, encoding="utf-8")
    file = tmp_path / "maskproof.toml"
    file.write_text('[paths]\nforms = "forms"\n[overhead]\nform = "gone"\n', encoding="utf-8")
    nothing: Any = None
    with pytest.raises(ConfigurationError, match=r"overhead\.form: expected one of demo, got 'gone'"):
        overhead_of(load_settings(file), nothing, nothing)


def test_what_tracking_off_cannot_show_of_the_cost_is_said() -> None:
    """Where it stands for the bare build, and only there."""
    assert any(map(is_limit, outcome_of(report("pass", "pass"), is_off=True).seen))
    assert not any(map(is_limit, outcome_of(report("pass", "pass")).seen))
