"""Findings of a check as its outcome."""

from datetime import date

from tests.unit.leaks.samples import finding

from maskproof.leaks.judging.accepted import Baseline, Entry
from maskproof.leaks.judging.judge import Judge
from maskproof.leaks.judging.policy import load_policy
from maskproof.suite.judged import accepted_lines, judged_outcome
from maskproof.verdicts.results import Result

TODAY = date(2026, 11, 25)
ENTRY = Entry("known", {"kind": "value", "channel": "console"}, "Ticket 17.", "Pat", TODAY, "accepted.yaml:4")
JUDGE = Judge(load_policy(), Baseline((ENTRY,), TODAY))
LENGTH = finding(kind="length", channel="mask length", match="", value_id="user.first_name", category="name")
PATTERN = finding(kind="pattern", gating=False, value_id="pattern:email", match="pattern", channel="url")


def test_what_nobody_accepted_fails() -> None:
    """Only findings that nobody accepted are among the failing ones."""
    outcome = judged_outcome(JUDGE, [finding(channel="url"), LENGTH], seen=["a"])
    assert outcome.verdict == "fail"
    assert [found["channel"] for found in outcome.findings] == ["url"]


def test_what_is_accepted_is_advisory_with_who_and_why() -> None:
    """The check passes, and its evidence names the rule or entry that accepted a finding, with the reason."""
    outcome = judged_outcome(JUDGE, [finding(), LENGTH, PATTERN], seen=["a"])
    assert outcome.verdict == "pass"
    assert [found["kind"] for found in outcome.advisory] == ["value", "length", "pattern"]
    result = Result.of("masking", outcome, form="demo", protocol=1, started=0)
    known, obscured = accepted_lines(result)
    assert known == "accepted by known: Ticket 17. (Pat)"
    assert obscured.startswith("accepted by policy:obscured-inputs: ")


def test_entries_that_were_found_are_noted() -> None:
    """The outcome names them, so that the end of the run can compare them with the baseline."""
    assert judged_outcome(JUDGE, [finding()], seen=["a"]).used == ("known",)
    assert judged_outcome(JUDGE, [LENGTH], seen=["a"]).used == ()


def test_an_accepted_finding_does_not_make_up_for_missing_evidence() -> None:
    """A check that saw too little is inconclusive."""
    assert judged_outcome(JUDGE, [finding()], seen=["a"], unseen=["b"]).verdict == "inconclusive"
