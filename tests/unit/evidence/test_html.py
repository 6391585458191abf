"""The officer's report."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.evidence.conftest import FINDING, result, whole_run

from maskproof.evidence.html import render_report, write_unfinished_report
from maskproof.evidence.summary import summarise
from maskproof.verdicts.results import Result

FIGURES = {f"form_ready.{name}": value for name, value in (("median_ms", 4.0), ("lower_ms", -2.0), ("upper_ms", 9.0))}


def report(results: list[Result], *missing: str) -> str:
    """The report of a run."""
    expected = [*(one.name for one in results), *missing]
    summary = summarise(results, expected=expected, target="embedded", seed="seed", rules_version="v")
    return render_report(summary, margin_ms=50)


def test_a_pass_is_said_first() -> None:
    """With how much was checked."""
    text = report(whole_run())
    assert "Pass: no personal data was recorded" in text
    assert "Checks that did not pass" not in text


def test_a_finding_is_shown_with_where_it_is() -> None:
    """By value id and channel."""
    text = report([result("masking", "fail")])
    assert '<div class="banner fail">' in text
    assert "user.email (value, exact, as base64) in openreplay console: ConsoleLog.Value" in text


def test_what_was_not_seen_is_shown_as_no_pass() -> None:
    """Neither green nor red."""
    text = report([result("masking", "inconclusive")])
    assert '<td class="mark inconclusive">?</td>' in text
    assert "nothing was recorded" in text


def test_what_was_not_done_is_named() -> None:
    """In the banner, the table, and by name."""
    text = report([result("masking")], "twin demo-v1")
    assert "1 were not done" in text
    assert '<td class="none">not done</td>' in text
    assert "<p>twin demo-v1</p>" in text


def test_overhead_is_drawn() -> None:
    """A bar for each metric, starting at nothing where its bound is below."""
    overhead = replace(result("overhead", form="all", protocol=0), figures=FIGURES)
    text = report([overhead])
    assert "median 4.0 ms, bounds -2.0 to 9.0 ms" in text
    assert '<rect x="0.0" y="9"' in text


def test_the_report_has_no_script_and_contacts_nobody() -> None:
    """It is a document to sign."""
    text = report(whole_run())
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert not re.search(r"(?:src|href)=", text)


def test_what_results_say_is_text_and_no_markup() -> None:
    """A page cannot write into the report."""
    text = report([replace(result("masking", "inconclusive"), explanation="<script>alert(1)</script>")])
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("name", ["report.html", "allure.html"])
def test_a_run_that_has_not_finished_is_no_green(tmp_path: Path, name: str) -> None:
    """Both reports say so, with the reason."""
    write_unfinished_report(tmp_path, "The run was <started>.")
    text = (tmp_path / name).read_text()
    assert "The run was &lt;started&gt;." in text
    assert "Pass" not in text


def test_what_fails_nothing_is_told_with_who_accepted_it_and_why() -> None:
    """Accepted and advisory findings, each place once with how often."""
    told = {**FINDING, "accepted_by": "known", "gating": True}
    accepted = replace(result("masking"), seen=("accepted by known: Ticket 17. (Pat)",), advisory=(told, told))
    text = report([accepted])
    assert "Told, and failing nothing" in text
    assert "<li>accepted by known: Ticket 17. (Pat)</li>" in text
    assert "ConsoleLog.Value , accepted by known</code> (2 times)" in text
    assert "Told, and failing nothing" not in report([result("masking")])
