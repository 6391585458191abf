"""
The exact bytes that programs make of a value before they hash or encode it.

Hashes and short codings do not match loosely, so every spelling has to be listed.
"""

import base64
import html
import html.entities
import json
import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from urllib.parse import quote, quote_plus

import base58
import phonenumbers
from phonenumbers import PhoneNumberFormat

from maskproof.leaks.spelling.emails import canonical_addresses
from maskproof.leaks.spelling.folding import fold, without_marks
from maskproof.leaks.spelling.names import parts_of
from maskproof.leaks.spelling.network import ip_texts
from maskproof.leaks.spelling.value_shapes import (
    date_of,
    digits_of,
    is_account,
    name_of,
    phone_of,
    phones_of_value,
    text_of,
)
from maskproof.leaks.spelling.values import Value
from maskproof.secrets import normalised

DATES = (
    "%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%m%d%Y", "%d%m%Y", "%m-%d-%Y", "%d-%m-%Y", "%Y/%m/%d",
)  # fmt: skip
WORDS = re.compile(r"\w+")
ESCAPE_OF_PERCENT = re.compile(r"%[0-9A-F]{2}")
CARD_DIGITS, SSN_DIGITS, NORTH_AMERICAN = 12, 9, 10
# The usual name of each character reference: the shortest in small letters.
NAMES = {
    text: name
    for name, text in sorted(html.entities.html5.items(), key=lambda entry: (entry[0].islower(), -len(entry[0])))
    if name.endswith(";")
}
# Signs that `encodeURIComponent` and `encodeURI` of JavaScript do not escape.
LEFT_BY_COMPONENT = "!'()*"
LEFT_BY_URI = "!'()*;,/?:@&=+$#"


def plain_spellings(value: Value) -> list[str]:
    """The spellings in which a value is mostly hashed or encoded: as it is, in lower case, normalised, its digits."""
    return _distinct(_plain(value))


def spelled_texts(value: Value) -> list[bytes]:
    """A value in every spelling, as it is hashed without being encoded before."""
    texts = [spelling.encode() for spelling in _spelled(value)]
    for text in _as_it_is(value):
        texts += [f"{text}\n".encode(), json.dumps(text, ensure_ascii=False).encode()]
    return list(dict.fromkeys(texts))


def canonical_texts(value: Value) -> list[bytes]:
    """A value as back ends store it before they hash it, beyond `spelled_texts`: hashed, but not hashed again."""
    known = set(spelled_texts(value))
    return [data for data in dict.fromkeys(text.encode() for text in _canonical(value)) if data not in known]


def encoded_texts(value: Value) -> list[bytes]:
    """A value as it is and in small letters, in the usual encodings before a hash."""
    known = set(spelled_texts(value))
    every = dict.fromkeys(data for text in _as_it_is(value) for data in _encoded(text))
    return [data for data in every if data not in known]


def further_encoded_texts(value: Value) -> list[bytes]:
    """A value in every spelling and every encoding before a hash, or with blanks around it, beyond `encoded_texts`."""
    known = {*spelled_texts(value), *encoded_texts(value)}
    ways = (_encoded, _encoded_seldom, _padded)
    every = dict.fromkeys(data for text in _spelled(value) for way in ways for data in way(text))
    return [data for data in every if data not in known]


def _as_it_is(value: Value) -> Iterable[str]:
    raw = value.secret.reveal()
    return dict.fromkeys((raw, raw.strip().lower()))


def _spelled(value: Value) -> list[str]:
    return _distinct([*_plain(value), *_further(value)])


