"""What a field is guessed to hold, and what is left to a person."""

from typing import Any

import pytest

from maskproof.commands.starting.guesses import DECIDE, category_of, field_id, kind_of

CATEGORIES = {"mails": "email", "names": "name", "ids": "national_id"}


def field(**seen: Any) -> dict[str, Any]:
    """A field as it was seen."""
    return {"autocomplete": "", "name": "", "id": "", "label": "", "type": "text", "rules": [], **seen}


@pytest.mark.parametrize(
    ("rules", "category"),
    [
        (["mails"], "email"),
        ([], DECIDE),
        (["mails", "names"], DECIDE),
        (["ids"], DECIDE),
    ],
    ids=["one", "none", "two", "differs by country"],
)
def test_only_what_is_plain_is_guessed(rules: list[str], category: str) -> None:
    """A field that no rule matches is not harmless: a person decides."""
    assert category_of(field(rules=rules), CATEGORIES) == category


@pytest.mark.parametrize(
    ("category", "seen", "kind"),
    [
        ("email", {}, "email"),
        ("name", {"autocomplete": "given-name"}, "first_name"),
        ("name", {"label": "Surname"}, "last_name"),
        ("name", {"name": "who"}, "full_name"),
        ("address", {"name": "postalCode"}, "zip"),
        ("address", {"id": "line1"}, "street"),
        ("payment", {"autocomplete": "cc-exp"}, "card_expiry"),
        ("password", {"autocomplete": "one-time-code"}, "one_time_code"),
        ("bank_account", {}, "iban"),
        ("national_id", {}, ""),
    ],
)
def test_the_kind_of_a_value_follows_the_fields_names(category: str, seen: dict[str, str], kind: str) -> None:
    """By autocomplete token, name, id or label."""
    assert kind_of(category, field(**seen)) == kind


@pytest.mark.parametrize(
    ("seen", "taken", "name"),
    [
        ({"name": "firstName"}, [], "first_name"),
        ({"label": "E-mail"}, ["e_mail"], "e_mail_2"),
        ({"name": "2nd"}, [], "field_2nd"),
        ({"label": "姓名", "type": ""}, [], "field"),
    ],
)
def test_ids_are_plain_and_each_once(seen: dict[str, str], taken: list[str], name: str) -> None:
    """Small letters, digits and underscores."""
    assert field_id(field(**seen), taken) == name
