"""Long runs of letters and digits, against a regular expression of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.leaks.decoding import long_runs as module
from maskproof.leaks.decoding.coding_signs import OF_LONG_RUNS, SIGNS
from maskproof.leaks.decoding.long_runs import long_runs

LONG_RUN = re.compile(rb"(?=([A-Za-z0-9+/_\-]{10}))")
# Bytes of runs mostly, so that some runs are long.
BYTES = st.lists(st.sampled_from(b"aZ09+/-_ =.\x00\xff" + b"b" * 30), max_size=300).map(bytes)


def kept_by_pattern(data: bytes) -> list[int]:
    """Places of ten bytes of a run, and of two bytes behind them."""
    places = {match.start() + by for match in LONG_RUN.finditer(data) for by in range(12)}
    return sorted(place for place in places if place < len(data))


@given(BYTES)
def test_property_long_runs_are_kept_with_what_is_behind(data: bytes) -> None:
    """Long runs are kept with the two bytes behind them, and nothing else is."""
    expected = kept_by_pattern(data)
    runs = long_runs(data)
    assert runs.data == bytes(data[place] for place in expected)
    assert list(runs.ends_in_whole(range(1, len(expected) + 1))) == [place + 1 for place in expected]


@pytest.mark.parametrize("at_once", [1, 7, 16, 64])
def test_a_run_over_the_edge_of_a_block_is_kept_whole(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The runs are the same wherever a block of data ends."""
    data = b" ".join(b"x" * (number * 7919 % 25) for number in range(40))
    whole = long_runs(data)
    ends = range(1, len(whole.data) + 1)
    expected = list(whole.ends_in_whole(ends))
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    parts = long_runs(data)
    assert (parts.data, list(parts.ends_in_whole(ends))) == (whole.data, expected)


@given(BYTES)
def test_property_every_sign_of_long_runs_is_within_them(data: bytes) -> None:
    """A sign that matches in the whole data matches at the same place within the long runs."""
    runs = long_runs(data)
    for sign in (SIGNS[hint] for hints in OF_LONG_RUNS for hint in hints):
        pattern = re.compile(b"(?=(%b))" % sign, re.DOTALL)
        ends = {match.end(1) for match in pattern.finditer(runs.data)}
        assert {match.end(1) for match in pattern.finditer(data)} <= set(runs.ends_in_whole(sorted(ends)))


def test_nothing_has_no_runs() -> None:
    """Neither empty data nor short words have long runs."""
    assert (long_runs(b"").data, long_runs(b"no word is long").data) == (b"", b"")
