"""Kinds of forms, and their budget."""

from tests.unit.leaks.known import value

from maskproof.leaks.spelling.forms import FORMS, Around
from maskproof.leaks.spelling.values import values_of
from maskproof.leaks.spelling.variants import BUDGET, dropped_forms, variants_of
from maskproof.personas import make_persona


def test_every_form_of_a_persona_is_of_a_kind_in_the_table() -> None:
    """No form has a kind that the table does not explain."""
    values = values_of(make_persona("forms").values.values())
    assert {form.form for one in values for form in variants_of(one)} <= set(FORMS)


def test_a_value_has_no_more_forms_than_its_budget() -> None:
    """Of a long text the first forms are kept, and the others are counted."""
    words = " ".join(f"quelmorn{number}feldoquar" for number in range(BUDGET + 40))
    long = value("note", "free_text", words)
    assert len(variants_of(long)) == BUDGET
    assert dropped_forms(long) > 0
    assert dropped_forms(value("name", "name", "Gravid Quelmorn")) == 0


def test_a_check_looks_only_around_the_place_that_was_found() -> None:
    """The pattern has to cover the place."""
    check = Around(lambda: b"on [0-9]+", 8)
    assert check(b"on 17 and on 23", 3, 5) == (0, 5)
    assert check(b"on 17 and 23", 10, 12) is None
