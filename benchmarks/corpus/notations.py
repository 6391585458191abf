"""
The corpus class of notations: values as people and programs of many countries write them, and near misses.

Dates and numbers are written by JavaScript's Intl and by Babel, phone numbers by phonenumbers, identifiers by
python-stdnum, names and addresses by hand; nothing here is written by the detector's own code.
"""

import base64
import importlib
import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import phonenumbers
from babel import Locale
from babel.dates import format_date
from phonenumbers import PhoneNumberFormat

from benchmarks.corpus.notation_people import SAMPLES
from maskproof.leaks.spelling.values import Value
from maskproof.machine.node import node
from maskproof.national_ids import NATIONAL_IDS
from maskproof.personas import IDENTIFIER_KINDS, make_persona
from maskproof.secrets import Secret

SCRIPT = Path(__file__).with_name("notations.mjs")
DAYS = (date(1987, 3, 5), date(1964, 11, 23), date(2001, 9, 30))
LOCALES = (
    "en-US", "en-GB", "de-DE", "de-AT", "fr-FR", "es-ES", "es-MX", "it-IT", "pt-BR", "nl-NL", "da-DK", "sv-SE",
    "nb-NO", "fi-FI", "pl-PL", "cs-CZ", "hu-HU", "ro-RO", "tr-TR", "el-GR", "ru-RU", "uk-UA", "bg-BG", "hr-HR",
    "lt-LT", "lv-LV", "et-EE", "ar-EG", "fa-IR", "he-IL", "hi-IN", "bn-BD", "ta-IN", "th-TH", "vi-VN", "id-ID",
    "ja-JP", "ko-KR", "zh-CN", "zh-TW", "ka-GE", "hy-AM",
)  # fmt: skip
ZONES = (
    "Europe/Berlin", "Europe/London", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Adelaide",
    "Pacific/Auckland", "America/New_York", "America/Los_Angeles", "America/St_Johns", "Asia/Tehran", "Europe/Moscow",
)  # fmt: skip
NUMBERS = ("00417755120", "0098765401234", "012345678")
REGIONS = (
    "US", "GB", "DE", "FR", "ES", "IT", "PT", "NL", "BE", "CH", "AT", "DK", "SE", "NO", "FI", "PL", "CZ", "HU", "RO",
    "TR", "GR", "RU", "UA", "BR", "MX", "AR", "IN", "CN", "JP", "KR", "TH", "VN", "AU", "NZ", "ZA",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notation:
    """One case: a value, texts that hold it in one class of notation, and texts that only look like it."""

    name: str
    locale: str
    value: Value
    texts: tuple[str, ...]
    controls: tuple[str, ...]


def notations() -> Iterator[Notation]:
    """Every case of the class."""
    written = _by_javascript()
    for place, day in enumerate(DAYS):
        yield from _dates(day, written["dates"][place], written["near"][place])
        yield from _instants(day, written["instants"][place])
    for number, texts in zip(NUMBERS, written["numbers"], strict=True):
        yield from _numbers(number, texts)
    for region in REGIONS:
        yield from _phones(region)
    for sample in SAMPLES:
        value = _value(sample.category, sample.value)
        yield Notation(sample.category, sample.locale, value, sample.texts, sample.controls)
    yield from _identifiers()


def encoded(text: str, *, every: bool) -> list[bytes]:
    """
    A text in clear and in encodings, in the carriers that trackers send.

    Args:
        text: The text.
        every: Whether to encode it in every way, or to leave it in clear and in a URL.

    """
    url = f"https://shop.example/a?x=1&t={quote(text)}&l=1".encode()
    plain = [f"It says {text}, as before.".encode(), url]
    packed = b"data " + base64.b64encode(f"The text {text} is in here".encode()) + b" end"
    return [*plain, json.dumps({"step": 2, "text": text}).encode(), packed] if every else plain


def _value(category: str, text: str) -> Value:
    return Value("value", category, Secret(text, category=category, value_id="value"))


def _by_javascript() -> dict[str, Any]:
    days = [*DAYS, *(other for day in DAYS for other in _neighbours(day))]
    order = {
        "days": [[day.year, day.month, day.day] for day in days], "locales": LOCALES, "zones": ZONES,
        "numbers": [number.lstrip("0") for number in NUMBERS],
    }  # fmt: skip
    done = subprocess.run([node(), SCRIPT], input=json.dumps(order) + "\n", capture_output=True, check=True, text=True)
    found = json.loads(done.stdout)
    near = found["dates"][len(DAYS) :]
    found["near"] = [near[start : start + 3] for start in range(0, len(near), 3)]
    return found  # type: ignore[no-any-return]


def _neighbours(day: date) -> list[date]:
    """The day after, and the same day of another month and of another year."""
    other_month = day.replace(month=day.month % 12 + 1, day=min(day.day, 28))
    return [day + timedelta(days=1), other_month, day.replace(year=day.year + 1)]


def _dates(day: date, texts: dict[str, list[str]], near: Sequence[dict[str, list[str]]]) -> Iterator[Notation]:
    value = _value("date_of_birth", day.isoformat())
    for locale, some in texts.items():
        controls = tuple(one for other in near for one in other[locale])
        yield Notation("date by Intl", locale, value, tuple(some), controls)
    for locale in LOCALES:
        known = Locale.parse(locale, sep="-")
        some = [format_date(day, form, known) for form in ("full", "long", "medium", "short")]
        others = [format_date(other, form, known) for other in _neighbours(day) for form in ("full", "medium")]
        yield Notation("date by CLDR", locale, value, tuple(some), tuple(others))
    year, week, weekday = day.isocalendar()
    forms = (f"{year}-W{week:02}-{weekday}", f"{year}W{week:02}{weekday}", f"{day:%Y-%j}", f"{day:%Y%m%d}T000000Z")
    other = (f"{year}-W{week:02}-{weekday % 7 + 1}", f"{day.year}-{int(f'{day:%j}') + 1:03}", f"{day.year}-{day:%m}")
    yield Notation("ISO week or day", "", value, forms, other)


def _instants(day: date, zones: dict[str, list[str]]) -> Iterator[Notation]:
    value = _value("date_of_birth", day.isoformat())
    eve = day - timedelta(days=1)
    for zone, texts in zones.items():
        later = str(int(texts[-1]) + 421)
        controls = (f"{eve.isoformat()}", f"{eve}T17:07:31.000Z", later, f"{eve:%a, %d %b %Y} 17:07:31 GMT")
        yield Notation("local midnight", zone, value, tuple(texts), controls)


def _numbers(number: str, texts: Sequence[Sequence[str]]) -> Iterator[Notation]:
    value = _value("account", number)
    plain = number.lstrip("0")
    near = (f"1{plain}", f"{plain}1", f"{int(plain) + 1}", f"3.{plain}")
    yield Notation("number without zeros", "", value, (plain, number, plain.translate(_FULL_WIDTH)), near)
    for locale, text in texts:
        yield Notation("number by Intl", locale, value, (text,), (text[:-1],))


_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}


