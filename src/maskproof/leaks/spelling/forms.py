"""
One form of a value as the search takes it, and the table of the kinds of forms.

`maskproof scan --explain` counts forms by these kinds, and `docs/reference/findings.md` lists them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# What may stand between two words of a value.
BETWEEN_WORDS = rb"[^0-9A-Za-z\x00]{0,8}"
# The two ends of a word or number, for patterns of Python that judge a place.
NO_LETTER_BEFORE, NO_LETTER_BEHIND = rb"(?<![0-9A-Za-z])", rb"(?![0-9A-Za-z])"

FORMS: Mapping[str, str] = {
    "as typed": "the value itself, in any case, with any separators",
    "spelled out": "umlauts and the like in two letters",
    "transliteration": "Cyrillic and Greek in Latin letters, by the usual tables",
    "name order": "surname first, with or without a comma; middle names, suffix or particle left out",
    "initials": "given or middle names as initials",
    "surname": "a surname that identifies, or two surnames",
    "short name": "a name too short for a plain search: standing alone, beside an honorific or particle",
    "beside its label": "a value too short for a plain search, behind a label or in a field that names its category",
    "numeric date": "day, month and year in any order, years of two digits, other calendars",
    "date with a month": "months in the languages of CLDR, in full or abbreviated",
    "week or day of year": "ISO 8601 week dates and ordinal dates",
    "local midnight": "the instant of midnight in any zone: ISO 8601, HTTP dates, seconds and milliseconds",
    "whole number": "digits in any groups, or without their leading zeros",
    "phone": "national and international, as dialled, in each country in which the number is valid",
    "mailbox": "the local part of an e-mail address",
    "canonical address": "without tag, with another tag, with dots and domains as providers treat them",
    "internationalised domain": "the domain in Unicode and in ASCII (IDNA)",
    "street": "number first or last, with or without its kind, abbreviated or in full",
    "ip address": "shortened or in full, mapped into IPv6, with other separators",
    "beginning": "what an echo shows while a name or a long number is still typed",
    "part of a text": "five words in a row of a longer text",
}

# Start and end of what stands at a place that the multi-pattern search found; None if it is no form there.
Check = Callable[[bytes, int, int], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Spelling:
    """
    One way to write a value.

    Attributes:
        text: The spelling.
        form: Its kind, a key of `FORMS`.
        match: How findings name a match of it.
        has_loose_digits: Whether separators may stand between any two digits.
        has_loose_letters: Whether separators may stand between any two characters.
        has_loose_changes: Whether separators may stand between a letter and a digit.
        between: What may stand between two words.
        is_bounded: Whether it counts only where it stands by itself, however long it is.
        pattern: The regular expression that finds it, if it is not made from the text.
        check: Judges each place that the pattern finds.
        has_own_bounds: Whether the check also judges what touches the form.

    """

    text: str
    form: str = "as typed"
    match: str = "normalised"
    has_loose_digits: bool = False
    has_loose_letters: bool = False
    has_loose_changes: bool = False
    between: bytes = BETWEEN_WORDS
    is_bounded: bool = False
    pattern: bytes = b""
    check: Check | None = None
    has_own_bounds: bool = True


def not_before(pattern: re.Pattern[bytes]) -> Check:
    """A check that a pattern does not begin right behind a form: it would make it something else."""
    return lambda data, start, end: None if pattern.match(data, end) else (start, end)


class Around:
    """
    A check: an exact pattern has to match around the place that was found.

    Args:
        make: Makes the pattern when it is needed first.
        reach: How many bytes before and behind the place are read.

    """

    def __init__(self, make: Callable[[], bytes], reach: int = 64) -> None:
        self._make = make
        self._reach = reach
        self._pattern: re.Pattern[bytes] | None = None

    def __call__(self, data: bytes, start: int, end: int) -> tuple[int, int] | None:
        """Start and end of the pattern around a place."""
        if self._pattern is None:
            self._pattern = re.compile(self._make(), re.IGNORECASE)
        for match in self._pattern.finditer(data, max(0, start - self._reach), min(len(data), end + self._reach)):
            if match.start() <= start and end <= match.end():
                return match.span()
        return None


def alternatives(texts: frozenset[str] | set[str]) -> bytes:
    """A pattern for any of some folded texts, longer ones first."""
    return b"(?:%b)" % b"|".join(
        re.escape(text).encode() for text in sorted(texts, key=lambda text: (-len(text), text))
    )
