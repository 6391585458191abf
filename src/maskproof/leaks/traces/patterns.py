"""
The patterns of PII: for each kind a cheap prefilter, the exact shape, and a judge (checksum or numbering plan).

Libraries decide: python-stdnum for SSN, ITIN, IBAN and Luhn, phonenumbers for phone numbers. This module adds tables
(`ranges.py`) and rules about the text around a match.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import phonenumbers
from stdnum import iban, luhn
from stdnum.us import itin, ssn

from maskproof.leaks.traces.identifiers import is_another_number
from maskproof.leaks.traces.ranges import (
    FILE_ENDINGS,
    ISSUERS,
    ROLES,
    TEST_CARDS,
    TEST_DOMAINS,
    TEST_IBANS,
    TEST_ISSUERS,
    TEST_PHONES,
    TEST_SSNS,
    TEST_TOP_LEVELS,
)

Range = Literal["issued", "test"]

# A number with one of these names before it is no card, phone or SSN, whatever its checksum says.
OTHER_NUMBER = re.compile(
    r"(?:order|invoice|part|item|sku|serial|article|ticket|tracking|batch|session|request|trace|track|product|"
    r"catalog(?:ue)?|barcode|ean|gtin|isbn|upc|imei|timestamp|time|version|build|commit|lot|case|ref(?:erence)?)"
    r"[\s_-]?(?:no|nr|num|number|id|code|ts)?s?[\s\"'.:=#>_-]{0,6}$",
    re.IGNORECASE,
)
CARD_WORD = re.compile(r"(?:card|visa|master|amex|credit|debit|pan|cc|payment)\w*[\s\"'.:=#>_-]{0,6}$", re.IGNORECASE)
SSN_WORD = re.compile(r"(?:ssn|social[\s_-]?security|itin|taxpayer)[^0-9]{0,24}$", re.IGNORECASE)
PHONE_WORD = re.compile(
    # The texts are read as Latin-1, in which letters beyond ASCII are several signs.
    r"(?:phone|tel|t\xc3\xa9l|mobile|m\xc3\xb3vil|cell|fax|msisdn|sms|whatsapp|call|handy)[^\s0-9:=]{0,14}[^0-9A-Za-z]{0,10}$",
    re.IGNORECASE,
)
# The text goes on: it is part of a longer number, a word, a version, a URL or an id.
GOES_ON_BEFORE = re.compile(r"(?:[0-9A-Za-z_]|[A-Za-z][-_#.]|[0-9][-_./:#])$")
GOES_ON_AFTER = re.compile(r"[0-9A-Za-z_]|[-_.][0-9A-Za-z]|[/:][0-9]")


class Excerpt(NamedTuple):
    """A text that may be PII, up to 40 characters before and behind it, and the regions of national phone numbers."""

    text: str
    before: str
    after: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatternRule:
    """
    One kind of PII.

    `prefilters` are patterns of the multi-pattern search, without regard to case, that end in a match or right behind
    it. `shape` is the exact pattern, with the match as group 1. `judge` decides whether the match is issued to
    somebody, of a range that belongs to nobody, or neither.
    """

    name: str
    category: str
    prefilters: tuple[bytes, ...]
    shape: re.Pattern[bytes]
    judge: Callable[[Excerpt], Range | None]


CREDENTIALS = re.compile(r"://(?:[^\s/@]*:)?$")


def _email(excerpt: Excerpt) -> Range | None:
    local, _, domain = excerpt.text.lower().rpartition("@")
    labels = domain.split(".")
    top = labels[-1]
    if (
        top in FILE_ENDINGS
        or labels[0].isdigit()
        or any(not label or label.startswith("-") or label.endswith("-") for label in labels)
        or local.strip(".") != local
        or ".." in local
        or local in ROLES
        or CREDENTIALS.search(excerpt.before)
    ):
        return None
    is_test = top in TEST_TOP_LEVELS or TEST_DOMAINS.search(domain) is not None
    return "test" if is_test else "issued"


def _card(excerpt: Excerpt) -> Range | None:
    digits = re.sub(r"[ -]", "", excerpt.text)
    is_called_card = CARD_WORD.search(excerpt.before) is not None
    if not is_called_card and (not _stands_alone(excerpt) or OTHER_NUMBER.search(excerpt.before)):
        return None
    if GOES_ON_AFTER.match(excerpt.after) or len({sign for sign in excerpt.text if not sign.isdigit()}) > 1:
        return None
    if len(set(digits)) == 1 or not _has_issuer(digits) or not luhn.is_valid(digits):
        return None
    return "test" if digits.startswith(TEST_ISSUERS) or digits in TEST_CARDS else "issued"


def _has_issuer(digits: str) -> bool:
    return any(int(digits[:size]) in first and len(digits) in lengths for first, size, lengths in ISSUERS)


def _ssn(excerpt: Excerpt) -> Range | None:
    digits = re.sub(r"\D", "", excerpt.text)
    is_written_so = excerpt.text.count("-") == 2  # noqa: PLR2004 - three groups
    if not _stands_alone(excerpt) or (OTHER_NUMBER.search(excerpt.before) and not SSN_WORD.search(excerpt.before)):
        return None
    if not is_written_so and not SSN_WORD.search(excerpt.before):
        return None
    if digits in TEST_SSNS:
        return "test"
    if ssn.is_valid(f"{digits[:3]}-{digits[3:5]}-{digits[5:]}") or itin.is_valid(digits):
        return "issued"
    return "test" if digits[0] == "9" and digits[3:5] != "00" and digits[5:] != "0000" else None


def _iban(excerpt: Excerpt) -> Range | None:
    if not _stands_alone(excerpt):
        return None
    words = excerpt.text.upper().split(" ")
    # A word behind an IBAN may look like its last group.
    numbers = ("".join(words[:count]) for count in range(len(words), 0, -1))
    number = next(filter(iban.is_valid, numbers), "")
    if not number:
        return None
    return "test" if number in TEST_IBANS else "issued"


# A pair of coordinates (ISO 6709), and a drawing's command before its numbers.
COORDINATES = re.compile(r"[+-]\d{1,3}\.\d+[-+]\d")
DRAWING = re.compile(r"(?:^|[^A-Za-z])[MLHVCSQTAmlhvcsqta] ?$")


def _phone(excerpt: Excerpt) -> Range | None:
    is_called_phone = PHONE_WORD.search(excerpt.before) is not None
    if not is_called_phone and (not _stands_alone(excerpt) or OTHER_NUMBER.search(excerpt.before)):
        return None
    if is_another_number(excerpt.text, excerpt.before):
        return None
    if not is_called_phone and (excerpt.text.isdigit() or DRAWING.search(excerpt.before)):
        return None
    if GOES_ON_AFTER.match(excerpt.after) or _is_geometry(excerpt):
        return None
    number = _first_number(excerpt.text, excerpt.regions)
    if number is None:
        return None
    is_test = TEST_PHONES.fullmatch(f"{number.country_code}{number.national_number}")
    return "test" if is_test else "issued"


@lru_cache(maxsize=1 << 12)
def _first_number(text: str, regions: tuple[str, ...]) -> phonenumbers.PhoneNumber | None:
    """The first assigned number; the same digits stand in many places of a log."""
    return next((number for span in _spans(text) for number in _numbers(span, regions)), None)


def _is_geometry(excerpt: Excerpt) -> bool:
    is_mixed = "." in excerpt.text and " " in excerpt.text and not excerpt.text.startswith("+")
    return is_mixed or COORDINATES.match(excerpt.text) is not None


def _spans(text: str) -> Iterator[str]:
    """The whole text; then, unless only spaces group it, parts without words at either end: numbers stand in lists."""
    words = text.split(" ")
    if all(word.isdigit() for word in words):
        yield text
        return
    for count in range(len(words), 0, -1):
        for start in range(len(words) - count + 1):
            span = " ".join(words[start : start + count])
            if sum(character.isdigit() for character in span) >= SHORTEST_PHONE:
                yield span


def _numbers(text: str, regions: tuple[str, ...]) -> Iterator[phonenumbers.PhoneNumber]:
    """Assigned international numbers, and national ones written as their country writes them."""
    for region in (None,) if text.startswith("+") else regions:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        is_written_so = region is None or text.isdigit() or _groups(text)[-2:] == _groups(_national(number))[-2:]
        if is_written_so and phonenumbers.is_valid_number(number):
            yield number


def _national(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))


def _groups(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _stands_alone(excerpt: Excerpt) -> bool:
    return not GOES_ON_BEFORE.search(excerpt.before) and not GOES_ON_AFTER.match(excerpt.after)


SHORTEST_PHONE = 7
JOINED_PHONE = (
    rb"(?:phone|tel|mobile|cell|fax|t\xc3\xa9l|m\xc3\xb3vil|[a-z]fono)[a-z]{0,8}"
    rb"\(?\d{3}(?:\) ?|[-. ])\d{3}[-. ]\d{4}[^0-9]"
)
PHONE_SHAPE = re.compile(rb"(?<![0-9(+])(\+?\(?\d[\d ().\-/]{5,18}\d)(?![0-9])")
RULES: tuple[PatternRule, ...] = (
    PatternRule(
        name="email",
        category="email",
        prefilters=(rb"[a-z0-9_%+-]@[a-z0-9]",),
        shape=re.compile(
            rb"(?<![A-Za-z0-9._%+'-])([A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24})(?![A-Za-z0-9-])"
        ),
        judge=_email,
    ),
    PatternRule(
        name="iban",
        category="payment",
        prefilters=(rb"[a-z]{2}\d\d ?[a-z0-9]{4} ?[a-z0-9]{4} ?[a-z0-9]{4}",),
        shape=re.compile(
            rb"(?<![A-Za-z0-9])([A-Za-z]{2}\d\d(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?)(?![A-Za-z0-9])"
        ),
        judge=_iban,
    ),
    PatternRule(
        name="card",
        category="payment",
        prefilters=(
            rb"[^0-9.][2-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}[^0-9]",
            rb"[^0-9.]3\d{3}[ -]?\d{6}[ -]?\d{4,5}[^0-9]",
        ),
        shape=re.compile(
            rb"(?<![0-9])([2-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|3\d{3}[ -]?\d{6}[ -]?\d{4,5})(?![0-9])"
        ),
        judge=_card,
    ),
    PatternRule(
        name="ssn",
        category="ssn",
        prefilters=(
            rb"[^0-9a-z]\d{3}-\d\d-\d{4}[^0-9]",
            rb"(?:ssn|security|itin|taxpayer)[^0-9]{1,24}\d{3}[ -]?\d\d[ -]?\d{4}[^0-9]",
        ),
        shape=re.compile(rb"(?<![0-9])(\d{3}[ -]?\d\d[ -]?\d{4})(?![0-9])"),
        judge=_ssn,
    ),
    PatternRule(
        name="phone",
        category="phone",
        prefilters=(
            rb"\+\d[\d ().-]{6,18}\d[^0-9]",
            rb"[^0-9a-z.]\(?\d{3}(?:\) ?|[-. ])\d{3}[-. ]\d{4}[^0-9]",
            rb"(?:phone|tel|mobile|cell|fax|msisdn|sms|whatsapp|call)[a-z]*[^0-9a-z]{1,10}\+?\d{7,15}[^0-9]",
            # Right behind its name, as where a label and a value are joined.
            JOINED_PHONE,
        ),
        shape=PHONE_SHAPE,
        judge=_phone,
    ),
)
# Outside North America national numbers have many shapes: searched for only where such a country is configured.
NATIONAL_PHONE = PatternRule(
    name="phone",
    category="phone",
    prefilters=(
        rb"[^0-9a-z.]\(?0\d{1,5}(?:\) ?|[-./ ])\d{2,4}[-./ ]?\d{2,5}[^0-9]",
        rb"[^0-9a-z.]\d{2,4}[-. ]\d{2,4}[-. ]\d{2,4}[^0-9]",
    ),
    shape=PHONE_SHAPE,
    judge=_phone,
)
NORTH_AMERICA = frozenset({"US", "CA"})


def rules_for(regions: Sequence[str]) -> tuple[PatternRule, ...]:
    """The rules for the countries (ISO 3166) whose national phone numbers are recognised."""
    return RULES if NORTH_AMERICA.issuperset(regions) else (*RULES, NATIONAL_PHONE)
