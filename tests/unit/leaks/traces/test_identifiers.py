"""Numbers that a label calls by the name of another kind."""

import pytest

from maskproof.leaks.traces.identifiers import IDENTIFIERS, LABELS, is_another_number


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("943 476 5919", "NHS no. "),
        ("943-476-5919", '"nhs_number": "'),
        ("943 476 5919", "Health service number: "),
        ("943 476 5919", "Your health care number is "),
        ("526-104-0828", "NIP: "),
        ("811228-9874", "personnummer "),
        ("0-306-40615-2", "ISBN "),
        ("123.456.789-09", "CPF nr. "),
    ],
)
def test_a_labelled_number_that_is_valid_is_of_that_kind(text: str, before: str) -> None:
    """The words and the check digits agree."""
    assert is_another_number(text, before)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("943 476 5918", "NHS no. "),
        ("943 476 5919", "Call "),
        ("943 476 5919", "NHS helpline, call "),
        ("212-555-0123", "nhs "),
        ("526-104-0828", "snip: "),
    ],
    ids=["wrong check digit", "no label", "label further off", "a phone number", "end of a word"],
)
def test_a_label_or_a_check_alone_is_not_enough(text: str, before: str) -> None:
    """A phone number behind such a word stays one."""
    assert not is_another_number(text, before)


def test_every_kind_has_words_and_a_check() -> None:
    """A pattern that matches nothing would never be noticed."""
    for kind, (label, _) in zip(IDENTIFIERS, LABELS, strict=True):
        assert label.search(f"x {kind.words.partition('|')[0]} no. ".replace("\\S{0,3}", "a").replace("\\S{1,3}", "o"))
        assert not kind.is_valid("1")
