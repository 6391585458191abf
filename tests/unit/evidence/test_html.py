"""The report of the privacy officer."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.evidence.conftest import FINDING, result, whole_run

from maskproof.evidence.html import Project, render_report, write_unfinished_report
from maskproof.evidence.summary import summarise
from maskproof.evidence.umami_pages import SeenPages
from maskproof.verdicts.criteria import Criterion
from maskproof.verdicts.declared import LIMITS
from maskproof.verdicts.proofs import EVALUATED, Proof
from maskproof.verdicts.results import Result

FIGURES = {f"form_ready.{name}": value for name, value in (("median_ms", 4.0), ("lower_ms", -2.0), ("upper_ms", 9.0))}


def report(results: list[Result], *missing: str) -> str:
    """The report of a run."""
    expected = [*(result.name for result in results), *missing]
    summary = summarise(results, expected=expected, target="embedded", seed="seed", rules_version="v")
    return render_report(summary, margin_ms=50)


def test_a_pass_is_said_first() -> None:
    """The banner names the verdict, and no check is listed as not passed."""
    text = report(whole_run())
    assert 'May we release? <span class="state">Yes</span>' in text
    assert "Pass: No personal data was recorded" in text
    assert "Checks that did not pass" not in text


def test_a_finding_is_shown_with_where_it_is() -> None:
    """In plain words first; the detail has value id, encoding, channel, message and field."""
    text = report([result("masking", "fail")])
    assert '<header class="banner fail">' in text
    assert "user.email (value, exact, as base64) in openreplay console: ConsoleLog.Value" in text


def test_missing_evidence_is_shown_as_no_pass() -> None:
    """It is neither green nor red, and listed as missing evidence."""
    text = report([result("masking", "inconclusive")])
    assert '<td class="mark inconclusive">?</td>' in text
    assert "<p>Missing evidence:</p><pre>nothing was recorded</pre>" in text


def test_checks_that_did_not_run_are_named() -> None:
    """The banner counts them, the table shows them, and a list names them."""
    text = report([result("masking")], "twin demo-v1")
    assert "1 check of 1 form; 1 passed, 0 did not, 1 was not run." in text
    assert '<td class="none">not run</td>' in text
    assert "<p>twin demo-v1</p>" in text


def test_umamis_own_pages_are_shown_where_they_were_read() -> None:
    """With their pictures, and a number that differs from what was sent in red; else there is no section."""
    summary = summarise(whole_run(), expected=(), target="embedded", seed="seed", rules_version="v")
    rows = ({"what": "views", "sent": 3, "shown": 2}, {"what": "visitors", "sent": 2, "shown": 2})
    pages = SeenPages("Last 24 hours", rows, (("The website", "data:image/png;base64,AAAA"),))
    text = render_report(summary, margin_ms=50, pages=pages)
    assert '<td>views</td><td>3</td><td class="mark fail">2</td>' in text
    assert "<td>visitors</td><td>2</td><td>2</td>" in text
    assert '<img src="data:image/png;base64,AAAA" alt="Umami: the website">' in text
    assert "own web pages</h2>" not in render_report(summary, margin_ms=50)


def test_another_browser_has_a_row_of_its_own() -> None:
    """What is checked in Chromium alone is not called left out there."""
    text = report([result("masking"), result("fidelity"), result("masking", "fail", browser="firefox")])
    assert "<tr><td>demo</td><td>1</td>" in text
    row = text[text.index("<tr><td>demo</td><td>1 in Firefox</td>") :]
    assert row.index('<td class="mark fail">FAIL</td>') < row.index('<td class="none">in Chromium</td>')
    assert "(protocol 1 in Firefox)" in text


def test_overhead_is_drawn() -> None:
    """The bar of a metric starts at zero if its lower bound is negative."""
    overhead = replace(result("overhead", form="all", protocol=0), figures=FIGURES)
    text = report([overhead])
    assert "median 4.0 ms, bounds -2.0 to 9.0 ms" in text
    assert '<rect class="bar" x="0.0" y="9"' in text


def test_the_report_has_no_script_and_contacts_nobody() -> None:
    """It can be kept and signed as a document."""
    text = report(whole_run())
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert not re.search(r'(?:src|href)="(?!#|data:)', text)


def test_results_are_text_and_no_markup() -> None:
    """Markup in the texts of a result is escaped."""
    text = report([replace(result("masking", "inconclusive"), explanation="<script>alert(1)</script>")])
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("name", ["report.html", "allure.html"])
def test_a_run_that_has_not_finished_is_no_pass(tmp_path: Path, name: str) -> None:
    """Both reports say that there is no verdict, with the reason."""
    write_unfinished_report(tmp_path, "The run was <started>.")
    text = (tmp_path / name).read_text()
    assert "The run was &lt;started&gt;." in text
    assert "Pass" not in text


def test_advisory_findings_are_shown_with_who_accepted_them_and_why() -> None:
    """Each place is listed once, with how often it was found."""
    advisory = {**FINDING, "accepted_by": "known", "gating": True}
    accepted = replace(result("masking"), seen=("accepted by known: Ticket 17. (Pat)",), advisory=(advisory, advisory))
    text = report([accepted])
    assert "Advisory findings" in text
    assert "<li>accepted by known: Ticket 17. (Pat)</li>" in text
    assert "ConsoleLog.Value, accepted by known</code> (2 times)" in text
    assert "Advisory findings" not in report([result("masking")])


def test_declarations_of_passing_checks_are_shown_once() -> None:
    """Each is a blind spot, so whoever signs sees it with its reason."""
    line = "declared volatile: POST /api/rate at (a clock): left out in 2 places"
    checks = [replace(result("behaviour", protocol=protocol), seen=("x", line)) for protocol in (1, 2)]
    text = report(checks)
    assert "Declared by form fixtures" in text
    assert text.count(f"<td>{line}</td>") == 1
    assert "Declared by form fixtures" not in report([result("behaviour")])


def test_what_was_verified_about_the_deployment_is_shown_as_no_verdict_of_the_run() -> None:
    """State and evidence stand in the table of criteria, and are not coloured like a check that passed."""
    criteria = [Criterion(name, "text", "deployment") for name in ("4.1 AC2", "4.1 AC6")]
    outside = {"4.1 AC2": Proof(EVALUATED, "9 of 9 tests passed")}
    results = whole_run()
    summary = summarise(
        results,
        expected=[found.name for found in results],
        target="embedded",
        seed="seed",
        rules_version="v",
        criteria=criteria,
        outside=outside,
    )
    text = render_report(summary, margin_ms=50)
    assert '<td>9 of 9 tests passed</td>\n<td class="none">verified by evaluation</td>' in text
    assert '<td>no check of a run speaks for it</td>\n<td class="none">not checked</td>' in text


def test_what_a_run_cannot_show_stands_in_the_report() -> None:
    """Once for all forms, and named at the top; a run with a bare build has no such section."""
    limited = [replace(one, seen=(LIMITS["behaviour"],)) if one.check == "behaviour" else one for one in whole_run()]
    text = report([*limited, replace(result("behaviour"), form="other", seen=(LIMITS["behaviour"],))])
    assert text.count("<li>behaviour: cannot be shown") == 1
    assert text.count("What this run cannot show") == 2
    assert "cannot show" not in report(whole_run())


def test_a_run_of_the_core_says_what_it_leaves_out() -> None:
    """In one line, however many there are; a run of everything has no such line."""
    summary = summarise(whole_run(), expected=(), target="embedded", seed="seed", rules_version="v")
    text = render_report(summary, margin_ms=50, project=Project(left_out=("chat", "team")))
    assert "2 form fixtures of the full catalogue: not run, without --all: chat, team" in text
    assert "full catalogue" not in render_report(summary, margin_ms=50, project=Project())
