"""Forms of a value."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.leaks.known import BIRTHDAY, EMAIL, NAME, PHONE, SSN, UMLAUT, found, value

from maskproof.leaks.search.searcher import Searcher
from maskproof.leaks.spelling.names import identifies
from maskproof.leaks.spelling.variants import variants_of

# By name, so that no test id holds a value.
FORMS = {
    "upper case": ("email", EMAIL.upper()),
    "local part": ("email", "by trelawick.bonsor412, today"),
    "local part with a tag": ("email", "trelawick.bonsor412+news@example.com"),
    "surname": ("name", "Dear Ms Quelmorn,"),
    "names in the other order": ("name", "QUELMORN, Gravid"),
    "names run together": ("name", "gravidquelmorn"),
    "initial and surname": ("name", "gquelmorn"),
    "names with other separators": ("name", "gravid_quelmorn"),
    "names over lines": ("name", "Gravid\n   Quelmorn"),
    "decomposed": ("umlaut", unicodedata.normalize("NFD", UMLAUT)),
    "without diacritics": ("umlaut", "zoe mullerstrohm"),
    "umlauts spelled out": ("umlaut", "Zoe Muellerstroehm"),
    "in Windows-1252": ("umlaut", UMLAUT),
    "another script in lower case": ("cyrillic", "вольдемарка щукаревская"),
    "full width": ("phone", "\uff14\uff11\uff15\uff0d\uff15\uff15\uff15\uff0d\uff10\uff11\uff13\uff14"),
    "zero-width space": ("email", EMAIL.replace("Bon", "Bo\u200bn")),
    "soft hyphens": ("name", "Gra\u00advid Quel\u00admorn"),
    "phone in digits": ("phone", "4155550134"),
    "phone with country code": ("phone", "+1 (415) 555-0134"),
    "phone with dialled country code": ("phone", "0014155550134"),
    "phone with no-break hyphens": ("phone", PHONE.replace("-", "\u2011")),
    "SSN in digits": ("ssn", "912347765"),
    "SSN with en dashes": ("ssn", SSN.replace("-", "\u2013")),
    "card in groups": ("card", "4242 4212 3456 7892"),
    "card in groups with dashes": ("card", "4242-4212-3456-7892"),
    "card in an array": ("card", '["4242","4212","3456","7892"]'),
    "German date": ("birthday", "9.3.1984"),
    "American date": ("birthday", "03/09/1984"),
    "date in words": ("birthday", "March 9th, 1984"),
    "date with the day first": ("birthday", "09-Mar-1984"),
    "date of two digits": ("birthday", "09.03.84"),
    "time stamp": ("birthday", f"{BIRTHDAY}T00:00:00.000Z"),
    "milliseconds": ("birthday", "447638400000"),
    "street without its kind": ("street", "4711 Hollerstein Ave."),
    "street before its number": ("street", "Hollerstein Avenue 4711"),
    "part of a long text": ("note", "call Gravid about the Brumblefitz report"),
    "account in groups": ("iban", "DE89 3704 0044 0532 0130 00"),
    "a code with a blank": ("pass", "XK 4409217"),
    "a code with a dash": ("pass", "xk-4409217"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_a_value_is_found(name: str) -> None:
    """Values are found in the ways that people and programs write them."""
    value_id, text = FORMS[name]
    assert value_id in found(f"It said {text} there.".encode("cp1252" if "1252" in name else "utf-8"))


OTHERS = {
    "another digit": "415-555-0135",
    "a number inside of a longer one": "89123477651",
    "a date inside of a longer number": "1198403090",
    "first letters of a value": "a Quelmor is no name",
    "a surname inside of a word": "unquelmornly",
    "a given name alone": "Gravid",
    "numbers of a date run together": "931984",
    "two words of a long text": "please call about the report",
    "a street of the same kind": "4712 Hollersten Avenue",
    "another address of the domain": "info@example.com",
    "values in different texts": "Gravid\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00Quelmorne",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_form_is_not_found(name: str) -> None:
    """What only resembles a value is not found."""
    assert found(f"It said {OTHERS[name]} there.") == set()


def test_a_common_surname_is_no_part() -> None:
    """A surname that is also a word identifies nobody; a rare one does."""
    partial = [{form.text for form in variants_of(value("name", "name", f"Gravid {last}")) if form.match == "partial"}
               for last in ("Carpenter", "Quelmorn")]  # fmt: skip
    assert partial == [set(), {"quelmorn", "g quelmorn", "quelmorn g"}]
    assert not identifies("customer.service")


def test_no_form_is_there_twice() -> None:
    """No two forms of a value have the same pattern."""
    patterns = [form.pattern for form in variants_of(value("name", "name", NAME))]
    assert len(patterns) == len(set(patterns))


def test_of_a_long_value_the_beginning_is_enough() -> None:
    """A long value is found by its beginning, since all of it is too large a pattern."""
    text = "-".join(f"quell{number}morn" for number in range(300))
    search = Searcher([value("long", "password", text)])
    assert {match.value_id for match in search.scan_text(f"so: {text.upper()}")} == {"long"}
    assert search.scan_text(text[5:200]) == []


@given(st.lists(st.sampled_from(["", " ", "-", ".", " - ", "\u00a0", "/"]), min_size=15, max_size=15))
def test_card_property_any_separators_between_digits(separators: list[str]) -> None:
    """A card number is found whatever separates its digits."""
    digits = "4242421234567892"
    text = digits[0] + "".join(sign + digit for sign, digit in zip(separators, digits[1:], strict=True))
    assert found(text) == {"card"}


@given(st.lists(st.booleans(), min_size=len(EMAIL), max_size=len(EMAIL)))
def test_case_property_any_case_is_found(upper: list[bool]) -> None:
    """A value is found whatever the case of each letter."""
    text = "".join(letter.upper() if up else letter.lower() for letter, up in zip(EMAIL, upper, strict=True))
    assert "email" in found(text)
