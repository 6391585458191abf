"""
The forms that one value takes when people and programs write it down.

Each form becomes one pattern of the multi-pattern search: letters without regard to case, and what may
stand between them. A part counts only where it identifies and is too rare to collide.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

import phonenumbers

from maskproof.leaks.common_words import COMMON_WORDS
from maskproof.leaks.values import Value
from maskproof.secrets import normalised

PART_LENGTH = 5
RARE_DIGITS = 9
WINDOW_WORDS = 4
LONG_TEXT = 40
# What may stand between two letters or digits: nothing within a word, a separator where the value has one.
WITHIN_DIGITS = rb"[ ._\-/()]{0,3}"
BETWEEN_WORDS = rb"[^0-9A-Za-z\x00]{0,8}"
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%Y%m%d")
LOCAL_SEPARATOR = re.compile(r"[._+\-]+")


@dataclass(frozen=True, slots=True)
class Variant:
    """
    One form of a value.

    `text` is its folded spelling; `pattern` finds it; `bounded` means that no letter or digit may touch it.
    """

    value: Value
    text: str
    pattern: bytes
    match: str
    bounded: bool


def variants_of(value: Value) -> Iterator[Variant]:
    """Every form of a value, the whole ones first; none twice."""
    seen: set[bytes] = set()
    for text, match, loose in _spellings(value):
        folded = fold(text)
        pattern = _pattern(folded, loose_digits=loose)
        letters = normalised(folded)
        if len(letters) < PART_LENGTH or pattern in seen:
            continue
        seen.add(pattern)
        bounded = match == "partial" or (letters.isdigit() and len(letters) < RARE_DIGITS)
        yield Variant(value, folded, pattern, match, bounded)


def fold(text: str) -> str:
    """Text in the form that patterns are written in: compatibility forms and diacritics gone, case folded."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one)).casefold()


def _spellings(value: Value) -> Iterator[tuple[str, str, bool]]:
    text = " ".join(value.secret.reveal().split())
    digits = "".join(one for one in text if one.isdigit())
    letters = normalised(text)
    yield text, "normalised", letters.isdigit()
    if "@" in text:
        yield from _of_email(text)
    elif letters.isdigit():
        yield digits, "normalised", True
        yield from _of_phone(text, value.category)
        yield from _of_date(text)
    elif value.category == "name":
        yield from _of_name(text)
    elif value.category == "address":
        yield from _of_street(text)
    elif value.category == "date_of_birth":
        yield from _of_date(text)
    if value.category == "phone":
        yield from _of_phone(text, value.category)
    if value.category == "free_text" or len(text) > LONG_TEXT:
        yield from _of_long_text(text)


def _of_email(text: str) -> Iterator[tuple[str, str, bool]]:
    local = text.rpartition("@")[0]
    if _identifies(local):
        yield local, "partial", False


def _of_phone(text: str, category: str) -> Iterator[tuple[str, str, bool]]:
    if category != "phone":
        return
    for region in ("US", None):
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        yield str(number.national_number), "normalised", True
        return


def _of_date(text: str) -> Iterator[tuple[str, str, bool]]:
    day = _parsed_date(text)
    if day is None:
        return
    for pattern in DATE_FORMATS:
        yield day.strftime(pattern), "normalised", False
    for spelled in (
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day} {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day:%b} {day.day} {day.year}",
        f"{day.year} {day:%B} {day.day}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}th {day:%B} {day.year}",
        f"{day:%B} {day.day}th {day.year}",
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%d} {day:%B} {day.year}",
        f"{day:%B} {day:%d} {day.year}",
        f"{day:%d} {day:%b} {day.year}",
        f"{day:%b} {day:%d} {day.year}",
        f"{day:%m%d%Y}",
        f"{day:%d%m%Y}",
    ):
        yield spelled, "normalised", False


def _parsed_date(text: str) -> date | None:
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _of_name(text: str) -> Iterator[tuple[str, str, bool]]:
    words = text.split()
    if len(words) > 1:
        first, last = words[0], words[-1]
        yield f"{last} {first}", "normalised", False
        yield f"{first} {last}", "normalised", False
        if len(last) >= PART_LENGTH:
            yield f"{first[0]} {last}", "partial", False
        if _identifies(last):
            yield last, "partial", False


def _of_street(text: str) -> Iterator[tuple[str, str, bool]]:
    words = text.split()
    if len(words) > 2 and words[0].isdigit():  # noqa: PLR2004 - number, name, kind
        yield " ".join(words[:-1]), "partial", False
        yield " ".join([*words[1:], words[0]]), "normalised", False
        name = " ".join(words[1:-1])
        if _identifies(name):
            yield " ".join(words[1:]), "partial", False


def _of_long_text(text: str) -> Iterator[tuple[str, str, bool]]:
    words = text.split()
    for start in range(len(words) - WINDOW_WORDS + 1):
        window = words[start : start + WINDOW_WORDS]
        if any(_identifies(word) for word in window):
            yield " ".join(window), "partial", False


def _identifies(part: str) -> bool:
    """Whether a part is rare enough to say who is meant."""
    words = [word for word in LOCAL_SEPARATOR.split(fold(part)) if word]
    letters = normalised(part)
    return len(letters) > PART_LENGTH and not all(word in COMMON_WORDS for word in words)


def _pattern(folded: str, *, loose_digits: bool) -> bytes:
    letters = [(one, position) for position, one in enumerate(folded) if one.isalnum()]
    if not letters:
        return b""
    pieces = [_escaped(letters[0][0])]
    for (before, at), (after, next_at) in pairwise(letters):
        if next_at > at + 1:
            pieces.append(BETWEEN_WORDS)
        elif loose_digits and before.isdigit() and after.isdigit():
            pieces.append(WITHIN_DIGITS)
        pieces.append(_escaped(after))
    return b"".join(pieces)


def _escaped(character: str) -> bytes:
    if character.isascii():
        return re.escape(character).encode()
    return b"".join(b"\\x%02x" % one for one in character.encode())
