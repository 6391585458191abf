"""Secrets do not print, and know whether they are short."""

import pickle
from collections.abc import Callable

import pytest

from maskproof.secrets import Secret, normalised

SECRET = Secret("some.one@example.com", category="email", value_id="user.email", number=3)


@pytest.mark.parametrize("show", [str, repr, "{}".format, "{:>20}".format])
def test_a_secret_prints_as_category_and_number(show: Callable[[Secret], str]) -> None:
    """However it is printed, a secret shows its category and number only."""
    assert show(SECRET).strip() == "[email #3]"


def test_a_secret_cannot_be_pickled() -> None:
    """Pickling is refused, because the pickle would hold the value."""
    with pytest.raises(TypeError, match=r"\[email #3\]"):
        pickle.dumps(SECRET)


def test_short_is_under_six_letters_and_digits() -> None:
    """Punctuation does not make a value long enough to search for."""
    assert Secret("1-2-3-4-5", category="payment", value_id="x").is_short
    assert not Secret("123-456", category="payment", value_id="x").is_short


def test_normalising_folds_case_and_diacritics() -> None:
    """Only letters and digits are kept, without case and accents."""
    assert normalised("É-Ä 1ß") == "ea1ss"
