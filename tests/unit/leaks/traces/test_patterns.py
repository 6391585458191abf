"""The rules of the pattern-based detection: the shape, prefilter and judgement of each."""

import re

import pytest
from tests.unit.leaks.known import BIRTHDAY, EMAIL, IBAN, PHONE, SSN

from maskproof.leaks.traces.patterns import RULES, Excerpt, PatternRule, rules_for

NAMED = {rule.name: rule for rule in RULES}
# Published by processors for tests; its checksum is valid.
CARD = "4242424242424242"
# Rule, text before, match, text behind. By name, so that no test id holds a value.
TEST = {
    "email": ("email", "to ", EMAIL, "."),
    "email of a reserved domain": ("email", "", "quiet@lantern.test", ""),
    "card": ("card", "", CARD, ""),
    "card by its name before it": ("card", "my-card-", CARD, ""),
    "SSN": ("ssn", "", SSN, ""),
    "SSN by its name": ("ssn", "SSN: ", SSN.replace("-", ""), ""),
    "advertised SSN": ("ssn", "", "078-05-1120", ""),
    "IBAN": ("iban", "to ", IBAN, ", please"),
    "IBAN before a word": ("iban", "", "DE89 3704 0044 0532 0130 00 so", ""),
    "phone": ("phone", "", "+1 415-555-0134", ""),
    "phone of a region": ("phone", "", PHONE, ""),
    "phone by its name": ("phone", '"phone":"', PHONE.replace("-", ""), '"'),
}
NONE = {
    "a file": ("email", "", "logo@2x.png", ""),
    "a mailbox of an organisation": ("email", "", "support@lantern.test", ""),
    "a password in an address": ("email", "https://user:", "word@example.com", "/"),
    "points beside each other": ("email", "", "quiet..lantern@example.com", ""),
    "a label that begins with a hyphen": ("email", "", "quiet@-lantern.test", ""),
    "a card that fails its checksum": ("card", "", CARD[:-1] + "3", ""),
    "an order": ("card", "order no. ", CARD, ""),
    "part of a word": ("card", "", CARD, "x"),
    "one digit all over": ("card", "", "4" * 16, ""),
    "two separators": ("card", "", "4242-4242 4242-4242", ""),
    "of no issuer": ("card", "", "2000000000000006", ""),
    "nine digits without a name": ("ssn", "", SSN.replace("-", ""), ""),
    "an SSN of no group": ("ssn", "", "912-00-7765", ""),
    "a part number": ("ssn", "part ", SSN, ""),
    "an IBAN that fails its checksum": ("iban", "", IBAN[:-1] + "1", ""),
    "an IBAN in a longer word": ("iban", "", IBAN, "-x7"),
    "digits without a name": ("phone", "", PHONE.replace("-", ""), ""),
    "groups of another country": ("phone", "", "41-5555-0134", ""),
    "an order's id": ("phone", "order id: ", PHONE, ""),
    "a drawing": ("phone", "M ", PHONE.replace("-", " "), ""),
    "coordinates": ("phone", "", "+40.7128-074.0060", ""),
}
SHAPES = {
    "email": [EMAIL, "a+b@example.co.uk"],
    "card": [CARD, "4242 4242 4242 4242", "4242-4242-4242-4242", "3782 822463 10005"],
    "ssn": [SSN],
    "iban": [IBAN, "DE89 3704 0044 0532 0130 00"],
    "phone": [PHONE, "(415) 555-0134", "+1 415 555 0134"],
}
NO_SHAPES = {
    "email": ["quiet@lantern", "@example.com", "quiet lantern.test"],
    "card": [f"{CARD}1", "42424 24242 42424 2", BIRTHDAY],
    "ssn": [f"{SSN}1", "91-234-7765"],
    "iban": ["DE89", "8937 0400 4405 3201"],
    "phone": ["555", f"1{CARD}{CARD}"],
}


def _judged(name: str, before: str, text: str, after: str) -> str | None:
    return NAMED[name].judge(Excerpt(text, before, after, ("US",)))


def _shape(rule: PatternRule, text: str) -> bytes | None:
    match = rule.shape.search(f" {text} ".encode())
    return match[1] if match else None


@pytest.mark.parametrize("name", TEST)
def test_what_belongs_to_nobody_is_of_a_test_range(name: str) -> None:
    """Test values have the shape and checksum of PII, and belong to nobody."""
    assert _judged(*TEST[name]) == "test"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("email", "jane.doe42@gmail.com"),
        ("card", "4539578763621486"),
        ("ssn", "536-22-1234"),
        ("iban", "NL02ABNA0123456789"),
        ("phone", "(415) 867-5309"),
    ],
    ids=["email", "card", "ssn", "iban", "phone"],
)
def test_what_may_be_somebodys_is_issued(name: str, text: str) -> None:
    """Values outside the test ranges count as issued."""
    assert _judged(name, "", text, "") == "issued"


@pytest.mark.parametrize("name", NONE)
def test_a_text_that_only_looks_alike_is_no_pii(name: str) -> None:
    """The text around it, its checksum or its groups rule it out."""
    assert _judged(*NONE[name]) is None


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_and_its_prefilter_match(name: str) -> None:
    """A match that no prefilter points at would never be judged."""
    rule = NAMED[name]
    for text in SHAPES[name]:
        assert _shape(rule, text) == text.encode()
        assert any(re.search(prefilter, f" {text} ".encode(), re.IGNORECASE) for prefilter in rule.prefilters)


@pytest.mark.parametrize("name", NO_SHAPES)
def test_another_shape_does_not_match(name: str) -> None:
    """Texts that are too long, too short or in other groups do not match."""
    assert [_shape(NAMED[name], text) for text in NO_SHAPES[name]] == [None] * len(NO_SHAPES[name])


def test_national_numbers_are_searched_for_in_configured_countries() -> None:
    """Those of North America always are; other countries add a rule."""
    assert rules_for(()) == rules_for(("US", "CA")) == RULES
    (more,) = rules_for(("US", "DE"))[len(RULES) :]
    assert more.judge(Excerpt("030 901820", "", "", ("US", "DE"))) == "issued"
    assert more.judge(Excerpt("030 901820", "", "", ("US",))) is None
