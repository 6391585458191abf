"""The ways in which people and programs write a value, by its kind; independent of the detector's own list."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

ZERO_WIDTH, SOFT_HYPHEN, NO_BREAK_SPACE, NO_BREAK_HYPHEN = "\u200b", "\u00ad", "\u00a0", "\u2011"
SIXTEEN_DIGITS = 16


def spellings(kind: str, value: str) -> Iterator[tuple[str, str]]:
    """
    Every way to write a value.

    Args:
        kind: The kind of the value, as in personas, e.g. `phone`.
        value: The value in its original spelling.

    Yields:
        The class for the printed table, and the text.

    """
    yield "exact", value
    yield from _of_any(value)
    yield from BY_KIND.get(kind, _none)(value)


def _of_any(value: str) -> Iterator[tuple[str, str]]:
    middle = len(value) // 2
    yield "case", value.upper()
    yield "case", value.lower()
    yield "case", value.swapcase()
    yield "unicode", unicodedata.normalize("NFD", value)
    yield "unicode", unicodedata.normalize("NFC", value)
    yield "unicode", "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in value)
    decomposed = unicodedata.normalize("NFD", value)
    yield "diacritics", "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    yield "invisible", value[:middle] + ZERO_WIDTH + value[middle:]
    yield "invisible", SOFT_HYPHEN.join((value[:2], value[2:middle], value[middle:]))
    yield "whitespace", f"  {value}\t"
    if " " in value:
        yield "whitespace", value.replace(" ", "   ")
        yield "whitespace", value.replace(" ", NO_BREAK_SPACE)
        yield "whitespace", value.replace(" ", "\n")
        yield "punctuation", value.replace(" ", "_")
        yield "punctuation", value.replace(" ", ".")
        yield "punctuation", value.replace(" ", "")


def _email(value: str) -> Iterator[tuple[str, str]]:
    local, _, domain = value.partition("@")
    yield "part", local
    yield "part", f"{local}@elsewhere.invalid"
    yield "part", f"{local}+news@{domain}"
    yield "punctuation", f"mailto:{value}?subject=hello"
    yield "punctuation", f"<{value}>"


def _full_name(value: str) -> Iterator[tuple[str, str]]:
    first, last = value.split(" ")
    yield "order", f"{last}, {first}"
    yield "order", f"{last} {first}"
    yield "order", f"{last.upper()} {first}"
    yield "order", f"{last};{first}"
    yield "part", last
    yield "part", f"{first[0]}. {last}"
    yield "part", f"{last}, {first[0]}."
    yield "part", f"Dear Ms {last},"
    yield "punctuation", f"{first}-{last}".lower()


def _phone(value: str) -> Iterator[tuple[str, str]]:
    if value.startswith("+"):
        yield "phone", "".join(filter(str.isdigit, value))
        yield "phone", "0" + value.partition(" ")[2]
        yield "phone", "00" + value[1:]
        yield "phone", value.replace(" ", "")
        yield "phone", value.partition(" ")[2].replace(" ", "/")
        return
    area, exchange, line = value.split("-")
    for text in (
        f"{area}{exchange}{line}",
        f"+1{area}{exchange}{line}",
        f"1{area}{exchange}{line}",
        f"001{area}{exchange}{line}",
        f"({area}) {exchange}-{line}",
        f"+1 ({area}) {exchange}-{line}",
        f"+1-{area}-{exchange}-{line}",
        f"1 {area} {exchange} {line}",
        f"{area}.{exchange}.{line}",
        f"{area}/{exchange}/{line}",
        f"{area} - {exchange} - {line}",
        f"tel:+1{area}{exchange}{line}",
        f"+1 {area} {exchange}{line[:2]} {line[2:]}",
        NO_BREAK_HYPHEN.join((area, exchange, line)),
        NO_BREAK_SPACE.join((area, exchange, line)),
    ):
        yield "phone", text


def _ssn(value: str) -> Iterator[tuple[str, str]]:
    for sign in ("", " ", ".", "/", "_", "\u2013", NO_BREAK_HYPHEN, " - "):
        yield "ssn", value.replace("-", sign)


def _card(value: str) -> Iterator[tuple[str, str]]:
    digits = "".join(filter(str.isdigit, value))
    groups = [digits[start : start + 4] for start in range(0, SIXTEEN_DIGITS, 4)]
    for sign in (" ", "-", ".", NO_BREAK_SPACE, "  "):
        yield "card", sign.join(groups)
    yield "card", digits


def _date(value: str) -> Iterator[tuple[str, str]]:
    day = datetime.fromisoformat(value).replace(tzinfo=UTC)
    for pattern in (
        "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d", "%d%m%Y", "%m%d%Y",
        "%Y.%m.%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%d-%b-%Y", "%A, %B %d, %Y", "%Y-%m-%dT00:00:00Z",
        "%Y-%m-%dT00:00:00.000Z", "%a %b %d %Y", "%a, %d %b %Y 00:00:00 GMT", "%d. %B %Y", "%Y %b %d", "%m.%d.%Y",
        "%d %m %Y", "%Y-%m-%d 00:00:00",
    ):  # fmt: skip
        yield "date", day.strftime(pattern)
    yield "date", f"{day.month}/{day.day}/{day.year}"
    yield "date", f"{day.day}.{day.month}.{day.year}"
    ordinal = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    yield "date", f"{day:%B} {day.day}{ordinal}, {day.year}"
    yield "date", f"{day.day}{ordinal} of {day:%B} {day.year}"
    yield "date", f"{int(day.timestamp() * 1000)}"


def _street(value: str) -> Iterator[tuple[str, str]]:
    number, *name, kind = value.split(" ")
    yield "part", " ".join([number, *name])
    yield "part", f"{number} {' '.join(name)} {kind[:2]}."
    yield "part", f"{value}, Apt 4"
    yield "part", f"{' '.join(name)} {kind}"
    yield "order", f"{' '.join(name)} {kind} {number}"


def _free_text(value: str) -> Iterator[tuple[str, str]]:
    words = value.split(" ")
    yield "part", " ".join(words[: len(words) - 2])
    yield "part", " ".join(words[1:])


def _none(_value: str) -> Iterator[tuple[str, str]]:
    yield from ()


BY_KIND = {
    "email": _email,
    "full_name": _full_name,
    "phone": _phone,
    "ssn": _ssn,
    "card_number": _card,
    "date_of_birth": _date,
    "street": _street,
    "free_text": _free_text,
}
