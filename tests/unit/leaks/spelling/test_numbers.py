"""Numbers that lost their leading zeros."""

import pytest
from tests.unit.leaks.spelling.notation import wrong

NUMBERS = {
    "plain": (("12345678", '{"ssn": 12345678}', "a,12345678,b", "12345678.0", "0012345678"),
              ("12345679", "112345678", "123456781", "3.12345678", "12345678.5", "x12345678")),
    "in groups": (("12,345,678", "12 345 678", "12.345.678", "1,23,45,678", "12'345'678"),
                  ("9,12,345,678", "12,345,678,9", "12,345,679")),
    "in other digits": (("１２３４５６７８", "٠١٢٣٤٥٦٧٨", "१२३४५६७८", "١٢٬٣٤٥٬٦٧٨"), ("١٢٣٤٥٦٧٩",)),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_without_its_zeros_is_found_as_a_whole(name: str) -> None:
    """Whole numbers are found in every grouping; longer ones and fractions are others."""
    assert wrong("ssn", "012-34-5678", *NUMBERS[name]) == []


def test_what_is_left_of_mostly_zeros_is_not_searched_for() -> None:
    """Five digits are met by chance."""
    assert wrong("account", "00000012345", ("00000012345",), ("12345", "12,345")) == []
