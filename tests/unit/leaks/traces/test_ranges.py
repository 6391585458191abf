"""The tables of numbers: their entries are what the tables say."""

import pytest
from stdnum import iban, luhn

from maskproof.leaks.traces.ranges import (
    FILE_ENDINGS,
    ISSUERS,
    ROLES,
    TEST_CARDS,
    TEST_DOMAINS,
    TEST_IBANS,
    TEST_ISSUERS,
    TEST_PHONES,
    TEST_SSNS,
)


def _is_issued(digits: str) -> bool:
    return any(int(digits[:size]) in first and len(digits) in lengths for first, size, lengths in ISSUERS)


def test_ranges_have_as_many_digits_as_they_say() -> None:
    """Another number of digits would match nothing, or anything; cards have 14 to 16 digits."""
    for first, size, lengths in ISSUERS:
        assert {len(str(first[0])), len(str(first[-1]))} == {size}
        assert set(lengths) <= {14, 15, 16}


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("4242421234567892", True),
        ("2221000000000009", True),
        ("2720990000000007", True),
        ("2721000000000000", False),
        ("340000000000009", True),
        ("350000000000009", False),
        ("4006381333931", False),
        ("4120029343558664448", False),
        ("9124242424242424", False),
    ],
    ids=[
        "Visa", "first of Mastercard", "last of Mastercard", "behind it", "American Express", "between", "a barcode",
        "a long id", "nobody's",
    ],
)  # fmt: skip
def test_numbers_are_of_an_issuer_or_not(digits: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """The ends of ranges count; numbers of other kinds that look like cards do not."""
    assert _is_issued(digits) is expected


def test_test_numbers_are_valid() -> None:
    """Test cards and accounts have a valid checksum, and cards an issuer; others would never be looked up."""
    assert all(luhn.is_valid(digits) and _is_issued(digits) for digits in TEST_CARDS)
    assert all(iban.is_valid(number, check_country=False) for number in TEST_IBANS)
    assert all(_is_issued(first.ljust(16, "0")) for first in TEST_ISSUERS)
    assert all(len(digits) == 9 and digits.isdigit() for digits in TEST_SSNS)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("14155550100", True),
        ("14155550199", True),
        ("14155550200", False),
        ("14155560134", False),
        ("447700900123", True),
        ("447700901123", False),
        ("442079460123", True),
        ("442079470123", False),
        ("4414155550134", False),
        ("441134960123", True),
        ("441194960123", False),
        ("441914980123", True),
        ("442896496123", True),
        ("443069990123", True),
    ],
    ids=[
        "first of North America", "last of North America", "behind them", "of another exchange", "mobile", "beside it",
        "London", "beside London", "behind another code", "Leeds", "no such city", "Tyneside", "Northern Ireland",
        "the whole country",
    ],
)  # fmt: skip
def test_phone_numbers_that_are_kept_free(digits: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Numbers for films and books, with country code, are in the range; their neighbours are not."""
    assert (TEST_PHONES.fullmatch(digits) is not None) is expected


@pytest.mark.parametrize(
    ("domain", "expected"),
    [("example.com", True), ("mail.example.org", True), ("myexample.com", False), ("example.com.au", False)],
)
def test_domains_that_are_kept_free(domain: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Example domains and their subdomains are; domains that only end or begin like them are not."""
    assert (TEST_DOMAINS.search(domain) is not None) is expected


def test_words_are_in_lower_case() -> None:
    """Words are looked up in lower case; no file ending is a common top-level domain."""
    assert all(word == word.lower() for word in ROLES | FILE_ENDINGS)
    assert not FILE_ENDINGS & {"com", "org", "net", "de", "uk", "io", "edu", "gov"}
