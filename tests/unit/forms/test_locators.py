"""Elements that a fixture names as a person would."""

import json
from inspect import signature
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Page
from tests.unit.forms.test_load import GOOD

import maskproof
from maskproof.errors import ConfigurationError
from maskproof.forms import FormFixture, load_form
from maskproof.forms.locators import Locator, Reference, css_of, spoken

SCHEMA = Path(maskproof.__file__).parent / "schemas" / "form-fixture.json"
BUTTON = "selector: button"


def loaded(tmp_path: Path, locator: str, *, old: str = BUTTON) -> FormFixture:
    """The fixture with another locator in place of a selector."""
    assert old in GOOD
    (tmp_path / "demo.yaml").write_text(GOOD.replace(old, f"selector: {locator}"), encoding="utf-8")
    return load_form(tmp_path / "demo.yaml")


@pytest.mark.parametrize(
    ("locator", "expected", "shown"),
    [
        ("{role: button, name: Save}", Locator("role", "button", name="Save"), "role button named Save"),
        ("{label: E-mail, exact: true}", Locator("label", "E-mail", exact=True), "label E-mail"),
        ("{css: '#card', frame: '#pay'}", Locator("css", "#card", frame="#pay"), "#card in the frame #pay"),
        (
            "{text: Open, within: {role: row, name: {value: user.email}}, number: 2}",
            Locator("text", "Open", within=Locator("role", "row", name=Reference("user.email")), number=2),
            "text Open (number 2) within role row named [user.email]",
        ),
    ],
)
def test_an_element_is_named_as_a_person_would(tmp_path: Path, locator: str, expected: Locator, shown: str) -> None:
    """A locator is read whole, and shown in words without a value."""
    selector = loaded(tmp_path, locator).steps[-1].arguments["selector"]
    assert selector == expected
    assert str(selector) == shown


def test_locators_stand_wherever_a_selector_stands(tmp_path: Path) -> None:
    """Fields, success and pages to wait for have them too."""
    assert loaded(tmp_path, "{label: E-mail}", old='selector: "#email"').fields["email"].selector == Locator(
        "label", "E-mail"
    )
    assert loaded(tmp_path, "{role: heading}", old="selector: h1").success.selector == Locator("role", "heading")


@pytest.mark.parametrize(
    ("locator", "message"),
    [
        ("{role: button, label: Save}", "demo.yaml:11: an element is found in one way: .* got role and label"),
        ("{frame: '#pay'}", "demo.yaml:11: an element is found in one way: .* got none of them"),
        ("{role: knob}", 'demo.yaml:11: steps.2.click.selector.role: expected one of alert, .* got "knob"'),
        ("{label: E-mail, name: x}", "demo.yaml:11: .*'role' is a dependency of 'name'"),
        ("{label: ''}", "demo.yaml:11: expected a text, got an empty one"),
        ("{text: {value: user.shoe}}", "demo.yaml:11: no persona value is called 'shoe'"),
        ("{css: 'a..b'}", "demo.yaml:11: 'a..b' does not parse"),
        ("{css: a, exact: true}", "demo.yaml:11: css is always exact"),
        ("{text: Open, within: {css: 'a..b'}}", "demo.yaml:11: 'a..b' does not parse"),
        ("{text: Open, frame: {number: 2}}", "demo.yaml:11: an element is found in one way"),
        ("{text: Open, nth: 2}", "demo.yaml:11: .*'nth' was unexpected"),
        ("{text: Open, number: 0}", "demo.yaml:11: .*0 is less than the minimum of 1"),
        ("[a]", "demo.yaml:11: .*expected .*, got "),
    ],
)
def test_a_locator_that_cannot_work_is_refused_with_its_line(tmp_path: Path, locator: str, message: str) -> None:
    """Before anything is started."""
    with pytest.raises(ConfigurationError, match=message):
        loaded(tmp_path, locator)


def test_a_value_that_an_element_is_found_by_is_pii_of_the_journey(tmp_path: Path) -> None:
    """It is searched for like one that is typed, and its person is made."""
    form = loaded(tmp_path, "{role: row, name: {value: other1.full_name}}")
    assert form.value_ids == ("user.email", "other1.full_name")
    personas = form.personas("seed")
    found = personas.spoken(form.steps[-1].arguments["selector"])
    assert isinstance(found, Locator)
    assert found.name == personas.value("other1.full_name").reveal()


def test_roles_are_those_that_playwright_knows() -> None:
    """The schema lists each of them."""
    known = get_args(signature(Page.get_by_role).parameters["role"].annotation)
    assert json.loads(SCHEMA.read_text())["$defs"]["selector"]["properties"]["role"]["enum"] == list(known)


def test_only_css_is_css() -> None:
    """What a page itself can look for is known of a text, or of a locator by CSS."""
    assert [css_of(one) for one in ("#a", Locator("css", "#b"), Locator("label", "c"))] == ["#a", "#b", ""]
    assert spoken("#a", str) == "#a"
