"""The shapes of masked texts, and the values that they reveal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.leaks.traces.mask_shapes import IN_WORDS, Masked, masked_span

SPANS = {
    "a run": ("it is *** here", "***"),
    "last four": ("Card \u2022\u2022\u2022\u2022 7892.", "\u2022\u2022\u2022\u2022 7892"),
    "groups": ("(**** **** **** 7892)", "**** **** **** 7892"),
    "digits before": ("no. 4242 42** **** 7892", "4242 42** **** 7892"),
    "an address": ("to t***@example.com: sent", "t***@example.com"),
    "letters as mask": ("SSN xxx-xx-7765", "xxx-xx-7765"),
    "a parameter": ("/search?q=***&x=1", "***"),
}
NO_SPANS = {
    "one star": "4 * 2",
    "plain": "no mask at all",
    "letters in a word": "maxx and Exxon",
    "references to characters": "ab&#x38;&#x1d0;7892",
    "far away": "y" * 100 + "***",
}


@pytest.mark.parametrize("name", SPANS)
def test_a_run_is_read_with_what_is_clear_around_it(name: str) -> None:
    """A masked text is read without enclosing signs, and with its start."""
    text, span = SPANS[name]
    run = next(place for place, character in enumerate(text) if character in "*\u2022" or text.startswith("xx", place))
    assert masked_span(text, run + 2) == (span, text.index(span))


@pytest.mark.parametrize("name", NO_SPANS)
def test_a_text_without_a_run_has_no_span(name: str) -> None:
    """Single signs, letters in words and runs elsewhere are not masked texts."""
    assert masked_span(NO_SPANS[name], 5) is None


def test_a_run_is_found_from_its_first_sign_to_its_last() -> None:
    """A search reports the end of a run or of a part of it."""
    text = "it is ***** here"
    assert [masked_span(text, place) for place in (6, 8, 11)] == [("*****", 6)] * 3
    assert masked_span(text, 5) is masked_span(text, 12) is None


def test_the_clear_parts_are_split_from_the_runs() -> None:
    """The clear parts are those before, between and behind the runs."""
    assert Masked.of("t***@e**.com") == Masked("t***@e**.com", ("t", "@e", ".com"), 5)


@pytest.mark.parametrize(("text", "expected"), [("***@**.**", False), ("*** ***", False), ("***@**.com", True)])
def test_signs_alone_are_not_clear(text: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Only clear letters and digits reveal anything."""
    assert Masked.of(text).is_clear_anywhere is expected


def test_groups_of_digits_are_joined() -> None:
    """Numbers are compared without separators."""
    assert Masked.of("(**) **-** 7892").compact() == Masked.of("******7892")


@pytest.mark.parametrize(
    ("masked", "value", "expected"),
    [
        ("****** ********", "Gravid Quelmorn", True),
        ("***-**-****", "912-34-7765", True),
        ("###-##-7765", "912-34-7765", True),
        ("***************", "Gravid Quelmorn", False),
        ("***.**.****", "912-34-7765", False),
        ("****", "Gravid", False),
    ],
    ids=["a star each", "signs kept", "digits kept", "no space", "other signs", "shorter"],
)
def test_a_mask_has_the_shape_of_a_value(masked: str, value: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """The shape is a mask character or the same sign for each character; spaces are kept."""
    assert Masked.of(masked).is_shape_of(value) is expected


@pytest.mark.parametrize(
    ("masked", "value", "expected"),
    [
        ("****7892", "4242421234567892", True),
        ("424242******7892", "4242421234567892", True),
        ("G***** q***mo**", "gravid quelmorn", True),
        ("***@Example.com", "trelawick@example.com", True),
        ("****7893", "4242421234567892", False),
        ("**92", "4242421234567892", False),
        ("g*****", "gravid", True),
        ("g***", "gravid", False),
        ("g****", "gravi", True),
        ("g***", "grav", False),
        ("******", "gravid", False),
        ("quel**quelmorn", "quelmorn", False),
        ("gravid", "gravid", False),
    ],
    ids=[
        "last four", "first six and last four", "initials", "a domain", "another four", "last two", "first of as many",
        "first of fewer", "first of five", "first of four", "nothing", "parts that overlap", "no mask",
    ],
)  # fmt: skip
def test_clear_parts_reveal_a_value(masked: str, value: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Clear parts count at the same places of the value: three characters, or one in a mask as long as the value."""
    assert Masked.of(masked).reveals(value) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("card ending in 7892", ["7892"]),
        ("Ends with: 7892.", ["7892"]),
        ("last 4 digits: 7892", ["7892"]),
        ("the last four (7892)", ["7892"]),
        ("ending in 78921", []),
        ("lasting 7892 days", []),
    ],
)
def test_last_digits_are_read_from_words(text: str, expected: list[str]) -> None:
    """Four digits count behind words such as `ending in`."""
    assert IN_WORDS.findall(text) == expected


@given(st.text("ab*", min_size=1, max_size=12), st.text("ab", max_size=12))
def test_mask_shapes_property_parts_stand_in_their_order(masked: str, value: str) -> None:
    """The clear parts of a mask are those of a value, in their order and with something between each two."""
    parts = Masked.of(masked).clear
    is_enough = sum(map(len, parts)) >= (1 if len(masked) == len(value) and Masked.of(masked).masked > 3 else 3)
    expected = len(parts) > 1 and is_enough and re.fullmatch(".+".join(map(re.escape, parts)), value) is not None
    assert Masked.of(masked).reveals(value) == expected


def test_a_mask_of_many_parts_is_compared_in_linear_time() -> None:
    """One pattern of all parts once tried every way to place them."""
    value = "a" * 4000 + "b"
    assert not Masked.of("a**" * 60 + "c**b").reveals(value)
