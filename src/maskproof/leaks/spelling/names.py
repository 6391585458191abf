"""The ways to write a name of several words: which words say who it is, and in which order they stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from maskproof.leaks.spelling.common_words import COMMON_WORDS
from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.forms import Spelling
from maskproof.leaks.spelling.name_words import GIVEN_NAMES, PARTICLES, SUFFIXES, TITLES
from maskproof.leaks.text_heuristics import PART_LETTERS
from maskproof.secrets import normalised

# What separates the words of a mailbox or a user name.
LOCAL_SEPARATOR = re.compile(r"[._+\-\s]+")
# Letters that two words of a longer name have at least to say whose it is.
PAIR_LETTERS = 6
# From so many words on, two of them are taken for given names and two for surnames.
TWO_GIVEN = 4


class NameParts(NamedTuple):
    """A name without titles and suffixes: its first given name, those in the middle, and the surnames."""

    first: str
    middle: tuple[str, ...]
    surnames: tuple[str, ...]


def parts_of(words: list[str]) -> NameParts | None:
    """
    The parts of a name, with its given names first; None if fewer than two words are left.

    A particle belongs to the surname behind it. Of three words the one in the middle is a given name if it is a
    frequent one, or an initial; else it is a surname.
    """
    left = [word for word in words if fold(word).strip(".") not in SUFFIXES] if len(words) > 2 else words  # noqa: PLR2004
    while len(left) > 2 and fold(left[0]).strip(".") in TITLES:  # noqa: PLR2004 - a given name and a surname
        left = left[1:]
    if len(left) < 2:  # noqa: PLR2004 - a given name and a surname
        return None
    first, *rest = left
    names = _with_particles(rest)
    given = sum(1 for name in names[:-1] if _is_given(name)) if len(names) > 1 else 0
    if len(names) >= TWO_GIVEN - 1:
        given = max(1, min(given, len(names) - 2)) if len(names[-2]) > 2 else given  # noqa: PLR2004 - an initial
    return NameParts(first, tuple(names[:given]), tuple(names[given:]))


def _with_particles(words: list[str]) -> list[str]:
    names: list[str] = []
    waiting: list[str] = []
    for word in words:
        waiting.append(word)
        if fold(word) not in PARTICLES:
            names.append(" ".join(waiting))
            waiting = []
    return names if not waiting else [*names[:-1], " ".join([*names[-1:], *waiting])]


def _is_given(name: str) -> bool:
    return fold(name) in GIVEN_NAMES or fold(name) in COMMON_WORDS or len(normalised(name)) == 1


def name_spellings(words: list[str]) -> Iterator[Spelling]:
    """Every form of a name, given names first."""
    name = parts_of(words)
    if name is None:
        return
    surnames = _surnames(name)
    for surname in surnames:
        yield from _orders(name, surname)
    for surname in surnames:
        yield from _with_initials(name, surname)
    yield from _surnames_alone(name)


def _surnames(name: NameParts) -> list[str]:
    """The surnames as they are written: all of them, each of two, and without their particles."""
    every = [" ".join(name.surnames)]
    if len(name.surnames) > 1:
        every += name.surnames
    every += [part for surname in name.surnames if "-" in surname for part in surname.split("-") if identifies(part)]
    every += [_without_particles(surname) for surname in every]
    return list(dict.fromkeys(every))


def _without_particles(surname: str) -> str:
    return " ".join(word for word in surname.split() if fold(word) not in PARTICLES) or surname


def _orders(name: NameParts, surname: str) -> Iterator[Spelling]:
    first, middle = name.first, " ".join(name.middle)
    is_long = len(normalised(first + surname)) >= PAIR_LETTERS
    is_doubtful = len(name.surnames) > 1 and all(fold(word) in COMMON_WORDS | GIVEN_NAMES for word in surname.split())
    if not is_long or is_doubtful:
        if len(name.surnames) == 1 and not name.middle:
            yield from (Spelling(text, "name order") for text in (f"{surname} {first}", f"{first} {surname}"))
        return
    for text in (f"{surname} {first}", f"{first} {surname}"):
        yield Spelling(text, "name order")
    if middle:
        yield Spelling(f"{surname} {first} {middle}", "name order")
        yield Spelling(f"{first} {middle} {surname}", "name order")


def _with_initials(name: NameParts, surname: str) -> Iterator[Spelling]:
    initials = [word[0] for word in name.middle]
    is_whole = len(name.surnames) > 1 and surname == " ".join(name.surnames)
    if name.middle:
        middle = " ".join(initials)
        for text in (f"{name.first} {middle} {surname}", f"{surname} {name.first} {middle}"):
            yield Spelling(text, "initials", is_bounded=True)
    if not (is_whole or identifies(surname)):
        return
    for every in dict.fromkeys(("".join([name.first[0], *initials]), name.first[0])):
        spread = " ".join(every)
        yield Spelling(f"{spread} {surname}", "initials", "partial")
        yield Spelling(f"{surname} {spread}", "initials", "partial")


def _surnames_alone(name: NameParts) -> Iterator[Spelling]:
    whole = " ".join(name.surnames)
    for surname in dict.fromkeys((*name.surnames, *map(_without_particles, name.surnames))):
        if identifies(_without_particles(surname)):
            yield Spelling(surname, "surname", "partial")
    words = [fold(word) for word in whole.split()]
    is_common = sum(word in COMMON_WORDS | GIVEN_NAMES for word in words) > len(words) - 2
    if len(name.surnames) > 1 and len(normalised(whole)) >= PAIR_LETTERS and not is_common:
        yield Spelling(whole, "surname", "partial")


def identifies(part: str) -> bool:
    """Whether a part is rare enough to identify somebody."""
    words = [word for word in LOCAL_SEPARATOR.split(fold(part)) if word]
    return len(normalised(part)) > PART_LETTERS and not all(word in COMMON_WORDS for word in words)
