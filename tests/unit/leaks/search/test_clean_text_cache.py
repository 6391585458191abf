"""The cache of texts that hold no value, and its limits."""

import pytest

from maskproof.leaks.search import clean_text_cache
from maskproof.leaks.search.clean_text_cache import LARGE, LONGEST, CleanTextCache


def test_a_text_is_known_once_it_was_added() -> None:
    """A cached text is known by its content; other texts are not known."""
    known = CleanTextCache()
    assert b"/assets/a" not in known
    known.add(b"/assets/a")
    assert (b"/assets/a" in known, b"/assets/b" in known) == (True, False)


def test_a_long_text_is_never_known() -> None:
    """A text over the limit is not cached: it would displace many others."""
    known = CleanTextCache()
    known.add(bytes(LONGEST))
    known.add(bytes(LONGEST + 1))
    assert (bytes(LONGEST) in known, bytes(LONGEST + 1) in known) == (True, False)


def test_texts_that_occur_again_stay_and_others_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded for any number of texts."""
    monkeypatch.setattr(clean_text_cache, "KEPT", 100)
    known = CleanTextCache()
    known.add(b"met again")
    known.add(b"met once")
    for number in range(100):
        known.add(b"%08d" % number)
        assert b"met again" in known
    assert b"met once" not in known
    assert sum(b"%08d" % number in known for number in range(100)) <= 2 * 100 / 8


def test_large_texts_are_known_by_a_hash() -> None:
    """An archive may hold the same large member many times; another text of that size is not known."""
    cache = CleanTextCache()
    cache.add(b"a" * LARGE)
    assert cache
    assert b"a" * LARGE in cache
    assert b"b" * LARGE not in cache