def _phones(region: str) -> Iterator[Notation]:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert number is not None
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    other = phonenumbers.parse(written[:-1] + str((int(written[-1]) + 1) % 10))
    forms = (
        PhoneNumberFormat.NATIONAL,
        PhoneNumberFormat.INTERNATIONAL,
        PhoneNumberFormat.E164,
        PhoneNumberFormat.RFC3966,
    )
    texts = tuple(phonenumbers.format_number(number, form) for form in forms)
    near = tuple(phonenumbers.format_number(other, form) for form in forms)
    yield Notation("phone typed at home", region, _value("phone", texts[0]), (*texts[1:], f"{texts[0]} ext. 12"), near)
    yield Notation("phone typed in full", region, _value("phone", texts[2]), texts, near)


def _identifiers() -> Iterator[Notation]:
    personas = [make_persona(f"notations/{number}") for number in range(2)]
    for kind, category in IDENTIFIER_KINDS.items():
        mine, other = (persona[kind].reveal() for persona in personas)
        name = f"identifier: {kind}"
        yield Notation(name, kind[-2:] if kind.startswith("national") else "", _value(category, mine),
                       tuple(_written(kind, mine)), (*_written(kind, other), _with_other_digit(mine)))  # fmt: skip


def _written(kind: str, number: str) -> Iterator[str]:
    """As it is, compact, in groups, and as python-stdnum prints it."""
    yield number
    yield number.lower()
    if kind == "ip_address":
        return
    plain = "".join(filter(str.isalnum, number))
    yield plain
    for sign in " -":
        yield sign.join(plain[start : start + 4] for start in range(0, len(plain), 4))
        yield sign.join(plain[start : start + 3] for start in range(0, len(plain), 3))
    if kind.startswith("national_id_"):
        module = importlib.import_module(f"stdnum.{NATIONAL_IDS[kind[-2:]].module}")
        if hasattr(module, "format"):
            yield module.format(number)


def _with_other_digit(number: str) -> str:
    place = next(at for at in range(len(number) - 1, -1, -1) if number[at].isdigit())
    return number[:place] + str((int(number[place]) + 3) % 10) + number[place + 1 :]
