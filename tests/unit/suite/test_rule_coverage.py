"""Masking rules compared with fields and pages."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.samples import FORM

from maskproof.rules.coverage import FieldCoverage
from maskproof.rules.load import load_rules
from maskproof.rules.model import Rule
from maskproof.suite.rule_coverage import check_rules, check_rules_used
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result

RULES_FOLDER = Path(__file__).parents[3] / "masking_rules"


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    """One rule that masks and one that leaves plain."""
    loaded = load_rules(RULES_FOLDER)
    masking = next(rule for rule in loaded if rule.treatment != "plain")
    return replace(masking, id="emails"), replace(masking, id="plans", treatment="plain")


EMAIL = FieldCoverage("demo", "email", is_pii=True, rules=("emails",))
PLAN = FieldCoverage("demo", "plan", is_pii=False, rules=("plans",))


def test_a_form_whose_fields_are_covered_passes(rules: tuple[Rule, ...]) -> None:
    """A masking rule covers the PII field, and none covers the other."""
    outcome = check_rules(FORM, [EMAIL, PLAN], rules, ["plans", "emails"], pages=3)
    assert outcome.verdict == "pass", outcome.explanation
    assert outcome.used == ("emails", "plans")


@pytest.mark.parametrize("matching", [(), ("plans",)], ids=["none", "plain"])
def test_a_pii_field_that_no_rule_masks_fails(rules: tuple[Rule, ...], matching: tuple[str, ...]) -> None:
    """A rule that leaves the field plain does not cover it."""
    outcome = check_rules(FORM, [replace(EMAIL, rules=matching), PLAN], rules, [], pages=3)
    assert outcome.problems == ("PII field email of demo is covered by no rule",)


def test_a_plain_field_that_a_rule_masks_fails(rules: tuple[Rule, ...]) -> None:
    """The problem names the field and the rule."""
    outcome = check_rules(FORM, [EMAIL, replace(PLAN, rules=("emails",))], rules, [], pages=3)
    assert outcome.problems == ("field plan of demo holds no PII and is masked by emails",)


def test_a_pii_field_that_no_step_uses_is_inconclusive(rules: tuple[Rule, ...]) -> None:
    """No rule was compared with the field."""
    outcome = check_rules(FORM, [PLAN], rules, [], pages=3)
    assert outcome.unseen == ("PII field email of demo is used by no step, so no rule was held against it",)


def test_a_form_none_of_whose_fields_is_used_is_inconclusive(rules: tuple[Rule, ...]) -> None:
    """Nothing was held against the rules."""
    assert "no field was used" in check_rules(FORM, [], rules, [], pages=3).unseen


def test_a_page_that_only_shows_people_passes(rules: tuple[Rule, ...]) -> None:
    """It has no field to cover; its page was inspected for the rules of what it shows."""
    outcome = check_rules(replace(FORM, fields={}), [], rules, ["emails"], pages=3)
    assert outcome.verdict == "pass"
    assert outcome.used == ("emails",)
    assert "1 rules match something on the page, which was inspected 3 times" in outcome.seen


def test_a_page_that_nobody_inspected_is_inconclusive(rules: tuple[Rule, ...]) -> None:
    """Without a field and without a page there is no evidence."""
    assert check_rules(replace(FORM, fields={}), [], rules, [], pages=0).unseen == ("no page was inspected",)


def result(*used: str) -> Result:
    """The result of the check `rules` of one journey."""
    return Result.of("rules", Outcome(seen=("x",), used=used), form="demo", protocol=1, started=0.0)


def test_rules_that_all_match_something_pass(rules: tuple[Rule, ...]) -> None:
    """Each rule may match in another form."""
    assert check_rules_used([result("emails"), result("plans")], rules).verdict == "pass"


@pytest.mark.parametrize("results", [[result("emails")], []], ids=["one", "none"])
def test_a_rule_that_matches_nothing_fails(rules: tuple[Rule, ...], results: list[Result]) -> None:
    """An unused rule would look like protection."""
    problems = check_rules_used(results, rules).problems
    assert problems[-1].startswith("rule plans (")


def test_a_run_of_the_core_leaves_unused_rules_to_the_whole_catalogue(rules: tuple[Rule, ...]) -> None:
    """A rule may match in a form that was left out; the evidence names it."""
    outcome = check_rules_used([result("emails")], rules, left_out=("chat",))
    assert outcome.verdict == "pass"
    assert outcome.seen[-1].endswith("(--all): plans")
    stuck = Result.of("rules", Outcome(unseen=("not recorded",)), form="stuck", protocol=2, started=0.0)
    assert check_rules_used([result("emails"), stuck], rules, left_out=("chat",)).verdict == "inconclusive"


@pytest.mark.parametrize("used", [("emails",), ("emails", "plans")])
def test_a_journey_without_a_verdict_leaves_unused_rules_open(rules: tuple[Rule, ...], used: tuple[str, ...]) -> None:
    """A rule may match on the page that was not reached; where all match elsewhere, nothing is open."""
    stuck = Result.of("rules", Outcome(unseen=("not recorded",)), form="stuck", protocol=2, started=0.0)
    outcome = check_rules_used([result(*used), stuck], rules)
    assert outcome.problems == ()
    is_open = "plans" not in used
    assert outcome.verdict == ("inconclusive" if is_open else "pass")
    assert is_open == any("stuck-v2" in line for line in outcome.unseen)
