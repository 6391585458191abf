"""What a value is: by its category, or else by its shape."""

from datetime import date

import pytest
from tests.unit.leaks.known import BIRTHDAY, CARD, CYRILLIC, EMAIL, NAME, NOTE, PHONE, SSN, STREET, value

from maskproof.leaks.spelling.value_shapes import (
    date_of,
    digits_of,
    name_of,
    phone_of,
    street_line_of,
    street_of,
    text_of,
)

# By name, so that no test id holds a value.
PHONES = {
    "of a category": ("phone", PHONE, ("1", "4155550134")),
    "by its plus": ("other", "+44 7700 900123", ("44", "7700900123")),
    "dialled from abroad": ("phone", "0044 7700 900 123", ("44", "7700900123")),
    "with a zero that belongs to it": ("phone", "+39 06 1234 5678", ("39", "0612345678")),
    "without a plus": ("other", PHONE, None),
    "a word": ("phone", "unknown", None),
    "a plus in a text": ("free_text", "+1 for the quiet lantern", None),
}
DATES = {
    "ISO": BIRTHDAY,
    "German": "09.03.1984",
    "American": "03/09/1984",
    "year first": "1984/03/09",
    "with hyphens": "09-03-1984",
    "compact": "19840309",
    "in words": "March 9, 1984",
    "day first": "9 March 1984",
}
NO_DATES = {
    "phone": PHONE,
    "SSN": SSN,
    "card": CARD,
    "address": EMAIL,
    "year": "1984",
    "no month": "1984-13-09",
    "no day": "30.02.1984",
}
NAMES = {
    "of a category": ("name", NAME, ["Gravid", "Quelmorn"]),
    "in the other order": ("name", "Quelmorn, Gravid", ["Gravid", "Quelmorn"]),
    "in another script": ("other", CYRILLIC, CYRILLIC.split()),
    "with signs": ("name", "Anne-Marie O\u2019Quelmorn Jr.", ["Anne-Marie", "O\u2019Quelmorn", "Jr."]),
    "one word": ("name", "Gravid", []),
    "of many words": ("other", "please do call the lantern", []),
    "with a number": ("other", "Gravid Quelmorn 7", []),
    "a password": ("password", NAME, []),
    "an address": ("address", NAME, []),
    "a text": ("free_text", NOTE, []),
}
STREETS = {
    "number first": ("address", STREET, ["4711", "Hollerstein", "Avenue"]),
    "number last": ("address", "Hollersteiner Allee 47b", ["47b", "Hollersteiner", "Allee"]),
    "with a comma": ("other", "Hollerstein Avenue, 4711", ["4711", "Hollerstein", "Avenue"]),
    "without a number": ("address", "Hollerstein Avenue", []),
    "a number in the middle": ("address", "Suite 47 Hollerstein", []),
    "a name": ("name", "Gravid Quelmorn 7", []),
    "a card": ("payment", "4242 4212 3456 7892", []),
    "an account": ("iban", "PL61 1090 1014 0000 0712 1981 2874", []),
}


@pytest.mark.parametrize("name", PHONES)
def test_a_phone_number_is_code_and_number(name: str) -> None:
    """Without a plus, a value is a phone number by its category only, and North American."""
    category, text, expected = PHONES[name]
    assert phone_of(value("one", category, text)) == expected


@pytest.mark.parametrize("name", DATES)
def test_a_date_is_read_as_it_is_written(name: str) -> None:
    """A date is read in any notation; if two orders are possible, in the American one."""
    assert date_of(value("birthday", "date_of_birth", DATES[name])) == date(1984, 3, 9)


def test_a_date_that_is_none_in_america_is_read_as_elsewhere() -> None:
    """A date with a month 25 is read with the day first."""
    assert date_of(value("birthday", "date_of_birth", "25/12/1984")) == date(1984, 12, 25)


@pytest.mark.parametrize("name", NO_DATES)
def test_other_numbers_are_no_date(name: str) -> None:
    """Other numbers are no date, nor are days that do not exist."""
    assert date_of(value("one", "other", NO_DATES[name])) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_two_words_or_more(name: str) -> None:
    """A name has two words or more; without the category, two to four words and nothing else."""
    category, text, expected = NAMES[name]
    assert name_of(value("one", category, text)) == expected


@pytest.mark.parametrize("name", STREETS)
def test_a_street_line_begins_with_its_number(name: str) -> None:
    """The number of a street line comes first, wherever it was written; without one it is no street line."""
    category, text, expected = STREETS[name]
    assert street_of(value("one", category, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1483 Wrenfield Terrace, Flat 9", ["1483", "Wrenfield", "Terrace"]),
        ("1483 Wrenfield Terrace\nOakham AB1 2CD", ["1483", "Wrenfield", "Terrace"]),
        ("Hollersteinweg 47a; 80331 Quelmingen", ["47a", "Hollersteinweg"]),
        ("1483 Wrenfield Terrace", []),
        ("Wrenfield Terrace, Flat 9", []),
    ],
    ids=["comma", "line", "number behind", "no other part", "no number"],
)
def test_the_street_line_of_an_address_is_its_first_part(text: str, expected: list[str]) -> None:
    """The first part of an address is its street line; an address of one part has none."""
    assert street_line_of(value("one", "address", text)) == expected


def test_blanks_and_digits_of_a_value() -> None:
    """Blanks of any kind become one; digits are those of any script."""
    assert text_of(value("name", "name", " Gravid\u00a0\n Quelmorn ")) == NAME
    assert digits_of(f"no. {SSN}") == "912347765"