def _distinct(texts: Iterator[str] | list[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if len(text) > 1]


def _plain(value: Value) -> Iterator[str]:
    raw = value.secret.reveal()
    yield raw
    yield raw.strip().lower()
    yield normalised(raw)
    phone = phone_of(value)
    if phone is not None:
        code, national = phone
        yield f"+{code}{national}"
        yield f"{code}{national}"
        yield national
    elif normalised(raw).isdigit():
        yield digits_of(raw)
    elif is_account(text_of(value)):
        yield normalised(raw).upper()
    elif value.category == "name":
        yield without_marks(text_of(value)).lower()


def _further(value: Value) -> Iterator[str]:
    raw = value.secret.reveal()
    text = text_of(value)
    yield raw.strip()
    yield text
    yield from (text.upper(), text.title(), text.capitalize(), text.casefold())
    yield text.replace(" ", "").lower()
    yield text.replace(" ", "")
    for form in ("NFC", "NFD", "NFKC"):
        yield unicodedata.normalize(form, text)
        yield unicodedata.normalize(form, text.lower())
    yield fold(text)
    yield without_marks(text)
    yield normalised(fold(text))
    yield from (" ".join(WORDS.findall(form)) for form in (text, text.lower(), fold(text)))
    if "@" in text:
        yield from _of_email(text.lower())
    if (phone := phone_of(value)) is not None:
        code, national = phone
        yield from (f"00{code}{national}", f"0{national}", digits_of(text), f"+{digits_of(text)}")
        yield from _of_phone(code, national)
    if (day := date_of(value)) is not None:
        yield from _of_date(day)
    elif (len(digits_of(text)) > CARD_DIGITS and normalised(text).isdigit()) or is_account(text):
        code = normalised(text).upper()
        yield code
        yield from (sign.join(code[start : start + 4] for start in range(0, len(code), 4)) for sign in " -")
    elif value.category == "ssn" and len(digits := digits_of(text)) == SSN_DIGITS:
        yield from (sign.join((digits[:3], digits[3:5], digits[5:])) for sign in "- ")
    if words := name_of(value):
        first, last, whole = words[0], words[-1], " ".join(words)
        for form in (
            whole,
            f"{last} {first}",
            f"{last}, {first}",
            f"{first}.{last}",
            f"{first}_{last}",
            f"{last}{first}",
        ):
            yield form
            yield form.lower()


def _canonical(value: Value) -> Iterator[str]:
    text = text_of(value)
    if "@" in text:
        yield from canonical_addresses(text)
    for phone in phones_of_value(value):
        number = phone.code + phone.national
        yield from (f"+{number}", number, f"00{number}", phone.national, phone.dialled)
    if (day := date_of(value)) is not None:
        seconds = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
        yield from (f"{seconds}", f"{seconds}000", f"{day:%y%m%d}", f"{day:%m/%d/%y}", f"{day:%d/%m/%y}")
        yield f"{day}T00:00:00Z"
    elif normalised(text).isdigit():
        yield digits_of(fold(text)).lstrip("0")
    elif any(map(str.isdigit, text)):
        yield normalised(text).upper()
    yield from ip_texts(text)
    if (words := name_of(value)) and (name := parts_of(words)) is not None:
        surnames = dict.fromkeys((" ".join(name.surnames), *name.surnames))
        for first, last in ((name.first, surname) for surname in surnames):
            for form in (f"{first} {last}", f"{last} {first}", f"{last}, {first}", f"{first}{last}"):
                yield form
                yield form.lower()


def _of_phone(code: str, national: str) -> Iterator[str]:
    """As it is printed in its country and abroad; ten digits also in the groups of North America."""
    number = phonenumbers.parse(f"+{code}{national}")
    for form in (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966):
        yield phonenumbers.format_number(number, form)
    if len(national) == NORTH_AMERICAN:
        area, exchange, line = national[:3], national[3:6], national[6:]
        yield f"({area}) {exchange}-{line}"
        for sign in "-. ":
            yield sign.join((area, exchange, line))
            yield sign.join((code, area, exchange, line))
            yield f"+{sign.join((code, area, exchange, line))}"


def _of_email(text: str) -> Iterator[str]:
    local, _, domain = text.rpartition("@")
    yield local
    yield f"mailto:{text}"
    yield f"{local.partition('+')[0].replace('.', '')}@{domain}"
    yield f"{local.partition('+')[0]}@{domain}"


def _of_date(day: date) -> Iterator[str]:
    for pattern in DATES:
        yield day.strftime(pattern)
    yield f"{day.month}/{day.day}/{day.year}"
    yield f"{day:%Y-%m-%d}T00:00:00.000Z"


def _code_units(text: str) -> Iterator[int]:
    data = text.encode("utf-16-be", "surrogatepass")
    return (int.from_bytes(data[start : start + 2], "big") for start in range(0, len(data), 2))


def _encoded(text: str) -> Iterator[bytes]:
    data = text.encode()
    yield base64.b64encode(data)
    yield base64.b64encode(data).rstrip(b"=")
    yield base64.urlsafe_b64encode(data)
    yield base64.urlsafe_b64encode(data).rstrip(b"=")
    yield base64.b32encode(data)
    yield data.hex().encode()
    yield data.hex().upper().encode()
    yield quote(data, safe="").encode()
    yield quote_plus(data).encode()
    yield quote(data, safe=LEFT_BY_COMPONENT).encode()
    yield quote(data, safe=LEFT_BY_URI).encode()
    yield json.dumps(text).encode()
    yield json.dumps(text)[1:-1].encode()
    yield base58.b58encode(data)
    yield base64.b85encode(data)
    yield base64.a85encode(data)
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")


def _padded(text: str) -> Iterator[bytes]:
    """With the blanks that stay around it where nobody trims."""
    yield from (
        padded.encode() for padded in (f" {text}", f"{text} ", f" {text} ", f"{text}\n", f"{text}\r\n", f" {text}\n")
    )


def _encoded_seldom(text: str) -> Iterator[bytes]:
    data = text.encode()
    yield base64.b32encode(data).rstrip(b"=").lower()
    yield ESCAPE_OF_PERCENT.sub(lambda match: match[0].lower(), quote(data, safe="")).encode()
    yield "".join(f"\\u{unit:04x}" for unit in _code_units(text)).encode()
    for form in ("%{:02X}", "%{:02x}", "={:02X}", "\\x{:02x}", "\\x{:02X}"):
        yield "".join(map(form.format, data)).encode()
    yield html.escape(text).encode()
    yield "".join(f"&#{ord(character)};" for character in text).encode()
    yield "".join(f"&#x{ord(character):x};" for character in text).encode()
    yield "".join(f"&{NAMES[sign]}" if sign in NAMES else sign for sign in text).encode()
    yield "".join(sign if sign.isalnum() else f"&{NAMES.get(sign, f'#{ord(sign)};')}" for sign in text).encode()
    yield quopri.encodestring(data)
