"""Stretches around signs end, wherever the signs are."""

import re

import pytest

from maskproof.leaks.decoding.spans import runs

LETTERS = re.compile(rb"[a-z]*")


@pytest.mark.parametrize(
    ("data", "ends", "found"),
    [
        (b"one two", [2, 6], [(0, 3), (4, 7)]),
        (b"a" * 1000 + b" b", [900, 950], [(0, 1000)]),
        (b"one", [2, 4], [(0, 3)]),
        (b"one", [9], []),
        (b"", [1], []),
    ],
)
def test_runs_are_found_around_signs(data: bytes, ends: list[int], found: list[tuple[int, int]]) -> None:
    """Each run is found once; a sign that ends beyond the data is in none."""
    assert list(runs(data, ends, LETTERS)) == found
