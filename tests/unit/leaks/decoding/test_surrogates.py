"""Surrogate pairs."""

import pytest

from maskproof.leaks.decoding.surrogates import paired


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\ud835\udc19b", "a\U0001d419b"), ("\ud835x", "\ufffdx"), ("plain \u017d", "plain \u017d"), ("", "")],
    ids=["a pair", "half of one", "none", "nothing"],
)
def test_a_pair_is_one_character(text: str, expected: str) -> None:
    """A pair becomes its character, half a pair the replacement character; other text stays."""
    assert paired(text) == expected
