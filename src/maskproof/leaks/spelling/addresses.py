"""The ways to write an address: abbreviated, in another order, over lines, its postcode in one piece or two."""

import re
from collections.abc import Iterator
from itertools import islice, product

from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.forms import Spelling
from maskproof.leaks.spelling.names import identifies
from maskproof.leaks.spelling.street_words import DIRECTIONS, ENDINGS, STREET_KINDS, STREET_WORDS
from maskproof.leaks.text_heuristics import PART_LETTERS
from maskproof.secrets import normalised

# A postcode that is written in two pieces: British, Canadian, Dutch, Swedish.
POSTCODES = (
    re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})"),
    re.compile(r"([A-Z]\d[A-Z]) ?(\d[A-Z]\d)"),
    re.compile(r"(\d{4}) ?([A-Z]{2})"),
)
NUMBER_WORDS = ("no", "nr", "n", "num")
# Ways to write one street at most.
MOST_WAYS = 24


def is_street_line(words: list[str]) -> bool:
    """Whether one of the words is a kind of street, alone or at the end of a name."""
    folded = [fold(word).strip(".") for word in words]
    return any(word in STREET_KINDS or word.endswith(tuple(ENDINGS)) for word in folded)


def street_spellings(words: list[str]) -> Iterator[Spelling]:
    """Every form of a street line, given with its number first."""
    number, *rest = words
    name = _name(rest)
    for written in (" ".join(rest), *_abbreviated(rest)):
        for text in (
            f"{written} {number}",
            f"{number} {written}",
            *(f"{written} {no} {number}" for no in NUMBER_WORDS),
        ):
            yield Spelling(text, "street", is_bounded=True, has_loose_changes=True)
    if len(normalised(name)) >= PART_LETTERS:
        yield Spelling(f"{number} {name}", "street", "partial")
        yield Spelling(f"{name} {number}", "street", "partial")
    if len(rest) > 1 and identifies(name):
        yield Spelling(" ".join(rest), "street", "partial")


def _name(words: list[str]) -> str:
    """A street without its kind, which stands before its name or behind it."""
    if len(words) > 1 and fold(words[0]).strip(".") in STREET_WORDS:
        return " ".join(words[1:])
    return " ".join(words[:-1]) or words[-1]


def _abbreviated(words: list[str]) -> list[str]:
    """A street with every other way to write its kind and its direction, wherever they stand."""
    ways = [[word, *_other_words(fold(word).strip("."))] for word in words]
    written = dict.fromkeys(" ".join(some) for some in islice(product(*ways), MOST_WAYS))
    return [text for text in written if text != " ".join(words)]


def _other_words(word: str) -> list[str]:
    others = [other for other in STREET_WORDS.get(word, ()) if other != word]
    others += [DIRECTIONS[word]] if word in DIRECTIONS else []
    others += [full for full, short in DIRECTIONS.items() if short == word]
    return others + _other_endings(word)


def _other_endings(word: str) -> list[str]:
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) > len(one) + 2), "")
    stem = word.removesuffix(ending)
    return [stem + other for other in ENDINGS.get(ending, ()) if other != ending]


def postcode_spellings(text: str) -> Iterator[Spelling]:
    """A postcode of two pieces, in two and in one."""
    for shape in POSTCODES:
        if found := shape.fullmatch(text.upper()):
            yield Spelling(f"{found[1]} {found[2]}", "as typed", is_bounded=True)
            return
