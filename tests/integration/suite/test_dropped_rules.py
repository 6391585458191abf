"""Each masking rule is needed: without it, and without the guard, a form leaks what only this rule covers."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Route
from tests.integration.suite.conftest import ROOT

from maskproof.embedded.running import running_target
from maskproof.embedded.weakening import replaced_rules, without_rule
from maskproof.forms import load_forms
from maskproof.journey import run_journey
from maskproof.recording.browser import running_browser
from maskproof.recording.journey_record import pull
from maskproof.recording.recorder import session_user_agent
from maskproof.recording.target import Target
from maskproof.rules import compile_rules, load_rules
from maskproof.settings import Settings, load_settings
from maskproof.suite.masking import check_journey

COMPILED = compile_rules(load_rules(ROOT / "masking_rules"))["rules"]
RULES = {rule.id: rule for rule in load_rules(ROOT / "masking_rules") if rule.treatment != "plain"}
# Where dropping each rule must show: a form with something that only this rule covers.
RULE_FORMS = {
    "address-inputs": "checkout",
    "address-text": "confirmation",
    "bank-account-inputs": "documents",
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


def test_every_masking_rule_has_a_form_that_shows_its_loss() -> None:
    """The test below leaves no rule out."""
    assert set(RULE_FORMS) == set(RULES)


# Category, channel, message and node.
Leak = tuple[str, str, str, str]


@dataclass(frozen=True)
class Running:
    """One embedded target without the guard, for all rules."""

    target: Target
    browser: Browser
    settings: Settings

    def leaked(self, form_id: str, dropped: str | None = None) -> set[Leak]:
        """What a journey through a form leaks if one rule is replaced on the way to the browser."""
        form = next(form for form in load_forms(ROOT / "fixtures/forms") if form.id == form_id)
        personas = form.personas("dropped-rules")
        context = self.browser.new_context(user_agent=session_user_agent(self.browser.version, 2))
        if dropped is not None:
            context.route("**/*.js", lambda route: _without(route, dropped))
        ledger = run_journey(
            context.new_page(),
            form,
            personas,
            base_url=self.target.app.instrumented,
            build="instrumented",
            trackers=self.target.trackers,
        )
        context.close()
        journey = pull(self.target, ledger, personas)
        _, report = check_journey(form, journey, self.settings.leaks)
        values = (finding for finding in report.findings if finding.kind == "value")
        return {(value.category, value.channel, value.message, value.node) for value in values}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Started once for all rules: only one of the rules in the application's files differs between them."""
    work = tmp_path_factory.mktemp("run") / "run"
    settings = load_settings(ROOT / "maskproof.toml")
    with (
        running_target(settings, switches={"guard": False}, work_dir=work) as target,
        running_browser() as browser,
    ):
        yield Running(target, browser, settings)


def _without(route: Route, rule_id: str) -> None:
    response = route.fetch()
    changed = [rule for rule in without_rule(COMPILED, rule_id) if rule["id"] == rule_id]
    text, _ = replaced_rules(response.text(), changed)
    route.fulfill(response=response, body=text)


@pytest.mark.parametrize("rule", RULE_FORMS)
def test_without_the_guard_any_dropped_rule_leaks(running: Running, rule: str) -> None:
    """What the rule covers is found where nothing is found with all rules (test_proof: a finding ends a run with 1)."""
    form = RULE_FORMS[rule]
    with_all_rules = running.leaked(form)
    assert RULES[rule].category in {leak[0] for leak in running.leaked(form, rule) - with_all_rules}
