"""
The forms that one value takes when people and programs write it down.

Each form becomes one pattern of the multi-pattern search: letters in any case, and the signs that may stand between
them. A part counts only if it identifies somebody and is too rare to match by chance.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise

from maskproof.leaks.spelling.common_words import COMMON_WORDS
from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.value_shapes import (
    date_of,
    digits_of,
    is_account,
    name_of,
    phone_of,
    street_line_of,
    street_of,
    text_of,
)
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.text_heuristics import PART_LETTERS
from maskproof.secrets import normalised

# Numbers and words as long as this count within longer ones, too: twelve given digits stand at a place by chance with
# 1e-12, seven given letters with 1e-10; shorter ones have to stand by themselves.
RARE_DIGITS = 12
RARE_LETTERS = 7
# So many characters at the beginning of a value are enough to find it; a pattern of all of a long one is too large.
ENOUGH = 256
# A choice: of a text, five words in a row with twenty letters count, if one of them identifies; fewer may be a common
# phrase. A value of more than forty characters is a text, whatever its category.
WINDOW_WORDS = 5
WINDOW_LETTERS = 20
LONG_TEXT = 40
# What may stand between two letters or digits: nothing within a word, separators where the value has some.
WITHIN_DIGITS = rb"[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]{0,3}"
BETWEEN_WORDS = rb"[^0-9A-Za-z\x00]{0,8}"
# Numbers of a date without leading zeros need a separator to be read as a date.
BETWEEN_SHORT_NUMBERS = rb"[./\-]"
BETWEEN_NUMBERS = rb"[^0-9A-Za-z\x00]{1,8}"
# Between the letters and the digits of a code, except in values that are written as they are typed.
BETWEEN_CHANGES = rb"[^0-9A-Za-z\x00]{0,2}"
AS_TYPED = frozenset({"password", "email", "free_text", "address"})
LOCAL_SEPARATOR = re.compile(r"[._+\-\s]+")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe"})
SEPTEMBER = "Sept"
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True, slots=True)
class Variant:
    """
    One form of a value.

    Attributes:
        value: Whose form it is.
        text: Its folded spelling.
        pattern: The regular expression that finds it.
        match: How findings name a match of it.
        bounded: Whether no digit may touch a digit at its edge, and no letter a letter.
        unless: What behind it makes it something else: a letter, or another group of digits.

    """

    value: Value
    text: str
    pattern: bytes
    match: str
    bounded: bool
    unless: re.Pattern[bytes] | None = None


@dataclass(frozen=True, slots=True)
class _Spelling:
    text: str
    match: str = "normalised"
    has_loose_digits: bool = False
    has_loose_letters: bool = False
    has_loose_changes: bool = False
    between: bytes = BETWEEN_WORDS


def variants_of(value: Value) -> Iterator[Variant]:
    """Every form of a value once, forms of the whole value first."""
    seen: set[bytes] = set()
    for spelling in _spellings(value):
        folded = fold(spelling.text)[:ENOUGH]
        pattern = _pattern(folded, spelling)
        letters = normalised(folded)
        if len(letters) < PART_LETTERS or pattern in seen:
            continue
        seen.add(pattern)
        yield Variant(value, folded, pattern, spelling.match, _is_bounded(spelling.match, letters))


def identifies(part: str) -> bool:
    """Whether a part is rare enough to identify somebody."""
    words = [word for word in LOCAL_SEPARATOR.split(fold(part)) if word]
    return len(normalised(part)) > PART_LETTERS and not all(word in COMMON_WORDS for word in words)


def _is_bounded(match: str, letters: str) -> bool:
    if match == "partial":
        return True
    return len(letters) < (RARE_DIGITS if letters.isdigit() else RARE_LETTERS)


def _spellings(value: Value) -> Iterator[_Spelling]:
    text = text_of(value)
    yield _Spelling(
        text,
        has_loose_digits=normalised(text).isdigit(),
        has_loose_letters=is_account(text),
        has_loose_changes=value.category not in AS_TYPED,
    )
    yield from _of_kind(value, text)
    if (plain := text.translate(UMLAUTS)) != text:
        yield _Spelling(plain)
        yield from _of_kind(value, plain)


def _of_kind(value: Value, text: str) -> Iterator[_Spelling]:
    if "@" in text:
        yield from _of_email(text)
    if (phone := phone_of(value)) is not None:
        yield from _of_phone(*phone)
    if (day := date_of(value)) is not None:
        yield from _of_date(day)
    elif normalised(text).isdigit():
        yield _Spelling(digits_of(text), has_loose_digits=True)
    if words := name_of(value):
        yield from _of_name([word.translate(UMLAUTS) for word in words] if text != text_of(value) else words)
    if words := street_of(value):
        yield from _of_street(words)
    line = street_line_of(value)
    if len(normalised(" ".join(line))) >= PART_LETTERS:
        yield from (replace(spelling, match="partial") for spelling in _of_street(line))
    if value.category == "free_text" or len(text) > LONG_TEXT:
        yield from _of_long_text(text)


def _of_email(text: str) -> Iterator[_Spelling]:
    local = text.rpartition("@")[0]
    if identifies(local):
        yield _Spelling(local, "partial")


def _of_phone(code: str, national: str) -> Iterator[_Spelling]:
    for prefix in ("", code, f"00{code}", f"011{code}", "0"):
        yield _Spelling(prefix + national, has_loose_digits=True)


def _of_date(day: date) -> Iterator[_Spelling]:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"):
        yield _Spelling(day.strftime(pattern))
    for text in (f"{day.month}/{day.day}/{day.year}", f"{day.day}.{day.month}.{day.year}"):
        yield _Spelling(text, between=BETWEEN_NUMBERS)
    yield _Spelling(f"{day.year}-{day.month}-{day.day}", between=BETWEEN_NUMBERS)
    for text in (f"{day:%m/%d/%y}", f"{day:%d/%m/%y}", f"{day:%d.%m.%y}", f"{day:%m-%d-%y}"):
        yield _Spelling(text, between=BETWEEN_SHORT_NUMBERS)
    days = dict.fromkeys((f"{day.day}", f"{day:%d}", f"{day.day}{ORDINALS.get(day.day, 'th')}"))
    for month in (f"{day:%B}", f"{day:%b}", *([SEPTEMBER] if day.month == 9 else [])):  # noqa: PLR2004 - a month
        for number in days:
            yield _Spelling(f"{number} {month} {day.year}")
            yield _Spelling(f"{number} of {month} {day.year}")
            yield _Spelling(f"{month} {number} {day.year}")
            yield _Spelling(f"{day.year} {month} {number}")
    seconds = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    yield _Spelling(f"{seconds}")
    yield _Spelling(f"{seconds}000")


def _of_name(words: list[str]) -> Iterator[_Spelling]:
    first, last = words[0], words[-1]
    yield _Spelling(f"{last} {first}")
    yield _Spelling(f"{first} {last}")
    yield _Spelling(" ".join([last, *words[:-1]]))
    if identifies(last):
        yield _Spelling(last, "partial")
        yield _Spelling(f"{first[0]}{last}", "partial")


def _of_street(words: list[str]) -> Iterator[_Spelling]:
    number, *rest = words
    name = " ".join(rest[:-1])
    yield _Spelling(" ".join(rest) + f" {number}")
    yield _Spelling(" ".join(words))
    if len(normalised(name or rest[-1])) >= PART_LETTERS:
        yield _Spelling(f"{number} {name or rest[-1]}", "partial")
        yield _Spelling(f"{name or rest[-1]} {number}", "partial")
    if name and identifies(name):
        yield _Spelling(" ".join(rest), "partial")


def _of_long_text(text: str) -> Iterator[_Spelling]:
    words = text.split()
    for start in range(len(words) - WINDOW_WORDS + 1):
        window = " ".join(words[start : start + WINDOW_WORDS])
        if len(normalised(window)) >= WINDOW_LETTERS and any(map(identifies, window.split())):
            yield _Spelling(window, "partial")


def _pattern(folded: str, spelling: _Spelling) -> bytes:
    letters = [(character, position) for position, character in enumerate(folded) if character.isalnum()]
    if not letters:
        return b""
    pieces = [escaped(letters[0][0])]
    for (before, at), (after, next_at) in pairwise(letters):
        if spelling.has_loose_letters or (spelling.has_loose_digits and before.isdigit() and after.isdigit()):
            pieces.append(WITHIN_DIGITS)
        elif spelling.has_loose_changes and before.isdigit() != after.isdigit():
            pieces.append(BETWEEN_CHANGES)
        elif next_at > at + 1:
            pieces.append(spelling.between)
        pieces.append(escaped(after))
    return b"".join(pieces)


def escaped(character: str) -> bytes:
    """The pattern of one character."""
    if character.isascii():
        return re.escape(character).encode()
    return b"".join(b"\\x%02x" % byte for byte in character.encode())
