"""What masked texts look like: runs of mask characters, with what was left in clear around them."""

import re
from typing import NamedTuple

MASK_CHARACTERS = "*•●█"
# Letters and signs that stand for digits in masked numbers only.
NUMBER_MASKS = "xX#"
RUN = re.compile(r"[*•●█]{2,}|(?<![A-Za-z&])[xX#]{2,}(?![A-Za-z])")
# What may be left in clear beside a run, and words with runs of their own or groups of digits beside those.
SIGNS = "@.+-:/()_"
REACH = 64
NEXT = re.compile(r" (?:[\w@.+\-:/()]{0,32}[*•●█xX#]{2,64}[\w@.+\-:/()*•●█#]{0,64}|\d[\d\-]{1,7}(?!\w))")
PREVIOUS = re.compile(r"(?<!\w)(?:\d{2,8} ){1,3}$")
# Last digits told in words: `ending in 1234`.
IN_WORDS = re.compile(r"\b(?:end(?:ing|s)?(?: in| with)?|last (?:four|4)(?: digits)?)\W{0,6}(\d{4})\b", re.IGNORECASE)
SEPARATORS = re.compile(r"[\s.\-()/]+")
# So many letters or digits in clear mean a value; one is enough where the mask is as long as the value.
TELLING = 3
EDGES = ".:/()"


def masked_span(text: str, place: int) -> tuple[str, int] | None:
    """The run of mask characters that ends at a place or behind it, with what is in clear around it; and its start."""
    run = next((one for one in RUN.finditer(text, max(0, place - REACH)) if one.end() >= place), None)
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
    """A masked text: as it is, what is in clear before, between and behind its runs, and how long those are."""

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
        """Whether a letter or digit is left in clear."""
        return any(one.isalnum() for part in self.clear for one in part)

    def compact(self) -> "Masked":
        """The same without what separates groups of digits."""
        return Masked.of(SEPARATORS.sub("", self.text))

    def is_shape_of(self, value: str) -> bool:
        """Whether there is a mask character, or the same sign, for each character of a value; spaces are kept."""
        if len(self.text) != len(value):
            return False
        pairs = zip(self.text, value, strict=True)
        masks = MASK_CHARACTERS + NUMBER_MASKS
        return all(masked == one or (masked in masks and not one.isspace()) for masked, one in pairs)

    def tells(self, value: str) -> bool:
        """Whether what is in clear is what a value, case folded, has there, and enough to mean it."""
        folded = [part.casefold() for part in self.clear]
        if len(folded) == 1 or not (value.startswith(folded[0]) and value.endswith(folded[-1])):
            return False
        is_as_long = len(self.text) == len(value) and self.masked > TELLING
        if sum(one.isalnum() for part in folded for one in part) < (1 if is_as_long else TELLING):
            return False
        return re.fullmatch(".+".join(map(re.escape, folded)), value, re.DOTALL) is not None
