"""Masking rules for people."""

from dataclasses import replace
from pathlib import Path

from maskproof.rules import load_rules
from maskproof.rules.render import differences, runbook_table

RULES = load_rules(Path(__file__).parents[3] / "masking_rules")


def test_the_table_has_every_rule() -> None:
    """The table has one row for each rule, below a head of two lines."""
    table = runbook_table(RULES)
    assert len(table.splitlines()) == len(RULES) + 2
    assert all(f"`{rule.id}`" in table for rule in RULES)


def test_a_weakening_is_marked() -> None:
    """A rule that is gone or less strict is marked; a stricter one is not."""
    first = next(rule for rule in RULES if rule.treatment == "obscured")
    stricter = [replace(first, treatment="hidden")]
    assert list(differences(stricter, [first])) == [f"~ {first.id}: hidden -> obscured  WEAKER"]
    assert list(differences([first], stricter)) == [f"~ {first.id}: obscured -> hidden"]
    assert next(differences([first], [])).endswith("WEAKER")


def test_a_rule_that_shrinks_to_attributes_is_marked() -> None:
    """It leaves the rest of the element alone from then on; one more attribute is stricter."""
    first = next(rule for rule in RULES if rule.treatment == "obscured")
    title, both = replace(first, attributes=("title",)), replace(first, attributes=("title", "alt"))
    assert list(differences([first], [title])) == [f"~ {first.id}: attributes also title  WEAKER"]
    assert list(differences([title], [both])) == [f"~ {first.id}: attributes also alt"]
    assert list(differences([both], [title])) == [f"~ {first.id}: attributes no longer alt  WEAKER"]
