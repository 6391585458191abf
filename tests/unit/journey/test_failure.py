"""What is said of a step that could not be done."""

from tests.unit.samples import FORM

from maskproof.journey.failure import complaints, first_of, reason_of
from maskproof.journey.redact import Redactor

PERSONAS = FORM.personas("seed")
REDACTOR = Redactor(FORM, PERSONAS)
EMAIL = PERSONAS.value("user.email").reveal()
STRICT = f"""Locator.click: Error: strict mode violation: locator("button") resolved to 2 elements:
    1) <button class="x">{EMAIL}</button> aka get_by_role("button", name="One")
    2) <button class="x">Two</button> aka get_by_role("button", name="Two")

Call log:
\x1b[2m  - waiting for locator("button")\x1b[22m
  - waiting for locator("button")
"""


def test_the_whole_reason_is_kept_each_line_once() -> None:
    """The elements that a selector matches are named, without a value."""
    first, *more = reason_of(Exception(STRICT), REDACTOR)
    assert first.endswith("resolved to 2 elements:")
    assert more == [
        '1) <button class="x">[user.email]</button> aka get_by_role("button", name="One")',
        '2) <button class="x">Two</button> aka get_by_role("button", name="Two")',
        'waiting for locator("button")',
    ]


def test_an_error_without_words_is_named() -> None:
    """Its kind is all that is known."""
    assert reason_of(AssertionError(), REDACTOR) == ["AssertionError"]


def test_a_reason_has_an_end() -> None:
    """The log of a wait has a line for each try."""
    text = "\n".join(f"try {number} " + "x" * 900 for number in range(99))
    lines = reason_of(Exception(text), REDACTOR)
    assert len(lines) == 12
    assert max(map(len, lines)) == 300


def test_console_and_requests_are_lines_of_their_own() -> None:
    """What the page never complained of is left out."""
    lines = list(complaints([f"TypeError: {EMAIL}"] * 2, [f"GET shop/people/{EMAIL}: status 404"], REDACTOR))
    assert lines == [
        "Console errors: TypeError: [user.email]",
        "Failed requests: GET shop/people/[user.email]: status 404",
    ]
    assert list(complaints([], [], REDACTOR)) == []


def test_a_long_list_says_how_much_more_there_is() -> None:
    """A page that is broken complains without end."""
    assert first_of(["a", "b", "b", "c"], most=2) == "a | b | ... and 1 more"
    assert first_of([], most=2) == ""
