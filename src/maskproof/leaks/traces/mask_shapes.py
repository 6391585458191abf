"""The shapes of masked texts: runs of mask characters, with the clear characters around them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

MASK_CHARACTERS = "*•●█"
# Letters and signs that are mask characters in masked numbers only.
NUMBER_MASKS = "xX#"
RUN = re.compile(r"[*•●█]{2,}|(?<![A-Za-z&])[xX#]{2,}(?![A-Za-z])")
# Signs in the clear text beside a run, and how many characters of it are read.
SIGNS = "@.+-:/()_"
REACH = 64
# The next word, if it has a run of its own or is a group of digits; and groups of digits before a run.
NEXT = re.compile(r" (?:[\w@.+\-:/()]{0,32}[*•●█xX#]{2,64}[\w@.+\-:/()*•●█#]{0,64}|\d[\d\-]{1,7}(?!\w))")
PREVIOUS = re.compile(r"(?<!\w)(?:\d{2,8} ){1,3}$")
# Last digits in words: `ending in 1234`.
IN_WORDS = re.compile(r"\b(?:end(?:ing|s)?(?: in| with)?|last (?:four|4)(?: digits)?)\W{0,6}(\d{4})\b", re.IGNORECASE)
SEPARATORS = re.compile(r"[\s.\-()/]+")
# So many clear letters or digits identify a value; one is enough where the mask is as long as the value.
TELLING = 3
EDGES = ".:/()"


def masked_span(text: str, place: int) -> tuple[str, int] | None:
    """
    The masked text at a place: a run of mask characters with the clear text around it.

    Args:
        text: The text to read.
        place: Index of a character in the run, or just behind it.

    Returns:
        The masked text and the index at which it begins; none where no run is.

    """
    run = next((match for match in RUN.finditer(text, max(0, place - REACH)) if match.end() >= place), None)
    if run is None or run.start() > place:
        return None
    start, end = run.span()
    while start > max(0, run.start() - REACH) and _belongs(text[start - 1]):
        start -= 1
    while end < min(len(text), run.end() + REACH) and _belongs(text[end]):
        end += 1
    while following := NEXT.match(text, end):
        end = following.end()
    before = PREVIOUS.search(text[max(0, start - REACH) : start])
    start -= len(before[0]) if before else 0
    span = text[start:end]
    return span.strip(EDGES), start + len(span) - len(span.lstrip(EDGES))


def _belongs(character: str) -> bool:
    return character.isalnum() or character in SIGNS or character in MASK_CHARACTERS


class Masked(NamedTuple):
    """A masked text: the text, its clear parts before, between and behind the runs, and the length of all runs."""

    text: str
    clear: tuple[str, ...]
    masked: int

    @classmethod
    def of(cls, text: str) -> "Masked":
        """Read a masked text."""
        clear = tuple(RUN.split(text))
        return cls(text, clear, len(text) - sum(map(len, clear)))

    @property
    def is_clear_anywhere(self) -> bool:
        """Whether any letter or digit is clear."""
        return any(character.isalnum() for part in self.clear for character in part)

    def compact(self) -> "Masked":
        """The same text without separators between groups of digits."""
        return Masked.of(SEPARATORS.sub("", self.text))

    def is_shape_of(self, value: str) -> bool:
        """Whether each character of a value stands here as itself or as a mask character; spaces as themselves."""
        if len(self.text) != len(value):
            return False
        pairs = zip(self.text, value, strict=True)
        masks = MASK_CHARACTERS + NUMBER_MASKS
        return all(masked == plain or (masked in masks and not plain.isspace()) for masked, plain in pairs)

    def reveals(self, value: str) -> bool:
        """Whether the clear parts are those of a value (case folded) at the same places, and enough to identify it."""
        folded = [part.casefold() for part in self.clear]
        if len(folded) == 1 or not (value.startswith(folded[0]) and value.endswith(folded[-1])):
            return False
        is_as_long = len(self.text) == len(value) and self.masked > TELLING
        if sum(character.isalnum() for part in folded for character in part) < (1 if is_as_long else TELLING):
            return False
        return _stand_apart(folded, value)


def _stand_apart(parts: Sequence[str], value: str) -> bool:
    """Whether parts stand in a value in order, the first and last at its ends, with something between each two."""
    at = len(parts[0])
    for part in parts[1:-1]:
        at = value.find(part, at + 1)
        if at < 0:
            return False
        at += len(part)
    return at < len(value) - len(parts[-1])
