"""Findings, and the verdict of a scan."""

import pytest
from tests.unit.leaks.samples import finding

from maskproof.leaks.findings import Acceptance, Finding, ScanReport


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([], "pass"),
        ([finding()], "fail"),
        ([finding(accepted_by="known")], "pass"),
        ([finding(gating=False)], "pass"),
        ([finding(gating=False), finding()], "fail"),
    ],
    ids=["none", "one", "accepted", "advisory", "one of two"],
)
def test_a_scan_fails_by_what_gates_and_nobody_accepted(findings: list[Finding], verdict: str) -> None:
    """Advisory and accepted findings fail nothing."""
    assert ScanReport(findings=tuple(findings), files=1).verdict == verdict


def test_a_problem_fails_a_scan_without_findings() -> None:
    """For example an accepted finding that has expired."""
    assert ScanReport(files=1, problems=("a",)).verdict == "fail"


@pytest.mark.parametrize("report", [ScanReport(), ScanReport(files=1, unscanned=("a",))], ids=["nothing", "not all"])
def test_an_empty_or_incomplete_scan_is_inconclusive(report: ScanReport) -> None:
    """A scan that read nothing, or not everything, is never a pass; a finding outranks it."""
    assert report.verdict == "inconclusive"
    assert (report + ScanReport(findings=(finding(),), files=1)).verdict == "fail"


def test_two_scans_add_up() -> None:
    """The sum of two scans has everything of both."""
    scan = ScanReport((finding(),), 1, 2, 3, ("a",), ("b",), (Acceptance("known", "c", 4),))
    assert scan + scan == ScanReport(
        scan.findings * 2, 2, 4, 6, ("a", "a"), ("b", "b"), (Acceptance("known", "c", 4),) * 2
    )


def test_the_json_has_the_fields_of_the_contract() -> None:
    """Other programs read the JSON; empty lists are left out."""
    report = ScanReport((finding(encoding=("base64", "percent")),), 1, 2, 3).to_json()
    assert list(report) == ["verdict", "findings", "scanned"]
    assert report["scanned"] == {"files": 1, "messages": 2, "bytes": 3}
    (reported,) = report["findings"]
    assert reported["encoding"] == ["base64", "percent"]
    assert list(reported) == [
        *("kind", "gating", "accepted_by", "value_id", "category", "system", "session_id", "channel", "message"),
        *("field", "node", "encoding", "match", "source", "offset"),
    ]


def test_accepted_findings_and_problems_are_reported() -> None:
    """An acceptance has its reason and the number of findings."""
    report = ScanReport(files=1, problems=("a",), accepted=(Acceptance("known", "why", 2),)).to_json()
    assert report["problems"] == ["a"]
    assert report["accepted"] == [{"by": "known", "reason": "why", "findings": 2}]
