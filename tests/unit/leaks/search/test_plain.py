"""The search in plain text: forms of values, and what stands beside them."""

import pytest
from tests.unit.leaks.known import CARD, EMAIL, NAME, SSN, UMLAUT, value

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.search.plain import PlainSearch, stands_in

MAIL, PERSON, NUMBER, UMLAUTS = (
    value("email", "email", EMAIL),
    value("name", "name", NAME),
    value("ssn", "ssn", SSN),
    value("umlaut", "name", UMLAUT),
)
SEARCH = PlainSearch([MAIL, PERSON, NUMBER, UMLAUTS, value("card", "payment", CARD)])

TOUCHED = {
    "digit before": f"1{SSN.replace('-', '')}",
    "digit behind": f"{SSN.replace('-', '')}1",
    "digits around": "19123477651",
    "letters around a part": "unquelmornly",
    "letter behind a part": "quelmornx",
    "a given name alone": "Gravid",
}
UNTOUCHED = {
    "letters around a number": ("ssn", f"x{SSN}x"),
    "a digit behind a part": ("name", "quelmorn7"),
    "a long number in a longer one": ("card", f"7{CARD}7"),
    "letters around a long value": ("email", f"x{EMAIL}x"),
    "a digit before a number in its groups": ("ssn", f"1{SSN}"),
    "a digit behind a number in its groups": ("ssn", f"{SSN}1"),
    "digits behind a number in other groups": ("ssn", f"{SSN.replace('-', ' ')}19870304"),
}
OTHER = "917-65-4320"
COLUMNS = PlainSearch([NUMBER, value("other", "ssn", OTHER)])
FIRST, SECOND = SSN.replace("-", ""), OTHER.replace("-", "")


def _found(*chunks: bytes) -> set[tuple[str, str, int, int]]:
    return {(hit.value.id, hit.match, hit.chunk, hit.offset) for hit in SEARCH.search(Buffer(chunks))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"it is {SSN}", {("ssn", "exact", 0, 6)}),
        (f"it is {SSN.replace('-', ' ')}", {("ssn", "normalised", 0, 6)}),
        (f"it is {NAME}", {("name", "exact", 0, 6), ("name", "partial", 0, 13)}),
        ("it is gquelmorn", {("name", "partial", 0, 6)}),
    ],
    ids=["as it is", "in another way", "with its part", "a part"],
)
def test_a_hit_says_how_much_of_the_value_it_is(text: str, expected: set[tuple[str, str, int, int]]) -> None:
    """A hit is exact, normalised or partial, and has its offset."""
    assert _found(text.encode()) == expected


def test_a_hit_says_which_text_it_is_in() -> None:
    """No form reaches from one text into the next."""
    assert _found(b"Gravid", b"nothing", SSN.encode()) == {("ssn", "exact", 2, 0)}
    assert _found(SSN[:6].encode(), SSN[6:].encode()) == set()


def test_text_beyond_ascii_is_folded() -> None:
    """An exact spelling has its own offset; another spelling is found in the folded text around it."""
    exact = _found(f"ég: {UMLAUT}".encode())
    assert ("umlaut", "exact", 0, 5) in exact
    assert ("umlaut", "exact", 0, 0) in _found(UMLAUT.encode())
    folded = _found("Zoe\u0308 MÜLLERSTRÖHM".encode())
    assert ("umlaut", "normalised") in {hit[:2] for hit in folded}
    assert "exact" not in {hit[1] for hit in folded}


@pytest.mark.parametrize("name", TOUCHED)
def test_part_of_a_longer_word_or_number_is_another(name: str) -> None:
    """A digit beside its digit, or a letter beside its letter, makes a form part of another."""
    assert _found(TOUCHED[name].encode()) == set()


@pytest.mark.parametrize("name", UNTOUCHED)
def test_a_form_beside_something_else_is_found(name: str) -> None:
    """Letters beside digits do not count; and long values do not occur by chance, even inside longer ones."""
    value_id, text = UNTOUCHED[name]
    assert value_id in {hit[0] for hit in _found(text.encode())}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FIRST}{SECOND}", {"ssn", "other"}),
        (f"id {SECOND}{FIRST}{SECOND} NY", {"ssn", "other"}),
        (f"{FIRST}{SECOND}7", {"ssn"}),
        (f"{FIRST}7{SECOND}", set()),
        (f"{FIRST}{FIRST}", set()),
    ],
    ids=["two columns", "three columns", "a digit behind the second", "a digit between", "the same twice"],
)
def test_columns_of_a_record_are_found(text: str, expected: set[str]) -> None:
    """Numbers that touch nothing but other values are found, as in records of fixed width."""
    assert {hit.value.id for hit in COLUMNS.search(Buffer([text.encode()]))} == expected


@pytest.mark.parametrize(
    ("plain", "text", "expected"),
    [
        (b"it is 912-34-7765.", b"912-34-7765", True),
        (b"x912-34-7765x", b"912-34-7765", True),
        (b"1912347765", b"912347765", False),
        (b"1912-34-7765", b"912-34-7765", True),
        (b"912-34-77651 and 912-34-7765", b"912-34-7765", True),
        (b"unquelmorn", b"quelmorn", False),
        (b"elsewhere", b"quelmorn", False),
        (b"", b"quelmorn", False),
        (b"quelmorn", b"", False),
    ],
    ids=[
        "by itself",
        "letters around",
        "a longer number",
        "a number in its groups",
        "the second",
        "in a word",
        "not there",
        "no text",
        "no form",
    ],
)
def test_what_stood_in_the_plain_text_is_nothing_new(plain: bytes, text: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """A form counts as known if it stood there as a whole; within a longer word or number it was not found before."""
    assert stands_in(plain, text) is expected


def test_without_values_nothing_is_found() -> None:
    """A search without values finds nothing in any text."""
    assert list(PlainSearch([]).search(Buffer(["Zoë".encode(), b"text"]))) == []
