"""Which findings count."""

from datetime import date

import pytest
from tests.unit.leaks.samples import finding

from maskproof.errors import EXIT_INCONCLUSIVE
from maskproof.leaks.findings import Finding, ScanReport, Unread
from maskproof.leaks.judging.accepted import Baseline, Entry
from maskproof.leaks.judging.judge import Judge
from maskproof.leaks.judging.policy import Policy, load_policy
from maskproof.settings import SecondNetMode

TODAY = date(2026, 11, 25)
ENTRY = Entry("known", {"kind": "value", "channel": "console"}, "Ticket 17.", "Pat", TODAY, "accepted.yaml:4")
JUDGE = Judge(load_policy(), Baseline((ENTRY,), TODAY))
PATTERN = finding(kind="pattern", match="pattern", value_id="pattern:email", channel="url")
LENGTH = finding(kind="length", channel="mask length", match="", value_id="", category="")


def _scanned(*findings: object) -> ScanReport:
    return ScanReport(findings=findings, files=1)  # type: ignore[arg-type]


def test_a_value_fails() -> None:
    """Nothing lets it pass by itself."""
    report = Judge(load_policy(), Baseline()).conclude(_scanned(finding()))
    assert report.verdict == "fail"
    assert (report.findings[0].gating, report.findings[0].accepted_by) == (True, None)


@pytest.mark.parametrize(("mode", "verdict"), [("advisory", "pass"), ("gate", "fail")])
def test_patterns_fail_by_their_own_switch(mode: SecondNetMode, verdict: str) -> None:
    """They are told either way."""
    report = Judge(load_policy(), Baseline(), mode).conclude(_scanned(PATTERN))
    assert report.verdict == verdict
    assert [one.gating for one in report.findings] == [mode == "gate"]


def test_a_trace_that_the_policy_accepts_is_told_with_the_reason() -> None:
    """It does not gate, and the report says by which rule and why."""
    report = Judge(load_policy(), Baseline()).conclude(_scanned(LENGTH, LENGTH))
    assert report.verdict == "pass"
    assert [one.gating for one in report.findings] == [False, False]
    assert [(one.by, one.findings) for one in report.accepted] == [("policy:obscured-inputs", 2)]
    assert report.accepted[0].reason


def test_an_entry_may_be_used_by_what_was_not_read() -> None:
    """It is only told as unused where everything was read."""
    unread = ScanReport(files=1, unread=(Unread("broken.mobs: broken.", "", EXIT_INCONCLUSIVE),))
    assert JUDGE.conclude(unread).verdict == "inconclusive"
    assert JUDGE.conclude(_scanned()).verdict == "fail"


def test_a_trace_without_a_policy_fails() -> None:
    """An empty policy accepts nothing."""
    assert Judge(Policy(), Baseline()).conclude(_scanned(LENGTH)).verdict == "fail"


def test_an_accepted_finding_names_its_entry() -> None:
    """It would gate, and the baseline lets it pass, with reason and owner."""
    report = JUDGE.conclude(_scanned(finding()))
    assert report.verdict == "pass"
    assert (report.findings[0].gating, report.findings[0].accepted_by) == (True, "known")
    assert (report.accepted[0].by, report.accepted[0].reason) == ("known", "Ticket 17. (Pat)")


def test_an_entry_that_nothing_was_found_for_fails_the_scan() -> None:
    """Even if nothing else is wrong."""
    report = JUDGE.conclude(_scanned())
    assert report.verdict == "fail"
    assert report.to_json()["problems"] == ["accepted.yaml:4: known accepts what was not found: take it out"]


def test_an_entry_that_is_over_fails_the_scan_and_accepts_nothing() -> None:
    """Its finding gates again."""
    report = Judge(load_policy(), Baseline((ENTRY,), date(2026, 11, 26))).conclude(_scanned(finding()))
    assert report.verdict == "fail"
    assert report.findings[0].accepted_by is None
    assert "expired" in report.problems[0]


BYTES = finding(channel="wire bytes", message="", field="body")


def test_bytes_are_accepted_with_what_was_read_of_them() -> None:
    """The same value in the same file: no entry has to stand for bytes, which are of any channel."""
    judgement = JUDGE.judge([BYTES, finding(source="002.bin#player")])
    assert [one.accepted_by for one in judgement.findings] == ["known", "known"]


@pytest.mark.parametrize(
    "read",
    [[], [finding(value_id="user.phone")], [finding(source="003.bin")], [finding(), finding(channel="url")]],
    ids=["nothing", "another value", "another file", "not all of it accepted"],
)
def test_bytes_fail_with_what_was_not_read_or_not_accepted(read: list[Finding]) -> None:
    """A value that stands in bytes alone, or in another channel too, is not accepted."""
    assert BYTES in JUDGE.judge([BYTES, *read]).failing


def test_failing_and_advisory_are_all_findings() -> None:
    """What fails, and what is only told."""
    judgement = JUDGE.judge([finding(), finding(channel="url"), PATTERN, LENGTH])
    assert [one.channel for one in judgement.failing] == ["url"]
    assert [one.kind for one in judgement.advisory] == ["value", "pattern", "length"]
