"""The rows of a run."""

import json
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.unit.history.samples import FINDING, reports, result, summary

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.history import read_history


def test_a_run_is_one_row(tmp_path: Path) -> None:
    """Every figure is read from the summary."""
    run = read_history(reports(tmp_path)).run
    assert run.finished_at == datetime(2026, 11, 27, 2, tzinfo=UTC)
    assert (run.target, run.verdict, run.rules_version, run.trackers) == ("embedded", "fail", "abc123", "17.2.3")
    assert (run.forms, run.checks, run.checks_failed, run.checks_inconclusive) == (2, 5, 1, 0)
    assert (run.leaks, run.fidelity_failed, run.sent, run.arrived) == (1, 0, 15, 14)
    assert run.overhead_ms_upper == 30.0
    assert run.captured_lower == pytest.approx(0.7206, abs=1e-4)
    assert run.seconds == 7.5


def test_what_was_not_measured_is_nothing(tmp_path: Path) -> None:
    """A run without a check has no figure of it; a zero would look like a measurement."""
    run = read_history(reports(tmp_path, summary(results=[result("masking")]))).run
    nothing = (run.fidelity_failed, run.sent, run.arrived, run.captured_lower, run.overhead_ms_upper)
    assert set(nothing) == {None}
    assert (run.sabotage_killed, run.sabotage_total) == (None, None)


def test_a_finding_is_one_row_without_a_value(tmp_path: Path) -> None:
    """It says which value, which way and how; what could hold a text of the page is left out."""
    value = "jane@example.com"
    shown = {**FINDING, "node": value, "field": value, "message": value, "source": value}
    history = read_history(reports(tmp_path, summary(results=[result("masking", "fail", findings=[shown])])))
    (finding,) = history.findings
    assert (finding.value_id, finding.category, finding.channel) == ("user.email", "email", "input value")
    assert value not in json.dumps(astuple(finding), default=str)


def test_the_same_run_has_the_same_id(tmp_path: Path) -> None:
    """Whoever exports it again finds it there; another run is another one."""
    first, again = read_history(reports(tmp_path / "a")), read_history(reports(tmp_path / "b"))
    later = read_history(reports(tmp_path / "c", summary(finished="2026-11-27 02:00:01 UTC")))
    assert first.run.run_id == again.run.run_id != later.run.run_id


def test_the_sabotage_score_leaves_out_what_changes_nothing(tmp_path: Path) -> None:
    """An equivalent weakening cannot be noticed; one that survived, or ended in an error, was not."""
    outcomes = ("killed", "killed", "survived", "equivalent", "error")
    (reports(tmp_path) / "sabotage.json").write_text(json.dumps({"operators": [{"outcome": o} for o in outcomes]}))
    run = read_history(tmp_path).run
    assert (run.sabotage_killed, run.sabotage_total) == (2, 4)


def test_versions_of_the_tracker_are_in_their_own_order(tmp_path: Path) -> None:
    """The newest is last, whatever comes first as a text."""
    results = [result("capture", used=[f"tracker {version}" for version in ("17.2.3", "9.0.1", "17.0.0")])]
    run = read_history(reports(tmp_path, summary(results=results))).run
    assert run.trackers == "9.0.1, 17.0.0, 17.2.3"


def test_no_run_says_so(tmp_path: Path) -> None:
    """The error names the file and what to do."""
    with pytest.raises(ConfigurationError, match=r"there is no run.\n.*maskproof verify"):
        read_history(tmp_path)


def test_an_unfinished_run_is_no_row(tmp_path: Path) -> None:
    """It has no verdict that a dashboard could show."""
    with pytest.raises(Inconclusive, match="has not finished"):
        read_history(reports(tmp_path, {"verdict": "inconclusive", "finished": None, "reason": "It was killed."}))


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"finished": "today"},
        summary(results=[{}]),
        summary(finished="2026-11-27 02:00:00 XYZ"),
        summary(results=None),
    ],
)
def test_another_document_is_refused(tmp_path: Path, data: Any) -> None:
    """A summary of an older version, or something else, is not read by halves."""
    with pytest.raises(ConfigurationError, match=r"summary\.json"):
        read_history(reports(tmp_path, data))
