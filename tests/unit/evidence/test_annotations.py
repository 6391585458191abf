"""What did not pass stands on the lines of fixtures and rules, in words that hold no value."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import FINDING, result, whole_run

from maskproof.evidence.annotations import (
    CODE_QUALITY,
    Annotation,
    annotations,
    code_quality,
    github_lines,
    write_annotations,
)
from maskproof.evidence.places import Places
from maskproof.leaks import Searcher, values_of
from maskproof.leaks.search.safe_texts import REDACTED, SafeTexts
from maskproof.personas import make_persona
from maskproof.rules import load_rules
from maskproof.settings import load_settings
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import NO_CASE, Result

SECRET = make_persona("seed", "user")["email"]
SAFE = SafeTexts(Searcher(values_of([SECRET])))
PLACES = Places(load_settings(ROOT / "maskproof.toml"), {})
RULE = load_rules(ROOT / "masking_rules")[0]


def of(check: str, outcome: Outcome, *, form: str = "contact", protocol: int = 1) -> list[Annotation]:
    """The annotations of one result."""
    made = Result.of(check, outcome, form=form, protocol=protocol, started=0.0)
    return annotations([made], PLACES, SAFE)


def test_a_pass_has_none() -> None:
    """There is nothing to look at."""
    assert annotations(whole_run(), PLACES, SAFE) == []


def test_a_leak_stands_at_its_field_and_at_the_rule_of_its_category() -> None:
    """Both protocol versions say it alike, so it is there once."""
    both = [replace(result("masking", "fail", form="contact", protocol=number)) for number in (1, 2)]
    field, rule = annotations(both, PLACES, SAFE)
    assert field.path == "fixtures/forms/contact.yaml"
    assert "email" in (ROOT / field.path).read_text().splitlines()[field.line - 1]
    assert rule.path == "masking_rules/email.yaml"
    assert field.text in rule.text


@pytest.mark.parametrize("form", ["contact", NO_CASE])
def test_a_rule_that_is_named_is_the_place(form: str) -> None:
    """Of a form, and of the whole run."""
    check = "rules" if form != NO_CASE else "rules-used"
    (found,) = of(check, Outcome(problems=(f"rule {RULE.id} ({RULE.category}) matches nothing",)), form=form)
    assert (found.path, found.line) == (f"masking_rules/{RULE.source.name}", RULE.line)


def test_a_line_of_the_fixture_that_is_named_is_the_place() -> None:
    """A step that could not be done says which it is; its hint is no annotation of its own."""
    (found,) = of("behaviour", Outcome(unseen=("contact.yaml:21: no such button\n  look at the page",)))
    assert (found.path, found.line, found.verdict) == ("fixtures/forms/contact.yaml", 21, "inconclusive")


def test_a_value_in_a_text_is_redacted() -> None:
    """Whatever way it came there."""
    (found,) = of("capture", Outcome(problems=(f"no session of {SECRET.reveal()}",)))
    assert SECRET.reveal() not in found.text
    assert REDACTED in found.text


def test_failures_come_first() -> None:
    """GitHub shows ten of a step."""
    found = annotations([result("capture", "inconclusive"), result("twin", "fail")], PLACES, SAFE)
    assert [one.verdict for one in found][:1] == ["fail"]
    assert found[-1].verdict == "inconclusive"


def test_a_text_ends_no_command_of_github() -> None:
    """Signs that mean something there are escaped."""
    one = Annotation("a,b:c.yaml", 3, "masking", "fail", "50 %\n::error::x")
    assert list(github_lines([one])) == [
        "::error file=a%2Cb%3Ac.yaml,line=3,title=Maskproof%3A No PII is recorded::50 %25%0A::error::x"
    ]


def test_gitlab_gets_a_list_with_stable_fingerprints() -> None:
    """The same problem of the next run is the same entry."""
    found = of("masking", Outcome(findings=(FINDING,)))
    entries: list[dict[str, Any]] = json.loads(code_quality(found))
    assert entries == json.loads(code_quality(found))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 2
    assert {entry["severity"] for entry in entries} == {"blocker"}
    assert set(entries[0]) == {"description", "check_name", "fingerprint", "severity", "location"}


@pytest.mark.parametrize("is_job", [True, False], ids=["in a job of GitHub", "elsewhere"])
def test_only_a_job_of_github_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str], *, is_job: bool) -> None:
    """The page goes to the summary of the job, after what is there; GitLab's report is always written."""
    summary = tmp_path / "summary"
    summary.write_text("before\n")
    environment = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)} if is_job else {}
    write_annotations(tmp_path, of("twin", Outcome(problems=("x",))), "# page\n", environment=environment)
    assert capsys.readouterr().out.startswith("::error file=fixtures/forms/contact.yaml,line=1,") == is_job
    assert summary.read_text() == ("before\n# page\n" if is_job else "before\n")
    assert len(json.loads((tmp_path / CODE_QUALITY).read_text())) == 1
