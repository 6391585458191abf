"""Compiled rules are changed, and replaced in a bundle, whatever quotes it uses."""

import json
import subprocess
from typing import Any

import pytest

from maskproof.embedded.weakening.rules import (
    replaced_rules,
    with_masked_headings,
    with_plain_inputs,
    without_rule,
)
from maskproof.errors import UsageError
from maskproof.machine.node import node


def rule(rule_id: str, treatment: str = "obscured", **matchers: list[str]) -> dict[str, Any]:
    """A compiled rule."""
    empty: dict[str, list[str]] = {"selectors": [], "names": [], "autocomplete": [], "types": []}
    return {"id": rule_id, "category": "name", "treatment": treatment, **empty, **matchers}


RULES = [
    rule("choice", "plain", names=["^plan$"]),
    rule("mail", names=["e-?mail", '}"{'], types=["email"]),
    rule("text", selectors=["[data-pii='a}']", "textarea"]),
]
# What bundlers make of the compiled rules.
BUNDLES = {
    "json": json.dumps({"rules": RULES}),
    "object": json.dumps({"rules": RULES}).replace('"id"', "id").replace('"mail"', "`mail`"),
    "spaced": json.dumps({"rules": RULES}, indent=2),
}


def evaluated(text: str) -> Any:
    """What JavaScript makes of an object."""
    script = f"process.stdout.write(JSON.stringify(({text})))"
    return json.loads(subprocess.run([str(node()), "--eval", script], capture_output=True, check=True).stdout)


@pytest.mark.parametrize("kind", BUNDLES)
def test_a_rule_is_replaced_in_a_bundle(kind: str) -> None:
    """The rule has other matchers, and all others are as they were."""
    dropped = without_rule(RULES, "mail")
    text, found = replaced_rules(BUNDLES[kind], [dropped[1]])
    assert found == {"mail"}
    assert evaluated(text) == {"rules": dropped}


def test_a_rule_that_a_bundle_does_not_hold_is_not_found() -> None:
    """The caller says so, instead of proving nothing."""
    assert replaced_rules('{"id":"mailing"}', [RULES[1]]) == ('{"id":"mailing"}', set())


def test_a_rule_that_nobody_wrote_cannot_be_dropped() -> None:
    """A misspelled id would weaken nothing, and the run would stay green."""
    with pytest.raises(UsageError, match="no rule is called 'mial'"):
        without_rule(RULES, "mial")


def test_with_plain_inputs_rules_match_texts_only() -> None:
    """Plain rules and selectors of texts stay."""
    choice, mail, text = with_plain_inputs(RULES)
    assert (choice, mail["names"], text["selectors"]) == (RULES[0], [], ["[data-pii='a}']"])


def test_a_rule_masks_headings() -> None:
    """One rule has one more selector."""
    assert [one["selectors"] for one in with_masked_headings(RULES)] == [[], [], ["[data-pii='a}']", "textarea", "h1"]]


def test_no_rule_that_could_mask_headings_is_wrong_usage() -> None:
    """Nothing would be weakened, and the run would stay green."""
    with pytest.raises(UsageError, match="no rule with the treatment obscured has a selector"):
        with_masked_headings(RULES[:2])
