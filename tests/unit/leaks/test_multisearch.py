"""Many patterns at once: each hit says which pattern, and where."""

from maskproof.leaks.multisearch import CASELESS, ONCE, WITH_START, MultiSearch


def test_every_hit_names_its_pattern_and_place() -> None:
    """In the order of their ends."""
    search = MultiSearch([rb"ab+c", rb"x"], CASELESS | WITH_START)
    assert search.hits(b"-ABBC-x") == [(0, 1, 5), (1, 6, 7)]


def test_flags_may_differ_from_pattern_to_pattern() -> None:
    """One is told once, the other each time."""
    assert [hit[0] for hit in MultiSearch([b"a", b"b"], [ONCE, 0]).hits(b"abab")] == [0, 1, 1]


def test_without_patterns_nothing_is_found() -> None:
    """A searcher of no values is no error."""
    assert MultiSearch([], CASELESS).hits(b"anything") == []
