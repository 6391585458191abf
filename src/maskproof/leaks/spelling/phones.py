"""The ways to dial a number: in its country, from abroad, and in every country in which a national number is valid."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberFormat

from maskproof.leaks.spelling.forms import Check, Spelling

DEFAULT_REGION = "US"
# The usual prefixes of an international call.
ABROAD = ("00", "011")
# Separators between two digits, as in a number of any groups.
WITHIN_DIGITS = rb"[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]{0,3}"
# A country code right before a number, and a zero in brackets or not; so many bytes of it at most.
CODE_BEFORE = re.compile(rb"\+ ?([1-9][0-9]{0,2})[ ().\-/]{1,3}(?:0[ ).\-/]{1,2})?$")
LONGEST_CODE = 12


class Phone(NamedTuple):
    """A phone number: its country code, the number behind it, and how its country writes it in digits."""

    code: str
    national: str
    dialled: str


@cache
def phones_of(text: str, regions: tuple[str, ...] = ()) -> tuple[Phone, ...]:
    """
    The numbers that a text may be, the likeliest first; none if it is no phone number.

    Args:
        text: The number as it is typed. Without a country code it is read as a national one.
        regions: Countries of national numbers; without any, every country in which the number is valid.

    """
    text = text.strip()
    for prefix, is_right in zip(ABROAD, (phonenumbers.is_possible_number, _is_valid), strict=True):
        if text.startswith(prefix) and (found := _parsed(f"+{text.removeprefix(prefix)}", None)) and is_right(found):
            return (_phone(found),)
    if text.startswith("+"):
        found = _parsed(text, None)
        return (_phone(found),) if found else ()
    tried = regions or (DEFAULT_REGION, *sorted(phonenumbers.SUPPORTED_REGIONS - {DEFAULT_REGION}))
    parsed = [number for region in tried if (number := _parsed(text, region))]
    valid = [number for number in parsed if _is_valid(number)]
    return tuple(dict.fromkeys(map(_phone, valid or parsed[:1])))


def _parsed(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _is_valid(number: phonenumbers.PhoneNumber) -> bool:
    return bool(phonenumbers.is_valid_number(number))


def _phone(number: phonenumbers.PhoneNumber) -> Phone:
    number.extension = None
    dialled = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    digits = "".join(sign for sign in dialled if sign.isdigit())
    return Phone(str(number.country_code), phonenumbers.national_significant_number(number), digits)


def phone_spellings(phones: tuple[Phone, ...]) -> Iterator[Spelling]:
    """Every form of the numbers that one value may be."""
    first = phones[0]
    for prefix in (first.code, *(f"{abroad}{first.code}" for abroad in ABROAD)):
        yield Spelling(prefix + first.national, "phone", has_loose_digits=True)
    codes: dict[str, list[str]] = {}
    for phone in phones:
        codes.setdefault(phone.national, []).append(phone.code)
    for national, some in codes.items():
        yield _at_home(national, some)
        yield _at_home(f"0{national}", some)
        yield _from_abroad(national, some)
    for phone in phones:
        yield _at_home(phone.dialled, codes[phone.national])


def _at_home(number: str, codes: Sequence[str]) -> Spelling:
    """A number as it is dialled in its country."""
    return Spelling(number, "phone", has_loose_digits=True, check=not_abroad(codes), has_own_bounds=False)


def not_abroad(codes: Sequence[str]) -> Check:
    """A check that no other country's code stands before a number: it is somebody else's then."""

    def check(data: bytes, start: int, end: int) -> tuple[int, int] | None:
        code = CODE_BEFORE.search(data[max(0, start - LONGEST_CODE) : start])
        return None if code and code[1].decode() not in codes else (start, end)

    return check


def _from_abroad(national: str, codes: list[str]) -> Spelling:
    """Any of several country codes before a number, with a zero in brackets between or not."""
    code = b"(?:%b)" % b"|".join(WITHIN_DIGITS.join(bytes([digit]) for digit in one.encode()) for one in codes)
    number = WITHIN_DIGITS.join(bytes([digit]) for digit in national.encode())
    pattern = rb"(?:00|011)?" + WITHIN_DIGITS + code + WITHIN_DIGITS + rb"(?:0" + WITHIN_DIGITS + b")?" + number
    return Spelling(codes[0] + national, "phone", pattern=pattern, is_bounded=True)
