"""
The forms that one value takes when people and programs write it down.

Each form becomes one pattern of the multi-pattern search: letters in any case, and the signs that may stand between
them. A part counts only if it identifies somebody and is too rare to match by chance.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from maskproof.leaks.spelling.addresses import postcode_spellings, street_spellings
from maskproof.leaks.spelling.dates import date_spellings
from maskproof.leaks.spelling.emails import email_spellings
from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.forms import Check, Spelling
from maskproof.leaks.spelling.names import identifies, name_spellings
from maskproof.leaks.spelling.network import ip_spellings
from maskproof.leaks.spelling.numbers import number_spellings
from maskproof.leaks.spelling.phones import WITHIN_DIGITS, not_abroad, phone_spellings
from maskproof.leaks.spelling.short_values import short_spellings
from maskproof.leaks.spelling.transliteration import latin_spellings
from maskproof.leaks.spelling.value_shapes import (
    IDENTIFIERS,
    date_of,
    digits_of,
    is_account,
    name_of,
    phones_of_value,
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
# Between the letters and the digits of a code, except in values that are written as they are typed.
BETWEEN_CHANGES = rb"[^0-9A-Za-z\x00]{0,2}"
AS_TYPED = frozenset({"password", "email", "free_text", "address"})
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe", "Å": "Aa", "Ø": "Oe"}
)
# Forms of one value at most; a text of a thousand words has more parts than are worth their time.
BUDGET = 500


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
        form: Its kind, a key of `FORMS`.
        check: Judges each place that the pattern finds.
        has_own_bounds: Whether the check also judges what touches the form, in place of `bounded`.

    """

    value: Value
    text: str
    pattern: bytes
    match: str
    bounded: bool
    form: str = "as typed"
    check: Check | None = None
    has_own_bounds: bool = True


def variants_of(value: Value) -> list[Variant]:
    """Every form of a value once, forms of the whole value first; at most `BUDGET`."""
    return list(islice(_variants(value), BUDGET))


def dropped_forms(value: Value) -> int:
    """How many forms of a value are beyond the budget."""
    return max(0, sum(1 for _ in _variants(value)) - BUDGET)


def _variants(value: Value) -> Iterator[Variant]:
    seen: set[tuple[bytes, str]] = set()
    for spelling in short_spellings(value) if value.is_short else _spellings(value):
        folded = fold(spelling.text)[:ENOUGH]
        pattern = spelling.pattern or _pattern(folded, spelling)
        letters = normalised(folded)
        is_known = (pattern, spelling.form if spelling.check else "") in seen
        if is_known or (len(letters) < PART_LETTERS and spelling.check is None):
            continue
        seen.add((pattern, spelling.form if spelling.check else ""))
        is_bounded = spelling.is_bounded or _is_bounded(spelling.match, letters)
        check, own = spelling.check, spelling.has_own_bounds
        yield Variant(value, folded, pattern, spelling.match, is_bounded, spelling.form, check, own)


def _is_bounded(match: str, letters: str) -> bool:
    if match == "partial":
        return True
    return len(letters) < (RARE_DIGITS if letters.isdigit() else RARE_LETTERS)


def _spellings(value: Value) -> Iterator[Spelling]:
    text = text_of(value)
    if addresses := list(ip_spellings(text)):
        yield from addresses
        return
    codes = [phone.code for phone in phones_of_value(value)]
    yield Spelling(
        text,
        check=not_abroad(codes) if codes and not text.startswith("+") else None,
        has_own_bounds=False,
        has_loose_digits=normalised(text).isdigit(),
        has_loose_letters=is_account(text) or value.category in IDENTIFIERS,
        has_loose_changes=value.category not in AS_TYPED,
        is_bounded=bool(street_of(value)) or value.category in IDENTIFIERS,
    )
    yield from _of_kind(value, text)
    if (plain := text.translate(UMLAUTS)) != text:
        yield Spelling(plain, "spelled out")
        yield from _of_kind(value, plain)
    if value.category == "name" or name_of(value):
        for latin in latin_spellings(text):
            yield Spelling(latin, "transliteration")
            yield from (replace(spelling, form="transliteration") for spelling in name_spellings(latin.split()))


def _of_kind(value: Value, text: str) -> Iterator[Spelling]:
    if "@" in text:
        yield from email_spellings(text)
    phones = phones_of_value(value)
    if phones:
        yield from phone_spellings(phones)
    if (day := date_of(value)) is not None:
        yield from date_spellings(day)
    elif normalised(text).isdigit() and not phones:
        digits = digits_of(fold(text))
        yield Spelling(digits, "whole number", has_loose_digits=True)
        yield from number_spellings(digits)
    if words := name_of(value):
        yield from name_spellings([word.translate(UMLAUTS) for word in words] if text != text_of(value) else words)
    yield from _of_address(value)
    if value.category == "free_text" or len(text) > LONG_TEXT:
        yield from _of_long_text(text)


def _of_address(value: Value) -> Iterator[Spelling]:
    if words := street_of(value):
        yield from street_spellings(words)
    line = street_line_of(value)
    if len(normalised(" ".join(line))) >= PART_LETTERS:
        yield from (replace(spelling, match="partial") for spelling in street_spellings(line))
    if value.category == "address":
        yield from postcode_spellings(text_of(value))


def _of_long_text(text: str) -> Iterator[Spelling]:
    words = text.split()
    for start in range(len(words) - WINDOW_WORDS + 1):
        window = " ".join(words[start : start + WINDOW_WORDS])
        if len(normalised(window)) >= WINDOW_LETTERS and any(map(identifies, window.split())):
            yield Spelling(window, "part of a text", "partial")


def _pattern(folded: str, spelling: Spelling) -> bytes:
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
