"""Many patterns at once: each hit has its pattern and its place."""

from maskproof.leaks.multisearch import CASELESS, ONCE, WITH_START, MultiSearch


def test_every_hit_names_its_pattern_and_place() -> None:
    """Hits have pattern, start and end, in the order of their ends."""
    search = MultiSearch([rb"ab+c", rb"x"], CASELESS | WITH_START)
    assert search.hits(b"-ABBC-x") == [(0, 1, 5), (1, 6, 7)]


def test_flags_may_differ_from_pattern_to_pattern() -> None:
    """Each pattern has its own flags: one is reported once, the other each time."""
    assert [hit[0] for hit in MultiSearch([b"a", b"b"], [ONCE, 0]).hits(b"abab")] == [0, 1, 1]


def test_without_patterns_nothing_is_found() -> None:
    """No patterns are no error, as for a searcher without values."""
    assert MultiSearch([], CASELESS).hits(b"anything") == []
