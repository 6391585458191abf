"""Which fields rules cover, and which rules are unused."""

from pathlib import Path

from maskproof.rules import load_rules
from maskproof.rules.coverage import FieldCoverage, overmasked_fields, uncovered_fields, unused_rules

RULES = load_rules(Path(__file__).parents[3] / "masking_rules")
MASKING = next(rule for rule in RULES if rule.treatment != "plain").id
PLAIN = next(rule for rule in RULES if rule.treatment == "plain").id


def test_a_pii_field_without_a_masking_rule_is_uncovered() -> None:
    """A plain rule does not cover PII."""
    fields = [
        FieldCoverage("f", "a", is_pii=True, rules=(PLAIN,)),
        FieldCoverage("f", "b", is_pii=True, rules=(MASKING,)),
    ]
    assert [field.field for field in uncovered_fields(fields, RULES)] == ["a"]


def test_a_plain_field_under_a_masking_rule_is_overmasked() -> None:
    """A rule that matches too many fields is noticed."""
    fields = [FieldCoverage("f", "a", is_pii=False, rules=(PLAIN, MASKING))]
    assert [field.field for field in overmasked_fields(fields, RULES)] == ["a"]


def test_a_rule_that_matched_nothing_is_unused() -> None:
    """Rules that no page of any journey needed are listed."""
    used = {rule.id for rule in RULES} - {MASKING}
    assert [rule.id for rule in unused_rules(used, RULES)] == [MASKING]
