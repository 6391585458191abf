"""Accepted findings, checked against the results of a run."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from maskproof.leaks.judging.accepted import Baseline, Entry
from maskproof.settings import Settings, load_settings
from maskproof.suite.accepted_findings import check_accepted
from maskproof.suite.whole_run import conclude_run
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result, read_results

TODAY = date(2026, 11, 25)
ENTRY = Entry("known", {"kind": "value", "channel": "console"}, "Ticket 17.", "Pat", TODAY, "accepted.yaml:4")
FORM = """
version: 1
id: demo
title: Demo
path: /demo
fields:
  email: {selector: "#email", label: E-mail, category: email, value: user.email}
steps:
  - fill: {field: email}
success: {selector: h1, text: Thanks}
"""


def _result(check: str, *used: str, is_conclusive: bool = True) -> Result:
    outcome = Outcome(seen=("a",), unseen=() if is_conclusive else ("b",), used=used)
    return Result.of(check, outcome, form="demo", protocol=1, started=0)


def _baseline(day: date = TODAY) -> Baseline:
    return Baseline((ENTRY,), day)


def test_an_entry_that_was_found_in_any_result_passes() -> None:
    """It is enough that one form has the finding."""
    outcome = check_accepted([_result("masking"), _result("twin", "known")], _baseline(), is_whole=True)
    assert outcome.verdict == "pass", outcome.explanation


def test_an_entry_that_was_found_nowhere_fails() -> None:
    """The problem names file and line."""
    outcome = check_accepted([_result("masking")], _baseline(), is_whole=True)
    assert outcome.problems == ("accepted.yaml:4: known accepts what was not found: take it out",)


def test_an_entry_that_has_expired_fails_even_in_a_partial_run() -> None:
    """Expiry depends on the date alone."""
    outcome = check_accepted([], _baseline(TODAY + timedelta(days=1)), is_whole=False)
    assert outcome.verdict == "fail"
    assert "expired" in outcome.explanation


@pytest.mark.parametrize(
    ("results", "is_whole"),
    [([_result("masking")], False), ([_result("masking", is_conclusive=False)], True)],
    ids=["part", "inconclusive"],
)
def test_a_partial_run_does_not_report_unused_entries(results: list[Result], *, is_whole: bool) -> None:
    """They may be found in what was left out."""
    outcome = check_accepted(results, _baseline(), is_whole=is_whole)
    assert outcome.verdict == "pass"
    assert "not asked" in outcome.seen[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A project with one form, one protocol version and one accepted finding."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "demo.yaml").write_text(FORM, encoding="utf-8")
    day = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011 - as the baseline takes it
    (tmp_path / "accepted.yaml").write_text(
        "version: 1\naccepted:\n  - id: known\n    match: {kind: value, channel: console, category: email}\n"
        f"    reason: The vendor's widget logs it.\n    owner: Pat\n    expires: {day}\n",
        encoding="utf-8",
    )
    file = tmp_path / "maskproof.toml"
    file.write_text(
        '[paths]\nforms = "forms"\n[run]\nprotocols = [1]\nallow_idle_rules = true\n'
        '[leaks]\nbaseline = "accepted.yaml"\n',
        encoding="utf-8",
    )
    return load_settings(file)


@pytest.mark.parametrize(("used", "verdict"), [(("known",), "pass"), ((), "fail")], ids=["found", "not found"])
def test_the_end_of_a_run_checks_the_baseline_against_all_results(
    settings: Settings, tmp_path: Path, used: tuple[str, ...], verdict: str
) -> None:
    """The check reads the result files of all workers, and adds a result of its own."""
    for result in (_result("masking", *used), _result("twin")):
        result.write(tmp_path / "results")
    (accepted,) = [
        result
        for result in conclude_run(settings, tmp_path / "results", tests_failed=False)
        if result.check == "accepted"
    ]
    assert (accepted.verdict, accepted.form) == (verdict, "all")
    assert accepted in read_results(tmp_path / "results")


def test_a_project_without_a_baseline_has_no_such_check(settings: Settings, tmp_path: Path) -> None:
    """Without accepted findings there is nothing to check."""
    settings.file.write_text('[paths]\nforms = "forms"\n[run]\nallow_idle_rules = true\n', encoding="utf-8")
    _result("masking").write(tmp_path / "results")
    assert [
        result.check for result in conclude_run(load_settings(settings.file), tmp_path / "results", tests_failed=False)
    ] == ["masking"]
