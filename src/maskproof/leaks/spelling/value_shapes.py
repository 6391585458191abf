"""What a value is, by its category or else by its shape: a phone number, a date, a name, a street line."""

import re
from datetime import date, datetime

from maskproof.leaks.spelling.addresses import is_street_line
from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.name_words import SUFFIXES
from maskproof.leaks.spelling.phones import Phone, phones_of
from maskproof.leaks.spelling.values import Value

PHONE = re.compile(r"\+?[\d\s().\-/]{8,20}")
ACCOUNT = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
STREET = re.compile(r"\d+\w?\s+\w.*|\w.*\s\d+\w?", re.DOTALL)
LETTERS_OF_A_STREET = 3
# Separators of the lines of an address.
PARTS = re.compile(r"\s*[,;\n]\s*")
WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019.\-]*(?:['\u2019.\-][^\W\d_]*)*")
FEW_WORDS = range(2, 5)
DATE_FORMATS = (
    "%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%Y%m%d", "%B %d, %Y", "%d %B %Y",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ",
)  # fmt: skip
# Identifiers: written in any groups, or in none.
IDENTIFIERS = frozenset(
    {
        "ssn", "national_id", "tax_id", "health_id", "passport", "driving_licence", "vehicle_plate", "bank_account",
        "device_id",
    }
)  # fmt: skip
OTHERS = frozenset({"email", "payment", "password", "free_text", "ip_address"}) | IDENTIFIERS


def text_of(value: Value) -> str:
    """The value with each run of blanks as one blank."""
    return " ".join(value.secret.reveal().split())


def is_account(text: str) -> bool:
    """Whether a text has the shape of an IBAN, in groups or not."""
    return ACCOUNT.fullmatch(text.replace(" ", "")) is not None


def digits_of(text: str) -> str:
    """The digits of a text."""
    return "".join(character for character in text if character.isdigit())


def phones_of_value(value: Value) -> tuple[Phone, ...]:
    """The phone numbers that a value may be, the likeliest first; none for anything else."""
    text = text_of(value)
    if value.category != "phone" and not (text.startswith("+") and PHONE.fullmatch(text)):
        return ()
    return phones_of(text, value.regions)


def phone_of(value: Value) -> tuple[str, str] | None:
    """Country code and national number of a phone number; None for anything else."""
    phones = phones_of_value(value)
    return (phones[0].code, phones[0].national) if phones else None


def date_of(value: Value) -> date | None:
    """The day that a value is; None for anything else."""
    text = text_of(value)
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def name_of(value: Value) -> list[str]:
    """The words of a name of two words or more, with the part behind a comma first; none for anything else."""
    parts = [part for part in text_of(value).split(",") if not _is_suffix(part)]
    words = " ".join(reversed(parts) if len(parts) == 2 else parts).split()  # noqa: PLR2004 - surname, given name
    is_name = value.category == "name" or (value.category not in OTHERS | {"address"} and len(words) in FEW_WORDS)
    return words if is_name and len(words) > 1 and all(WORD.fullmatch(fold(word)) for word in words) else []


def _is_suffix(part: str) -> bool:
    words = fold(part).replace(".", "").split()
    return bool(words) and all(word in SUFFIXES for word in words)


def street_of(value: Value) -> list[str]:
    """The words of a street line, its number first; none for anything else."""
    return _street(value, text_of(value).replace(",", " "))


def street_line_of(value: Value) -> list[str]:
    """The words of the street line of an address of several parts, its number first; none for anything else."""
    parts = PARTS.split(value.secret.reveal().strip())
    lines = [words for part in parts if (words := _street(value, part))]
    by_kind = next((words for words in lines if is_street_line(words)), _street(value, parts[0]))
    return by_kind if len(parts) > 1 else []


def _street(value: Value, text: str) -> list[str]:
    words = text.split()
    if value.category in OTHERS | {"name", "phone", "date_of_birth"} or not STREET.fullmatch(" ".join(words)):
        return []
    if not any(sum(map(str.isalpha, word)) >= LETTERS_OF_A_STREET for word in words):  # an account, a passport
        return []
    if words[0][0].isdigit():
        return words
    return [words[-1], *words[:-1]] if words[-1][0].isdigit() else []
