"""What a run says at its end fits on a screen."""

from pathlib import Path

from tests.unit.evidence.conftest import CASE_CHECKS, FINDING, result, whole_run

from maskproof.commands.verifying.closing import closing_lines
from maskproof.evidence.summary import summarise
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result

FORMS = [f"form-{number}" for number in range(10)]


def lines(results: list[Result], missing: tuple[str, ...] = ()) -> list[str]:
    """The last lines of a run of these results."""
    expected = [*(one.name for one in results), *missing]
    summary = summarise(results, expected=expected, target="embedded", seed="s", rules_version="v")
    return list(closing_lines(results, summary, Path("reports/report.html"), 125))


def test_a_run_that_passes_says_so_and_where_the_report_is() -> None:
    """Three lines."""
    assert lines(whole_run()) == [
        f"verdict: pass: {len(whole_run())} of {len(whole_run())} checks passed, in 2 min 05 s",
        "report: reports/report.html",
        "next: nothing has to be done; the report can be signed",
    ]


def test_a_part_of_a_run_says_what_is_missing() -> None:
    """It is not a pass, and the way to one is named."""
    verdict, missing, _, todo = lines([result("masking")], missing=("twin demo-v1",))
    assert verdict.startswith("verdict: inconclusive: 1 of 1 checks passed")
    assert missing.startswith("1 checks of a whole run were not done (twin demo-v1)")
    assert todo == "next: run maskproof verify without selecting, for a verdict on everything"


def test_a_category_that_leaks_everywhere_is_one_cause() -> None:
    """Ten forms, two protocol versions and forty findings each take one line."""
    leaks = Outcome(findings=tuple({**FINDING, "offset": number} for number in range(40)))
    results = [
        Result.of("masking", leaks, form=form, protocol=protocol, started=0.0) for form in FORMS for protocol in (1, 2)
    ]
    shown = lines([*results, *(result(check, form=form) for check in CASE_CHECKS[1:] for form in FORMS)])
    assert shown[1] == (
        "1. fail: email is recorded in openreplay console (800 times in form-0, form-1, form-2 and 7 more; masking)"
    )
    assert "maskproof verify -k form-0" in shown[-1]
    assert 'the page "Masking rules"' in shown[-1]
    assert len(shown) == 4


def test_three_causes_are_shown_and_the_others_are_counted() -> None:
    """A long text is cut off; the report has it whole."""
    problems = ("a " * 1000, "bee", "cee", "dee", "eff")
    results = [
        Result.of("capture", Outcome(problems=(text,)), form="demo", protocol=1, started=0.0) for text in problems
    ]
    shown = lines(results)
    assert [line[:2] for line in shown[1:4]] == ["1.", "2.", "3."]
    assert shown[4] == "and 2 more, in the report"
    assert max(map(len, shown)) < 400


def test_a_rule_that_is_missing_is_answered_with_the_command_that_finds_it() -> None:
    """`maskproof rules check` takes a second."""
    results = [
        Result.of("rules", Outcome(problems=("PII field a is covered by no rule",)), form="demo", protocol=1, started=0)
    ]
    assert "maskproof rules check, then: maskproof verify -k demo" in lines(results)[-1]
