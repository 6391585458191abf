"""The words of dates in the languages that browsers know, from CLDR by Babel: months, and what stands between parts."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from maskproof.leaks.spelling.folding import fold

MONTHS = 12
# Of two languages that call different months by one name, these decide.
MOST_READ = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "id", "ar"})
# Countries whose months are not those of their language elsewhere.
OF_COUNTRIES = (
    "de_AT", "ar_DZ", "ar_IQ", "ar_JO", "ar_LB", "ar_MA", "ar_SY", "ar_TN", "en_AU", "en_CA", "es_MX", "fr_CA",
    "fr_CH", "it_CH", "pt_PT",
)  # fmt: skip
SCRIPT = re.compile(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?")
SHORTEST = 3
# Written by hand and left out of CLDR: old abbreviations, ordinals, and the word for the day.
MORE_MONTHS = {9: ("sept",), 3: ("mrz",), 5: ("mei",), 10: ("okt",)}
MORE_BETWEEN = frozenset(
    {
        "of",
        "day of",
        "the",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "ere",
        "eme",
        "e",
        "a",
        "o",
        "de",
        "del",
        "di",
        "do",
        "den",
        "nam",
        "g",
        "พ.ศ",
    }
)
QUOTED = re.compile(r"'([^']+)'")
PLAIN_BEYOND = re.compile(r"[^\x00-\x7f]+")


class CalendarWords(NamedTuple):
    """Folded names of each month, January first, and the folded words that stand between the parts of a date."""

    months: tuple[frozenset[str], ...]
    between: frozenset[str]


@cache
def calendar_words() -> CalendarWords:
    """The words of every language in CLDR; read when the first date is met, as that takes half a second."""
    from babel import Locale, localedata

    names: list[set[str]] = [set() for _ in range(MONTHS)]
    best: list[set[str]] = [set() for _ in range(MONTHS)]
    between = set(MORE_BETWEEN)
    for identifier in (*filter(SCRIPT.fullmatch, localedata.locale_identifiers()), *OF_COUNTRIES):
        locale = Locale.parse(identifier)
        for month, name in _months(locale):
            names[month - 1].add(name)
            if locale.language in MOST_READ:
                best[month - 1].add(name)
        between.update(_between(locale))
    for month, more in MORE_MONTHS.items():
        names[month - 1].update(more)
    taken = [set().union(*(other for other in best if other is not own)) - own for own in best]
    months = tuple(frozenset(some - others) for some, others in zip(names, taken, strict=True))
    return CalendarWords(months, frozenset(between))


def _months(locale: object) -> Iterator[tuple[int, str]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():  # type: ignore[attr-defined]
                folded = fold(name).strip(" .")
                # A number with a word, as in Vietnamese, counts; a number with a sign is a date in numbers.
                letters = "".join(sign for sign in folded if not sign.isdigit())
                if len(letters) >= SHORTEST or (letters == folded and not folded.isascii()):
                    yield month, folded


def _between(locale: object) -> Iterator[str]:
    for width in ("wide", "abbreviated"):
        for era in locale.eras[width].values():  # type: ignore[attr-defined]
            yield fold(era).strip(" .")
    for form in locale.date_formats.values():  # type: ignore[attr-defined]
        pattern = str(form.pattern)
        for text in (*QUOTED.findall(pattern), *PLAIN_BEYOND.findall(QUOTED.sub(" ", pattern))):
            folded = fold(text).strip(" .,-")
            if folded and not any(map(str.isdigit, folded)):
                yield folded
