"""The ledger keeps no value of a persona."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from tests.unit.samples import FORM

from maskproof.forms.model import Field
from maskproof.journey import Submission
from maskproof.journey.redact import Redactor

FIELDS = {
    "email": FORM.fields["email"],
    "zip": Field("zip", "#zip", "ZIP", "address", value="user.zip"),
    "card": Field("card", "#card", "Card", "payment", value="user.card_number"),
    "name": Field("name", "#name", "Name", "name", value="user.full_name"),
    "first": Field("first", "#first", "First name", "name", value="user.first_name"),
}
WITH_FIELDS = replace(FORM, fields=FIELDS)
PERSONAS = WITH_FIELDS.personas("seed")
REDACTOR = Redactor(WITH_FIELDS, PERSONAS)


def value(kind: str) -> str:
    """A value of the persona."""
    return PERSONAS.value(f"user.{kind}").reveal()


def test_a_value_becomes_its_id() -> None:
    """A value is found in the middle of a text and in any case."""
    assert REDACTOR.text(f"Thanks, {value('email').upper()}!") == "Thanks, [user.email]!"


def test_a_value_that_the_page_writes_in_groups_is_found() -> None:
    """The groups of an input mask do not hide a value."""
    card = value("card_number")
    grouped = " ".join(card[start : start + 4] for start in range(0, len(card), 4))
    assert REDACTOR.text(grouped) == "[user.card_number]"


def test_a_value_in_an_address_is_found_with_its_signs_encoded() -> None:
    """A page may show a link with a mail address in it; what is between letters may be a code of one sign."""
    assert REDACTOR.text(f"/join?mail={quote(value('email'), safe='')}") == "/join?mail=[user.email]"


def test_the_longer_value_wins() -> None:
    """A full name is replaced as a whole, not as a first name with a rest."""
    assert REDACTOR.text(value("full_name")) == "[user.full_name]"
    assert REDACTOR.text(value("first_name")) == "[user.first_name]"


def test_a_short_value_within_a_longer_word_stays() -> None:
    """Five digits of a longer number are no ZIP code."""
    assert REDACTOR.text(value("zip")) == "[user.zip]"
    assert REDACTOR.text(f"99{value('zip')}99") == f"99{value('zip')}99"


@pytest.mark.parametrize("body", [True, None, 7, 1.5, "plain", [], {"plan": "blue"}])
def test_what_is_no_value_stays_as_it_is(body: Any) -> None:
    """Text without a value and JSON of other types come back unchanged."""
    assert REDACTOR.json(body) == body


def test_values_in_keys_numbers_and_lists_are_found() -> None:
    """A value is found wherever JSON can hold it."""
    body = {value("email"): [int(value("zip")), {"a": value("card_number")}]}
    assert REDACTOR.json(body) == {"[user.email]": ["[user.zip]", {"a": "[user.card_number]"}]}


def test_a_value_in_the_path_of_a_submission_is_found() -> None:
    """A value in a path is replaced, encoded or not; any other path stays as it was sent."""
    submission = Submission("PUT", f"/api/people/{quote(value('email'), safe='')}", {}, 200)
    assert REDACTOR.submission(submission).path == "/api/people/[user.email]"
    assert REDACTOR.path("/api/caf%C3%A9") == "/api/caf%C3%A9"


@pytest.mark.parametrize("kind", ["full_name", "email", "card_number"])
def test_a_message_of_the_browser_shows_no_beginning_of_a_value(kind: str) -> None:
    """It cuts long texts off."""
    begun = value(kind)[:10]
    assert begun not in REDACTOR.message(f"waiting for getByText('{begun}…')")


def test_a_message_of_the_browser_shows_no_word_of_a_name() -> None:
    """A surname alone identifies a person."""
    surname = value("full_name").split()[1]
    assert REDACTOR.message(f'<td class="who">{surname}</td>') == '<td class="who">[part of user.email]</td>'


def test_a_message_without_a_value_stays_as_it_is() -> None:
    """It is all that explains a failed step."""
    text = "Locator.click: strict mode violation: locator('button') resolved to 2 elements"
    assert REDACTOR.message(text) == text
