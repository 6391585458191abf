"""What a value is, by its category or else by its shape: a phone number, a date, a name, a street line."""

import re
from datetime import date, datetime

import phonenumbers

from maskproof.leaks.spelling.values import Value

PHONE = re.compile(r"\+?[\d\s().\-/]{8,20}")
# The usual prefix of an international call.
ABROAD = "00"
ACCOUNT = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
STREET = re.compile(r"\d+\w?\s+\w.*|\w.*\s\d+\w?", re.DOTALL)
LETTERS_OF_A_STREET = 3
# Separators of the lines of an address.
PARTS = re.compile(r"\s*[,;\n]\s*")
WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019.\-]*(?:['\u2019.\-][^\W\d_]*)*")
FEW_WORDS = range(2, 5)
DATE_FORMATS = (
    "%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%Y%m%d", "%B %d, %Y", "%d %B %Y",
)  # fmt: skip
OTHERS = frozenset({"email", "payment", "password", "ssn", "free_text"})


def text_of(value: Value) -> str:
    """The value with each run of blanks as one blank."""
    return " ".join(value.secret.reveal().split())


def is_account(text: str) -> bool:
    """Whether a text has the shape of an IBAN, in groups or not."""
    return ACCOUNT.fullmatch(text.replace(" ", "")) is not None


def digits_of(text: str) -> str:
    """The digits of a text."""
    return "".join(character for character in text if character.isdigit())


def phone_of(value: Value) -> tuple[str, str] | None:
    """Country code and national number of a phone number; None for anything else."""
    text = text_of(value)
    if value.category != "phone" and not (text.startswith("+") and PHONE.fullmatch(text)):
        return None
    if text.startswith(ABROAD):
        text = f"+{text.removeprefix(ABROAD)}"
    try:
        number = phonenumbers.parse(text, None if text.startswith("+") else "US")
    except phonenumbers.NumberParseException:
        return None
    zero = "0" if number.italian_leading_zero else ""
    return str(number.country_code), zero + str(number.national_number)


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
    parts = text_of(value).split(",")
    words = " ".join(reversed(parts) if len(parts) == 2 else parts).split()  # noqa: PLR2004 - surname, given name
    is_name = value.category == "name" or (value.category not in OTHERS | {"address"} and len(words) in FEW_WORDS)
    return words if is_name and len(words) > 1 and all(WORD.fullmatch(word) for word in words) else []


def street_of(value: Value) -> list[str]:
    """The words of a street line, its number first; none for anything else."""
    return _street(value, text_of(value).replace(",", " "))


def street_line_of(value: Value) -> list[str]:
    """The words of the street line that an address of several parts begins with; none for anything else."""
    first, *others = PARTS.split(value.secret.reveal().strip())
    return _street(value, first) if others else []


def _street(value: Value, text: str) -> list[str]:
    words = text.split()
    if value.category in OTHERS | {"name", "phone", "date_of_birth"} or not STREET.fullmatch(" ".join(words)):
        return []
    if not any(sum(map(str.isalpha, word)) >= LETTERS_OF_A_STREET for word in words):  # an account, a passport
        return []
    if words[0][0].isdigit():
        return words
    return [words[-1], *words[:-1]] if words[-1][0].isdigit() else []
