"""How a check ends its test, and the file that it writes."""

import time
from pathlib import Path

import pytest

from maskproof.errors import Inconclusive
from maskproof.verdicts.checks import TITLES
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import CheckFailed, Result, read_results, settle

FINDING = {
    "kind": "difference",
    "system": "openreplay",
    "channel": "title",
    "encoding": [],
    "gating": True,
} | dict.fromkeys(("message", "field", "node"), "x")
FINDING["accepted_by"] = None
OUTCOME = Outcome(seen=("a",), problems=("b",), findings=(FINDING,), figures={"x": 1.5}, used=("rule",))


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every field is kept, and results are in order of check, form and protocol version."""
    written = [
        Result.of(check, OUTCOME, form="demo", protocol=protocol, started=time.monotonic())
        for check, protocol in (("twin", 1), ("masking", 2), ("masking", 1))
    ]
    for result in written:
        result.write(tmp_path / "results")
    assert read_results(tmp_path / "results") == [written[2], written[1], written[0]]


def test_no_folder_is_no_result(tmp_path: Path) -> None:
    """The summary reports what is missing."""
    assert read_results(tmp_path / "gone") == []


def test_a_result_says_what_the_outcome_says() -> None:
    """It has the verdict and the explanation of the outcome, and the title of the check."""
    result = Result.of("masking", OUTCOME, form="demo", protocol=1, started=time.monotonic())
    assert (result.verdict, result.requirement) == ("fail", TITLES["masking"])
    assert result.explanation.startswith("b\n")


def test_a_passing_check_ends_without_an_error() -> None:
    """It has evidence and no problem."""
    settle(Outcome(seen=("a",)))


def test_a_failing_check_ends_as_a_failed_assertion() -> None:
    """pytest, Allure and JUnit count it as failed."""
    with pytest.raises(AssertionError, match="b") as caught:
        settle(Outcome(seen=("a",), problems=("b",)))
    assert isinstance(caught.value, CheckFailed)


@pytest.mark.parametrize("outcome", [Outcome(), Outcome(seen=("a",), unseen=("b",))], ids=["nothing", "unseen"])
def test_a_check_that_saw_too_little_ends_as_an_error(outcome: Outcome) -> None:
    """Allure counts it as broken and JUnit as an error, because no assertion failed."""
    with pytest.raises(Inconclusive) as caught:
        settle(outcome)
    assert not isinstance(caught.value, AssertionError)
