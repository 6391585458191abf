"""
The suite and the tracking module agree on which rules match an element.

The matching is written twice: in TypeScript in the tracking module, which teams copy into their application, and in
JavaScript in the suite, which asks the page of any application. Here a real browser runs both on the same elements.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page
from tests.integration.bundles import APP, bundled

from maskproof.rules import compile_rules, load_rules
from maskproof.rules.coverage import OF_ELEMENT
from maskproof.rules.model import TREATMENTS

ROOT = Path(__file__).parents[2]
TRACKING = APP / "src" / "lib" / "tracking"
OWN_RULES = compile_rules(load_rules(ROOT / "masking_rules"))["rules"]
# Of each field: the rules that the suite sees, those that the module sees, the module's treatment by all rules.
ASK = """
([fields, rules]) => {
  %(module)s
  const asked = %(asked)s;
  return fields.map((html) => {
    document.body.innerHTML = html;
    const element = document.querySelector('[data-here]');
    const alone = rules.filter((rule) => new tracking.Rules([rule]).treatmentOf(element) !== null);
    return [asked(element, rules), alone.map((rule) => rule.id), new tracking.Rules(rules).treatmentOf(element)];
  });
}
"""


def rule(rule_id: str, treatment: str, **matchers: list[str]) -> dict[str, Any]:
    """A compiled rule."""
    empty: dict[str, list[str]] = {"selectors": [], "names": [], "autocomplete": [], "types": []}
    return {"id": rule_id, "category": "name", "treatment": treatment, **empty, **matchers}


# Weak treatments first, so that none wins by its place.
RULES = [
    rule("choice", "plain", names=["^(plan|status)$"], types=["checkbox", "select-one"]),
    rule("search", "plain", selectors=["form [type=search]"]),
    rule("email", "obscured", names=["e-?mail"], autocomplete=["email"], types=["email"]),
    rule("person", "obscured", names=["^(first|last)[-_]?name$"], autocomplete=["name", "given-name"]),
    rule("place", "obscured", selectors=["fieldset.private > label input", "section:not(.open) p, .who"]),
    rule("secret", "hidden", selectors=["[data-pii=secret]"], names=["pass"], types=["password"]),
    rule("code", "hidden", autocomplete=["one-time-code", "cc-csc"]),
    rule("label", "hidden", selectors=["button, input"], attributes=["aria-label"]),
]


class Row(NamedTuple):
    """An element, marked with `data-here`, and the rules that match it."""

    html: str
    rules: tuple[str, ...] = ()


FIELDS = {
    "name": Row('<input data-here name="email">', ("email",)),
    "upper-case name": Row('<input data-here name="E-MAIL">', ("email",)),
    "part of a name": Row('<input data-here name="user[email]">', ("email",)),
    "anchored name": Row('<input data-here name="my_first_name">'),
    "name of two lines": Row('<input data-here name="plan&#10;first_name">'),
    "name with a dotted capital": Row('<input data-here name="EMA&#304;L">'),
    "id": Row('<input data-here id="First-Name">', ("person",)),
    "name and id of two rules": Row('<input data-here name="plan" id="lastname">', ("choice", "person")),
    "no name": Row("<input data-here>"),
    "empty attributes": Row('<input data-here name="" id="" type="" autocomplete="">'),
    "label alone": Row("<label>E-mail <input data-here></label>"),
    "token": Row('<input data-here autocomplete="email">', ("email",)),
    "several tokens": Row('<input data-here autocomplete="section-a billing Given-Name webauthn">', ("person",)),
    "tokens of two rules": Row('<input data-here autocomplete="name one-time-code">', ("person", "code")),
    "tokens between tabs and line breaks": Row('<input data-here autocomplete="home&#9;EMAIL&#10;">', ("email",)),
    "longer token": Row('<input data-here autocomplete="email-address">'),
    "token off": Row('<input data-here autocomplete="off">'),
    "type": Row('<input data-here type="email">', ("email",)),
    "upper-case type": Row('<input data-here type="PASSWORD">', ("secret",)),
    "unknown type": Row('<input data-here type="e-mail">'),
    "checkbox": Row('<input data-here type="checkbox" name="terms">', ("choice",)),
    "hidden input": Row('<input data-here type="hidden" name="email">', ("email",)),
    "text area": Row('<textarea data-here name="last_name"></textarea>', ("person",)),
    "select": Row('<select data-here name="country"></select>', ("choice",)),
    "select of several": Row('<select data-here multiple name="country"></select>'),
    "paragraph with an id": Row('<p data-here id="email" autocomplete="email"></p>'),
    "button": Row('<button data-here type="submit" name="email">Send</button>'),
    "button with an attribute of a rule": Row('<button data-here aria-label="Open">Open</button>'),
    "element of its own": Row('<email-input data-here name="email" type="email"></email-input>'),
    "editable text": Row('<div data-here contenteditable autocomplete="email"></div>'),
    "class": Row('<b data-here class="bold who"></b>', ("place",)),
    "attribute": Row('<output data-here data-pii="secret" name="plan"></output>', ("secret",)),
    "nested": Row('<fieldset class="private"><label><i><input data-here></i></label></fieldset>', ("place",)),
    "nested elsewhere": Row('<fieldset class="private"><p><label><input data-here></label></p></fieldset>'),
    "nested in what is left out": Row('<section class="open"><p data-here></p></section>'),
    "nested text": Row("<section><div><p data-here></p></div></section>", ("place",)),
    "nested search": Row('<form><div><input data-here type="search" name="q"></div></form>', ("search",)),
    "search alone": Row('<input data-here type="search" name="q">'),
    "plain and obscured": Row('<input data-here name="status" type="email">', ("choice", "email")),
    "plain and hidden": Row('<input data-here name="plan" type="password">', ("choice", "secret")),
    "obscured and hidden": Row('<input data-here name="email-pass">', ("email", "secret")),
    "two obscured": Row('<input data-here type="email" autocomplete="name">', ("email", "person")),
    "all three": Row('<input data-here class="who" id="plan" autocomplete="cc-csc">', ("choice", "place", "code")),
}


class Answer(NamedTuple):
    """What both say of one element."""

    suite: list[str]
    module: list[str]
    treatment: str | None


@pytest.fixture(scope="module")
def module() -> str:
    """The application's own module."""
    return bundled(TRACKING / "rules.ts")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    page = browser.new_page()
    yield page
    page.close()


