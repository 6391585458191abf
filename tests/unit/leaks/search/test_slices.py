"""Large texts of many lines are searched in slices."""

import base64

import pytest
from tests.unit.leaks.known import EMAIL, searcher

from maskproof.leaks.search.slices import SHARED, SLICE, slices

LINE = b"2026-01-01 GET /a/b/c 200 some words, and more of them\n"
LOG = LINE * (SLICE * 2 // len(LINE))


def test_a_text_of_lines_is_cut_behind_lines() -> None:
    """Together the slices are the text; the lines around each end are in two of them."""
    parts = list(slices(LOG))
    assert len(parts) > 1
    assert all(part == LOG[start : start + len(part)] and part.endswith(b"\n") for start, part in parts)
    ends = [start + len(part) for start, part in parts]
    assert ends[-1] == len(LOG)
    assert all(SHARED // 2 < end - start <= SHARED for (start, _), end in zip(parts[1:], ends[:-1], strict=True))


@pytest.mark.parametrize(
    "text",
    [LINE * 3, LOG + b"\x00", b"a" * (SLICE + 1), base64.encodebytes(bytes(SLICE))],
    ids=["short", "binary", "one line", "base64"],
)
def test_another_text_stays_whole(text: bytes) -> None:
    """A coding that goes on over the end of a slice would be lost."""
    assert list(slices(text)) == [(0, text)]


def test_a_value_beside_the_end_of_a_slice_is_found_once() -> None:
    """It is in both slices, and its place is that in the text."""
    _, (second, _), *_ = slices(LOG)
    text = LOG[:second] + EMAIL.encode() + b" here\n" + LOG[second:]
    assert [(match.match, match.offset) for match in searcher().scan_bytes(text)] == [("exact", second)]
