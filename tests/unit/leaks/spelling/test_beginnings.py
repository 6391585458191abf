"""Beginnings of values that count wherever they stand."""

import pytest
from tests.unit.leaks.known import CARD, EMAIL, NAME, PHONE, SSN, UMLAUT, value

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.search.plain import PlainSearch
from maskproof.leaks.spelling.beginnings import beginnings_of

VALUES = (
    value("email", "email", EMAIL),
    value("name", "name", NAME),
    value("umlaut", "name", UMLAUT),
    value("phone", "phone", PHONE),
    value("ssn", "ssn", SSN),
    value("card", "payment", CARD),
    value("long", "name", "Ottoline Maria Braxenfeld"),
)
SEARCH = PlainSearch(VALUES)


def _found(text: str) -> set[str]:
    return {hit.value.id for hit in SEARCH.search(Buffer([text.encode()]))}


ECHOES = {
    "a name in a sentence": ("name", "Results for Gravid Quelmo, 0 of 12"),
    "a name in small letters": ("name", "nothing for gravid quelmor"),
    "a name in a URL": ("name", "/search?q=Gravid+Quelmorn"[:-1]),
    "all but one letter": ("umlaut", "Hello Zoë Müllerströh!"),
    "two given names": ("long", "Results for Ottoline Maria Braxen"),
    "a mailbox": ("email", "is trelawick.bonso taken?"),
    "most of a card": ("card", "Card 4242 4212 3456 7 is not complete"),
    "all but one digit": ("card", "No match for 424242123456789"),
}


@pytest.mark.parametrize("name", ECHOES)
def test_an_echo_of_half_typed_text_is_found(name: str) -> None:
    """A beginning that reaches well into the last word, or is most of a number, is found inside a sentence."""
    value_id, text = ECHOES[name]
    assert value_id in _found(text)


OTHERS = {
    "a given name alone": "Results for Gravid",
    "a given name, and too little of the next": "Results for Gravid Que",
    "another name with the same beginning": "Gravid Quelmann",
    "a mailbox with a number": "trelawick.bonsor7",
    "a mailbox elsewhere": "trelawick.bonsor@example.org",
    "a list of names": "Gravid, Quelmor",
    "a number with another last group": "4242 4212 3456 7899",
    "a short number that lacks a digit": "415-555-013 and 912-34-776",
    "too few digits": "4242 4212 345",
    "the end of a longer number": "94242 4212 3456 7",
    "a word of a mailbox": "trelawick",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_begins_alike_is_not_found(name: str) -> None:
    """A given name, another person's name and a neighbouring number are no beginning of the value."""
    assert _found(OTHERS[name]) == set()


def test_an_ordinary_word_is_no_end_of_a_beginning() -> None:
    """A surname that begins like an ordinary word counts from the next letter on."""
    search = PlainSearch([value("name", "name", "Gravid Kingstonbury")])
    assert not list(search.search(Buffer([b"Gravid King"])))
    assert list(search.search(Buffer([b"Gravid Kingston"])))


def test_a_single_word_has_no_beginnings() -> None:
    """The beginning of one word is just a word."""
    assert list(beginnings_of(value("word", "name", "Quelmorn"))) == []