def ask(page: Page, module: str, rules: Sequence[Mapping[str, Any]], asked: str = OF_ELEMENT) -> dict[str, Answer]:
    """What both say of every field."""
    script = ASK % {"module": module, "asked": asked}
    answers = page.evaluate(script, [[row.html for row in FIELDS.values()], rules])
    return {name: Answer(*answer) for name, answer in zip(FIELDS, answers, strict=True)}


def strongest(rule_ids: Sequence[str], rules: Sequence[Mapping[str, Any]]) -> str | None:
    """The treatment that wins where these rules match."""
    treatments = {rule["treatment"] for rule in rules if rule["id"] in rule_ids}
    return next((treatment for treatment in TREATMENTS if treatment in treatments), None)


def differences(answers: Mapping[str, Answer], rules: Sequence[Mapping[str, Any]]) -> list[str]:
    """The fields of which the two do not say the same."""
    return [
        name
        for name, answer in answers.items()
        if answer.suite != answer.module or strongest(answer.suite, rules) != answer.treatment
    ]


@pytest.mark.parametrize("rules", [RULES, OWN_RULES], ids=["table", "masking-rules"])
def test_both_match_the_same_elements(page: Page, module: str, rules: list[dict[str, Any]]) -> None:
    """They agree on each rule alone, and on the treatment where several match."""
    assert differences(ask(page, module, rules), rules) == []


def test_both_match_what_the_table_says(page: Page, module: str) -> None:
    """The table says which rules match: two that match nothing would be equal too."""
    answers = ask(page, module, RULES)
    assert {name: tuple(answer.suite) for name, answer in answers.items()} == {
        name: row.rules for name, row in FIELDS.items()
    }
    assert {answer.treatment for answer in answers.values()} == {None, *TREATMENTS}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("new RegExp(name, 'i')", "new RegExp(name)", "upper-case name"),
        ("new RegExp(name, 'i')", "new RegExp(name, 'im')", "name of two lines"),
        ("|| name.test(element.id)", "", "id"),
        (".toLowerCase()", "", "several tokens"),
        ("split(/\\s+/)", "split(' ')", "tokens between tabs and line breaks"),
        ("tokens.some(", "tokens.slice(-1).some(", "several tokens"),
        ("if (!isControl(element)) return false", "", "paragraph with an id"),
        ("node.nodeName === 'TEXTAREA'", "false", "text area"),
        ("['hidden', 'obscured', 'plain']", "['plain', 'obscured', 'hidden']", "plain and hidden"),
        ("['hidden', 'obscured', 'plain']", "['obscured', 'hidden', 'plain']", "obscured and hidden"),
    ],
    ids=["case", "lines", "id", "token-case", "token-space", "last-token", "any-element", "text-area", "weak", "order"],
)
def test_a_module_that_matches_otherwise_is_seen(page: Page, tmp_path: Path, old: str, new: str, field: str) -> None:
    """Each part of the matching has a field of the table that depends on it."""
    text = (TRACKING / "rules.ts").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "rules.ts").write_text(text.replace(old, new), encoding="utf-8")
    (tmp_path / "rules.generated.json").write_text(json.dumps({"rules": []}), encoding="utf-8")
    assert field in differences(ask(page, bundled(tmp_path / "rules.ts"), RULES), RULES)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("new RegExp(name, 'i')", "new RegExp(name)", "upper-case name"),
        ("|| pattern.test(element.id)", "", "id"),
        (".toLowerCase()", "", "several tokens"),
        ("'TEXTAREA', ", "", "text area"),
        ("rule.types.includes(element.type)", "false", "type"),
        ("element.matches(selector)", "false", "nested"),
    ],
    ids=["case", "id", "token-case", "text-area", "type", "selector"],
)
def test_a_suite_that_matches_otherwise_is_seen(page: Page, module: str, old: str, new: str, field: str) -> None:
    """A change on the suite's side alone is noticed too."""
    assert old in OF_ELEMENT
    assert field in differences(ask(page, module, RULES, OF_ELEMENT.replace(old, new)), RULES)
