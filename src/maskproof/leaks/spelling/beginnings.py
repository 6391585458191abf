"""
Beginnings of a value that identify somebody wherever they stand: what an echo shows while the value is still typed.

A search that answers late shows a name or a number that is not complete, often within a sentence. A beginning counts
there if it reaches well into the last word of a name, or if it is most of a long number. A given name alone, and the
beginning of a single word, are no beginning in this sense.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from maskproof.leaks.spelling.common_words import COMMON_WORDS
from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.forms import not_before
from maskproof.leaks.spelling.names import LOCAL_SEPARATOR
from maskproof.leaks.spelling.phones import WITHIN_DIGITS
from maskproof.leaks.spelling.value_shapes import digits_of, name_of, text_of
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.spelling.variants import RARE_DIGITS, Variant, escaped
from maskproof.secrets import normalised

# Least letters of the last word, of which one more letter or several are missing. Fewer are an ordinary word or another
# name too often: "will" of Williams, "John" of Johnson.
REACHED_LETTERS, REACHED_OF_SHORT = 5, 4
# Least digits of a number. With fewer, a phone number that lacks a digit is another number.
REACHED_DIGITS = RARE_DIGITS
# What behind a beginning makes it the name, mailbox or number of somebody else.
ANOTHER_NAME = re.compile(rb"[0-9A-Za-z@]")
ANOTHER_GROUP = re.compile(WITHIN_DIGITS + rb"\d")
# What stands between the words of a name, or of a mailbox, in one run. A comma lists several people.
BETWEEN = rb"[ ._+\-]{1,2}"


def beginnings_of(value: Value) -> Iterator[Variant]:
    """The beginnings of a value that count anywhere in a text."""
    if value.is_short:
        return
    text = text_of(value)
    if words := name_of(value):
        yield from _of_words(value, words)
    if "@" in text:
        yield from _of_words(value, [word for word in LOCAL_SEPARATOR.split(text.rpartition("@")[0]) if word])
    if normalised(text).isdigit():
        yield from _of_number(value, digits_of(text))


def _of_words(value: Value, words: Sequence[str]) -> Iterator[Variant]:
    """All words but the last, and from `REACHED_LETTERS` to all but one of the letters of the last."""
    *before, last = [fold(word) for word in words]
    least = REACHED_LETTERS if len(last) > REACHED_LETTERS else REACHED_OF_SHORT
    ends = [last[:size] for size in range(len(last) - 1, least - 1, -1)]
    ends = [end for end in ends if end not in COMMON_WORDS and end.isalpha()]
    if before and ends:
        spelt = BETWEEN.join(b"".join(map(escaped, word)) for word in before)
        any_end = b"|".join(b"".join(map(escaped, end)) for end in ends)
        pattern = spelt + BETWEEN + b"(?:" + any_end + b")"
        yield _beginning(value, " ".join([*before, ends[0]]), pattern, ANOTHER_NAME)


def _of_number(value: Value, digits: str) -> Iterator[Variant]:
    """From `REACHED_DIGITS` of the digits to all but one."""
    if len(digits) <= REACHED_DIGITS:
        return
    steps = [WITHIN_DIGITS + after.encode() for _, after in pairwise(digits[:-1])]
    pattern = digits[:1].encode() + b"".join(steps[: REACHED_DIGITS - 1])
    for step in steps[REACHED_DIGITS - 1 :]:
        pattern += b"(?:" + step
    pattern += b")?" * len(steps[REACHED_DIGITS - 1 :])
    yield _beginning(value, digits[:-1], pattern, ANOTHER_GROUP)


def _beginning(value: Value, text: str, pattern: bytes, goes_on: re.Pattern[bytes]) -> Variant:
    return Variant(
        value, text, pattern, "partial", bounded=True, form="beginning", check=not_before(goes_on), has_own_bounds=False
    )
