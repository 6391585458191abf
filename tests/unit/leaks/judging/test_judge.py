"""The judge: which findings count."""

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
    """The default policy accepts no value."""
    report = Judge(load_policy(), Baseline()).conclude(_scanned(finding()))
    assert report.verdict == "fail"
    assert (report.findings[0].gating, report.findings[0].accepted_by) == (True, None)


@pytest.mark.parametrize(("mode", "verdict"), [("advisory", "pass"), ("gate", "fail")])
def test_patterns_fail_by_their_mode(mode: SecondNetMode, verdict: str) -> None:
    """Patterns are reported in either mode."""
    report = Judge(load_policy(), Baseline(), mode).conclude(_scanned(PATTERN))
    assert report.verdict == verdict
    assert [found.gating for found in report.findings] == [mode == "gate"]


def test_a_trace_that_the_policy_accepts_is_reported_with_the_reason() -> None:
    """It does not gate, and the report names the rule and its reason."""
    report = Judge(load_policy(), Baseline()).conclude(_scanned(LENGTH, LENGTH))
    assert report.verdict == "pass"
    assert [found.gating for found in report.findings] == [False, False]
    assert [(acceptance.by, acceptance.findings) for acceptance in report.accepted] == [("policy:obscured-inputs", 2)]
    assert report.accepted[0].reason


def test_an_entry_may_be_for_a_finding_in_an_unread_file() -> None:
    """Entries are reported as unused only if everything was read."""
    unread = ScanReport(files=1, unread=(Unread("broken.mobs: broken.", "", EXIT_INCONCLUSIVE),))
    assert JUDGE.conclude(unread).verdict == "inconclusive"
    assert JUDGE.conclude(_scanned()).verdict == "fail"


def test_a_trace_without_a_policy_fails() -> None:
    """An empty policy accepts nothing."""
    assert Judge(Policy(), Baseline()).conclude(_scanned(LENGTH)).verdict == "fail"


def test_an_accepted_finding_names_its_entry() -> None:
    """It would gate; the baseline accepts it, with reason and owner."""
    report = JUDGE.conclude(_scanned(finding()))
    assert report.verdict == "pass"
    assert (report.findings[0].gating, report.findings[0].accepted_by) == (True, "known")
    assert (report.accepted[0].by, report.accepted[0].reason) == ("known", "Ticket 17. (Pat)")


def test_an_unused_entry_fails_the_scan() -> None:
    """An unused entry is a problem, even without a finding."""
    report = JUDGE.conclude(_scanned())
    assert report.verdict == "fail"
    assert report.to_json()["problems"] == ["accepted.yaml:4: known accepts what was not found: take it out"]


def test_an_expired_entry_fails_the_scan_and_accepts_nothing() -> None:
    """The finding of an expired entry gates again."""
    report = Judge(load_policy(), Baseline((ENTRY,), date(2026, 11, 26))).conclude(_scanned(finding()))
    assert report.verdict == "fail"
    assert report.findings[0].accepted_by is None
    assert "expired" in report.problems[0]


BYTES = finding(channel="wire bytes", message="", field="body")


def test_bytes_are_accepted_with_the_messages_of_their_file() -> None:
    """The same value in the same file is accepted; no entry has to cover bytes, which are of any channel."""
    judgement = JUDGE.judge([BYTES, finding(source="002.bin#player")])
    assert [found.accepted_by for found in judgement.findings] == ["known", "known"]


@pytest.mark.parametrize(
    "read",
    [[], [finding(value_id="user.phone")], [finding(source="003.bin")], [finding(), finding(channel="url")]],
    ids=["nothing", "another value", "another file", "not all of it accepted"],
)
def test_bytes_fail_without_accepted_messages(read: list[Finding]) -> None:
    """A value that stands in bytes alone, or also in another channel, is not accepted."""
    assert BYTES in JUDGE.judge([BYTES, *read]).failing


def test_failing_and_advisory_are_all_findings() -> None:
    """Every finding either fails or is advisory."""
    judgement = JUDGE.judge([finding(), finding(channel="url"), PATTERN, LENGTH])
    assert [found.channel for found in judgement.failing] == ["url"]
    assert [found.kind for found in judgement.advisory] == ["value", "pattern", "length"]
