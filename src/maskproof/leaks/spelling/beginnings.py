"""
Beginnings of a value that identify somebody wherever they stand: what an echo shows while the value is still typed.

A search that answers late shows a name or a number that is not complete, often within a sentence. A beginning counts
there if it reaches well into the last word of a name, or if it is most of a number. A given name alone, and the
beginning of a single word, are no beginning in this sense.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from maskproof.leaks.spelling.common_words import COMMON_WORDS
from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.value_shapes import digits_of, name_of, phone_of, text_of
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.spelling.variants import LOCAL_SEPARATOR, WITHIN_DIGITS, Variant, escaped
from maskproof.secrets import normalised

# Least letters of the last word, of which one more letter or several are missing. Fewer are an ordinary word or another
# name too often: "will" of Williams, "John" of Johnson.
REACHED_LETTERS, REACHED_OF_SHORT = 5, 4
# Least digits of a number, and its least share: eight given digits stand at a place by chance with 1e-8.
REACHED_DIGITS, REACHED_SHARE = 8, 0.6
# What stands between the words of a name, or of a mailbox, in one run. A comma lists several people.
BETWEEN = rb"[ ._+\-]{1,2}"


def beginnings_of(value: Value) -> Iterator[Variant]:
    """The beginnings of a value that count anywhere in a text."""
    text = text_of(value)
    if words := name_of(value):
        yield from _of_words(value, words)
    if "@" in text:
        yield from _of_words(value, [word for word in LOCAL_SEPARATOR.split(text.rpartition("@")[0]) if word])
    if (phone := phone_of(value)) is not None:
        for number in dict.fromkeys((phone[1], "".join(phone))):
            yield from _of_number(value, number)
    elif normalised(text).isdigit():
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
        yield Variant(value, " ".join([*before, ends[0]]), pattern, "partial", bounded=True)


def _of_number(value: Value, digits: str) -> Iterator[Variant]:
    """From most of the digits to all but one."""
    least = max(REACHED_DIGITS, ceil(REACHED_SHARE * len(digits)))
    if least >= len(digits):
        return
    steps = [WITHIN_DIGITS + after.encode() for _, after in pairwise(digits[:-1])]
    pattern = digits[:1].encode() + b"".join(steps[: least - 1])
    for step in steps[least - 1 :]:
        pattern += b"(?:" + step
    pattern += b")?" * len(steps[least - 1 :])
    yield Variant(value, digits[:-1], pattern, "partial", bounded=True, goes_on=True)
