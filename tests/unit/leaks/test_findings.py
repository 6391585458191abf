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
    """What is only told, or accepted, fails nothing."""
    assert ScanReport(findings=tuple(findings), files=1).verdict == verdict


def test_a_problem_fails_a_scan_without_findings() -> None:
    """Such as an accepted finding that is over."""
    assert ScanReport(files=1, problems=("a",)).verdict == "fail"


@pytest.mark.parametrize("report", [ScanReport(), ScanReport(files=1, unscanned=("a",))], ids=["nothing", "not all"])
def test_a_scan_of_nothing_or_not_of_all_is_inconclusive(report: ScanReport) -> None:
    """It is never a pass; a finding outranks it."""
    assert report.verdict == "inconclusive"
    assert (report + ScanReport(findings=(finding(),), files=1)).verdict == "fail"


def test_two_scans_are_one() -> None:
    """Everything of both."""
    one = ScanReport((finding(),), 1, 2, 3, ("a",), ("b",), (Acceptance("known", "c", 4),))
    assert one + one == ScanReport(
        one.findings * 2, 2, 4, 6, ("a", "a"), ("b", "b"), (Acceptance("known", "c", 4),) * 2
    )


def test_the_json_has_the_fields_of_the_contract() -> None:
    """Others read it; what there is nothing of is left out."""
    report = ScanReport((finding(encoding=("base64", "percent")),), 1, 2, 3).to_json()
    assert list(report) == ["verdict", "findings", "scanned"]
    assert report["scanned"] == {"files": 1, "messages": 2, "bytes": 3}
    (told,) = report["findings"]
    assert told["encoding"] == ["base64", "percent"]
    assert list(told) == [
        *("kind", "gating", "accepted_by", "value_id", "category", "system", "session_id", "channel", "message"),
        *("field", "node", "encoding", "match", "source", "offset"),
    ]


def test_what_was_accepted_and_what_is_wrong_is_told() -> None:
    """With the reason, and how many findings."""
    report = ScanReport(files=1, problems=("a",), accepted=(Acceptance("known", "why", 2),)).to_json()
    assert report["problems"] == ["a"]
    assert report["accepted"] == [{"by": "known", "reason": "why", "findings": 2}]
