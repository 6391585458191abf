"""A team's own values, by environment variable."""

from pathlib import Path

import pytest
from tests.unit.forms.test_load import GOOD

from maskproof.errors import ConfigurationError
from maskproof.forms import FormFixture, load_form

VALUE = "correct-horse-battery"
OWN = "{selector: '#email', label: E-mail, category: email, value: env.SHOP_LOGIN}"
EMAIL = '{selector: "#email", label: E-mail, category: email, value: user.email}'


def loaded(tmp_path: Path, field: str = OWN, more: str = "") -> FormFixture:
    """The fixture with another first field and more keys."""
    (tmp_path / "demo.yaml").write_text(GOOD.replace(EMAIL, field) + more, encoding="utf-8")
    return load_form(tmp_path / "demo.yaml")


def test_a_field_takes_its_value_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is PII of its field's category, is typed and searched for, and prints as a reference alone."""
    monkeypatch.setenv("SHOP_LOGIN", VALUE)
    form = loaded(tmp_path)
    personas = form.personas("seed")
    (secret,) = personas.pii_of(form)
    assert (secret.reveal(), secret.category, secret.value_id) == (VALUE, "email", "env.SHOP_LOGIN")
    assert personas.text_of(form.fields["email"]) == VALUE
    assert personas.fill_in(form.submits[0].body, form)["email"] == VALUE
    assert VALUE not in repr((form, personas))


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_not_set_is_wrong_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    """A fixture loads without it; a journey names file, line and variable."""
    monkeypatch.delenv("SHOP_LOGIN", raising=False)
    if value is not None:
        monkeypatch.setenv("SHOP_LOGIN", value)
    form = loaded(tmp_path)
    with pytest.raises(ConfigurationError, match=r"demo\.yaml:6: the environment variable SHOP_LOGIN is not set"):
        form.personas("seed")


def test_planted_values_of_the_team_name_their_category(tmp_path: Path) -> None:
    """The page may show them by itself; other places may refer to them then."""
    planted = (
        "planted: [{value: env.SHOP_PERSON, category: name}]\nseed: {path: /s, body: {who: {value: env.SHOP_PERSON}}}\n"
    )
    form = loaded(tmp_path, EMAIL, planted)
    assert [(own.reference, own.category) for own in form.own] == [("env.SHOP_PERSON", "name")]


@pytest.mark.parametrize(
    ("field", "more", "message"),
    [
        (OWN.replace("category: email", "category: none"), "", "demo.yaml:6: env.SHOP_LOGIN is never printed"),
        (EMAIL, "planted: [env.SHOP_LOGIN]", "demo.yaml:15: nothing says what env.SHOP_LOGIN is"),
        (EMAIL, "planted: [{value: env.SHOP_LOGIN, category: none}]", "demo.yaml:15: .* needs the category of PII"),
        (EMAIL, "seed: {path: /s, body: {value: env.SHOP_LOGIN}}", "demo.yaml:15: nothing says what env.SHOP_LOGIN is"),
        (OWN, "planted: [{value: env.SHOP_LOGIN, category: name}]", "demo.yaml:15: .* of category email, not name"),
        (OWN.replace("env.SHOP_LOGIN", "env.shop-login"), "", "demo.yaml:6: .*does not match"),
        (OWN.replace("env.SHOP_LOGIN", "env.email"), "planted: [env.phones]", "no persona value is called 'phones'"),
    ],
)
def test_a_value_of_the_team_that_cannot_be_used_is_refused(
    tmp_path: Path, field: str, more: str, message: str
) -> None:
    """With its line; a person may still be called env."""
    with pytest.raises(ConfigurationError, match=message):
        loaded(tmp_path, field, more)
