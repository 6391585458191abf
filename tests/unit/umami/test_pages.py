"""Numbers as Umami's pages show them."""

import pytest

from maskproof.umami.pages import Shown


@pytest.mark.parametrize(
    ("text", "tooltip", "number"),
    [("12", "12", 12), ("0", "0", 0), ("1.20k", "1204", 1204), ("3.1m", "3094211", 3_094_211)],
)
def test_a_number_is_read_with_all_its_digits(text: str, tooltip: str, number: int) -> None:
    """A shortened one by its tooltip."""
    assert Shown(text, tooltip).number == number


@pytest.mark.parametrize(
    ("text", "tooltip"),
    [("12", "11.7302"), ("11", "12"), ("33%", "33"), ("2s", "2"), ("", ""), ("-", "12"), ("NaN", "NaN")],
)
def test_what_moves_or_is_no_count_is_not_read(text: str, tooltip: str) -> None:
    """Text and tooltip have to say the same."""
    assert Shown(text, tooltip).number is None
