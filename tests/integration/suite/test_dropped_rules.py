"""Each masking rule is needed: without it, and without the guard, a form leaks what only this rule covers."""

import pytest
from tests.integration.suite.conftest import ROOT, Weakened

from maskproof.forms import load_forms
from maskproof.forms.model import CORE
from maskproof.rules import load_rules

RULES = {rule.id: rule for rule in load_rules(ROOT / "masking_rules") if rule.treatment != "plain"}
FORMS = {form.id: form for form in load_forms(ROOT / "fixtures/forms")}
# Where dropping each rule must show: a form with something that only this rule covers.
RULE_FORMS = {
    "address-inputs": "checkout",
    "address-text": "confirmation",
    "bank-account-inputs": "documents",
    "date-of-birth-calendar": "appointment",
    "date-of-birth-inputs": "identity-check",
    "date-of-birth-text": "confirmation",
    "device-id-inputs": "documents",
    "driving-licence-inputs": "documents",
    "email-inputs": "sign-up",
    "email-text": "customer-list",
    "free-text-inputs": "contact",
    "free-text-text": "confirmation",
    "health-id-inputs": "documents",
    "ip-address-inputs": "documents",
    "name-choices": "appointment",
    "name-inputs": "sign-up",
    "name-search": "search",
    "name-text": "customer-list",
    "national-id-inputs": "documents",
    "one-time-codes": "log-in",
    "passport-inputs": "documents",
    "password-inputs": "log-in",
    "payment-inputs": "checkout",
    "payment-text": "checkout",
    "phone-inputs": "profile",
    "phone-text": "customer-list",
    "ssn-inputs": "identity-check",
    "ssn-text": "identity-check",
    "tax-id-inputs": "documents",
    "vehicle-plate-inputs": "documents",
}
# What these cover is masked without a rule too: the check `rules` asks for one, and its loss leaks nothing.
BY_DEFAULT = {"free-text-editors"}
# Inputs of one form that are treated alike: by day one of them stands for all.
LIKE_BANK_ACCOUNTS = {rule for rule, form in RULE_FORMS.items() if form == "documents"} - {"bank-account-inputs"}
AT_NIGHT = LIKE_BANK_ACCOUNTS | {rule for rule, form in RULE_FORMS.items() if FORMS[form].catalogue != CORE}


def test_every_masking_rule_has_a_form_that_shows_its_loss() -> None:
    """The test below leaves no rule out."""
    assert set(RULE_FORMS) | BY_DEFAULT == set(RULES)


def rules() -> list[object]:
    """Every rule; those of the whole catalogue, and those that another stands for, are left to the night."""
    marks = {rule: [pytest.mark.nightly] for rule in AT_NIGHT}
    return [pytest.param(rule, marks=marks.get(rule, [])) for rule in RULE_FORMS]


@pytest.mark.parametrize("rule", rules())
def test_without_the_guard_any_dropped_rule_leaks(weakened: Weakened, rule: str) -> None:
    """What the rule covers is found where nothing is found with all rules (test_proof: a finding ends a run with 1)."""
    form = RULE_FORMS[rule]
    with_all_rules = weakened.leaked(form)
    assert RULES[rule].category in {leak[0] for leak in weakened.leaked(form, rule) - with_all_rules}
