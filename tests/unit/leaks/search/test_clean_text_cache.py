"""Texts that hold nothing are remembered, to a limit."""

import pytest

from maskproof.leaks.search import clean_text_cache as cleared
from maskproof.leaks.search.clean_text_cache import LONGEST, Cleared


def test_a_text_is_known_once_it_was_added() -> None:
    """By what it says, and no other is."""
    known = Cleared()
    assert b"/assets/a" not in known
    known.add(b"/assets/a")
    assert (b"/assets/a" in known, b"/assets/b" in known) == (True, False)


def test_a_long_text_is_never_known() -> None:
    """It would take the place of many."""
    known = Cleared()
    known.add(bytes(LONGEST))
    known.add(bytes(LONGEST + 1))
    assert (bytes(LONGEST) in known, bytes(LONGEST + 1) in known) == (True, False)


def test_what_is_met_again_stays_and_the_rest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded, whatever number of texts comes."""
    monkeypatch.setattr(cleared, "KEPT", 100)
    known = Cleared()
    known.add(b"met again")
    known.add(b"met once")
    for number in range(100):
        known.add(b"%08d" % number)
        assert b"met again" in known
    assert b"met once" not in known
    assert sum(b"%08d" % number in known for number in range(100)) <= 2 * 100 / 8
