"""Values that are seen while they are typed."""

import pytest
from tests.unit.leaks.known import searcher

from maskproof.leaks.scan import scan_texts
from maskproof.leaks.texts import Text


def _prefixes(*typed: str, message: str = "SetInputValue") -> set[str]:
    texts = [Text("batch", message, "Value", one, "#field", number) for number, one in enumerate(typed)]
    report = scan_texts(texts, searcher(), session_id="", system="openreplay")
    return {finding.value_id for finding in report.findings if finding.match == "prefix"}


# By name, so that no test id holds a value.
SEEN = {
    "three growing values": ("tre", "trel", "trela"),
    "growing values that repeat": ("tr", "tr", "tre", "tre", "trel"),
    "a whole field": ("trelawick.bo",),
    "growing payloads of a search": ("?q=tre&n=1", "?q=trel&n=2", "?q=trela&n=3"),
}


@pytest.mark.parametrize("name", SEEN)
def test_the_beginning_of_a_value_is_found(name: str) -> None:
    """A beginning counts as a whole field, or as three growing values of one key."""
    assert _prefixes(*SEEN[name]) == {"email"}


OTHERS = {
    "two growing values": ("tre", "trel"),
    "growing values of a word that goes on otherwise": ("t", "tr", "tre", "tree"),
    "a short beginning": ("trel",),
    "a beginning inside of a text": ("see trelawick. and more",),
    "beginnings that do not grow": ("tre", "tre", "tre"),
    "a common beginning of a long text": ("Please call",),
    "years": ("1", "19", "198"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_beginnings_are_let_pass(name: str) -> None:
    """What only begins like a value is not found."""
    assert _prefixes(*OTHERS[name]) == set()


def test_the_whole_value_is_told_as_itself() -> None:
    """Where the value follows, its beginnings are no findings of their own."""
    assert _prefixes("tre", "trelawick.bonsor", "trelawick.bonsor412@example.com") == set()
