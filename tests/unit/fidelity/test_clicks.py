"""Which recorded label is a click's: the tracker and a fixture may name an element differently."""

import pytest
from tests.unit.samples import FORM

from maskproof.fidelity.clicks import describe_missing, missing_clicks
from maskproof.journey import Click
from maskproof.journey.redact import Redactor

REDACTOR = Redactor(FORM, FORM.personas("seed"))


def missing(*clicks: Click, recorded: tuple[str, ...]) -> list[str]:
    """What is said of clicks that were not recorded."""
    return list(describe_missing(missing_clicks(clicks, recorded), recorded, REDACTOR))


def click(label: str, *names: str) -> Click:
    """A click with the label of a fixture on an element with these names."""
    return Click("#it", label, before_recording=False, names=names)


@pytest.mark.parametrize(
    ("clicked", "recorded"),
    [
        (click("Save"), "Save"),
        (click("Save"), "Save all changes"),
        (click("Save all", "save all", "Save all"), "SAVE ALL"),
        (click("Two lines", "two lines"), "Two\nlines"),
        (click("Close the panel", "x", "close the panel"), "X"),
        (click("X", "x", "close the panel"), "Close the panel"),
        (click("Delete", "delete row 7", "bin"), "bin"),
    ],
    ids=["same", "part", "upper-case", "lines", "label-for-text", "text-for-label", "part-of-name"],
)
def test_a_click_is_known_by_any_name_of_its_element(clicked: Click, recorded: str) -> None:
    """Case and white space count for nothing; a label may stand for the text, and the text for a label."""
    assert missing(clicked, recorded=(recorded,)) == []


@pytest.mark.parametrize(
    ("clicked", "recorded"),
    [
        (click("Save"), "Cancel"),
        (click("Save", "cancel"), "Cancel"),
        (click("Save", "save", ""), ""),
        (click("Close", "close", "x"), "xyz"),
    ],
    ids=["other", "other-element", "empty", "longer"],
)
def test_another_click_is_not_taken_for_it(clicked: Click, recorded: str) -> None:
    """The names of an element count only if the fixture names that element."""
    (line,) = missing(clicked, recorded=(recorded,))
    assert f"recorded clicks: {recorded!r}" in line


def test_an_exact_label_is_taken_before_a_longer_one() -> None:
    """Otherwise the second click would be missed."""
    assert missing(click("Save"), click("Save all"), recorded=("Save all", "Save")) == []


def test_what_the_page_calls_the_element_is_shown() -> None:
    """The fixture may name it wrongly."""
    (line,) = missing(click("Buy", "order"), recorded=("Order",))
    assert "(#it, which the page calls 'order')" in line
