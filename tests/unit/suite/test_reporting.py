"""The outcome of a check becomes its result file."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.samples import FORM

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.journey import NotRecorded
from maskproof.recording.recorder import Case
from maskproof.suite.reporting import Reporter
from maskproof.suite.safe_outcome import CaseRedaction
from maskproof.verdicts.checks import SEVERITIES, TITLES
from maskproof.verdicts.criteria import Criterion
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import NO_CASE, CheckCrashed, CheckFailed, Result, read_results


def concluded(folder: Path, check: Callable[[], Outcome] | None, *, case: Case | None = None) -> Result:
    """The result file of a check, however the check ends."""
    reporter = Reporter(
        "masking", case, folder=folder, started=time.monotonic(), redaction=CaseRedaction("seed") if case else None
    )
    try:
        if check is not None:
            reporter.conclude(check)
    except (CheckFailed, CheckCrashed, Inconclusive):
        pass
    finally:
        reporter.close()
    (result,) = read_results(folder)
    return result


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome(seen=("a",)), "pass"),
        (Outcome(problems=("a",)), "fail"),
        (Outcome(seen=("a",), unseen=("b",)), "inconclusive"),
    ],
    ids=["pass", "fail", "inconclusive"],
)
def test_a_verdict_is_kept(tmp_path: Path, outcome: Outcome, verdict: str) -> None:
    """The result file has the verdict of the test."""
    result = concluded(tmp_path, lambda: outcome, case=Case(FORM, 2))
    assert (result.verdict, result.form, result.protocol) == (verdict, "demo", 2)


def raise_inconclusive() -> Outcome:
    """A check whose journey could not be driven."""
    raise Inconclusive("the page did not load", hint="start it")


def test_a_check_without_evidence_is_inconclusive_with_the_reason(tmp_path: Path) -> None:
    """The explanation has the hint too."""
    result = concluded(tmp_path, raise_inconclusive)
    assert (result.verdict, result.form) == ("inconclusive", NO_CASE)
    assert result.explanation == "the page did not load\n  start it"


def misconfigured() -> Outcome:
    """A check that meets a fault of the configuration."""
    raise ConfigurationError("demo.yaml:7: seed was answered with 500", hint="mend it")


def test_a_fault_of_the_configuration_is_no_crash(tmp_path: Path) -> None:
    """Its message and hint are the reason."""
    result = concluded(tmp_path, misconfigured)
    assert (result.verdict, result.is_crashed) == ("inconclusive", False)
    assert result.explanation == "demo.yaml:7: seed was answered with 500\n  mend it"


def test_a_check_without_an_outcome_is_inconclusive(tmp_path: Path) -> None:
    """There is a result, and it is no pass."""
    result = concluded(tmp_path, None)
    assert (result.verdict, result.explanation) == ("inconclusive", "the check ended by an error of its own")
    assert not result.is_crashed


def crash() -> Outcome:
    """A check with a fault of its own, whose error quotes what was typed."""
    raise ZeroDivisionError("quoted value")


def test_a_check_that_crashes_says_where_and_quotes_nothing(tmp_path: Path) -> None:
    """The result names the error and its line; the message may hold a value."""
    result = concluded(tmp_path, crash)
    assert result.verdict == "inconclusive"
    assert result.is_crashed
    assert result.explanation.startswith("the check crashed: ZeroDivisionError in test_reporting.py:")
    assert "quoted value" not in result.explanation


def test_the_error_of_a_check_that_crashes_is_not_raised_itself(tmp_path: Path) -> None:
    """What the test runner prints names the error and its place, too, and nothing else."""
    reporter = Reporter("masking", None, folder=tmp_path, started=time.monotonic())
    with pytest.raises(CheckCrashed, match=r"ZeroDivisionError in test_reporting\.py") as raised:
        reporter.conclude(crash)
    assert raised.value.__cause__ is None
    assert "quoted value" not in str(raised.value)


def test_a_failure_is_raised_after_it_is_kept(tmp_path: Path) -> None:
    """The test of a failed check fails too."""
    reporter = Reporter("masking", None, folder=tmp_path, started=time.monotonic())
    with pytest.raises(CheckFailed, match="a"):
        reporter.conclude(lambda: Outcome(problems=("a",)))


def test_every_check_has_a_title_and_a_severity() -> None:
    """No check lacks one of the two."""
    assert set(TITLES) == set(SEVERITIES)


def test_a_check_is_listed_under_the_criterion_that_names_it(tmp_path: Path) -> None:
    """The result file has the id and the text of the criterion."""
    criteria = [Criterion("7 AC1", "Nothing leaks", "checks", ("masking",))]
    Reporter("masking", None, folder=tmp_path, started=time.monotonic(), criteria=criteria).close()
    assert read_results(tmp_path)[0].requirement == "7 AC1: Nothing leaks"


@pytest.mark.parametrize(
    ("reported_by", "shown"), [("masking", "it broke\n  why"), ("capture", "see the check capture: x:1")]
)
def test_a_case_that_was_not_recorded_is_reported_by_one_check(tmp_path: Path, reported_by: str, shown: str) -> None:
    """The others refer to it, in one line."""

    def check() -> Outcome:
        raise NotRecorded("it broke", hint="why", reported_by=reported_by, place="x:1")

    result = concluded(tmp_path, check, case=Case(FORM, 2))
    assert result.verdict == "inconclusive"
    assert result.explanation == (shown if reported_by == "masking" else f"not recorded, {shown}")


def test_a_browser_without_the_check_that_says_why_says_it_itself(tmp_path: Path) -> None:
    """There is no check `capture` in Firefox that the others could refer to."""

    def check() -> Outcome:
        raise NotRecorded("no session was started", reported_by="capture")

    result = concluded(tmp_path, check, case=Case(FORM, 2, "firefox"))
    assert (result.name, result.explanation) == ("masking demo-v2-firefox", "no session was started")
