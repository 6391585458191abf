"""
Folding: texts in the form in which patterns are written.

Compatibility forms, diacritics, case, invisible characters and the many dashes, spaces and digits of Unicode fold
away, so that texts that read the same are the same.
"""

import re
import unicodedata
from collections.abc import Iterator

from maskproof.leaks.text_heuristics import CONTROL, PART_LETTERS, is_utf8

# Letters without a decomposition, as they are written on keyboards that lack them.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "\u0131": "i", "ŧ": "t",
    "þ": "th", "ŋ": "n",
    # Letters that Persian and Urdu write otherwise than Arabic, and the stroke that only makes a word longer.
    "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ـ": "",
    # A letter that Ukrainian did without for decades; signs in numbers of Arabic and Persian; apostrophes.
    "ґ": "г", "٬": ",", "٫": ".", "\u2019": "'", "\u2018": "'", "\u02bc": "'",
}  # fmt: skip
# A run of bytes beyond ASCII, with up to 96 bytes of ASCII between them.
# Python keeps 80 bytes for each repetition, so there are not any number of them; stretches side by side are joined.
BEYOND_ASCII = re.compile(rb"[\x80-\xff]+(?:[\x00-\x7f]{1,96}[\x80-\xff]+){0,999}")

# UTF-8 text of five characters or more within other bytes.
TEXT = re.compile(rb"(?:[\t\n\r -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){5,}")

# Windows-1252 text within other bytes: several letters beyond ASCII; one behind a single letter; one at the end of a
# word; one at its beginning. Matches start where a run of ASCII begins, so that a long run is read once.
WESTERN = re.compile(
    rb"(?:[\xc0-\xff]|(?<![ -~]))[ -~]{2,}(?:[\xc0-\xff]{1,2}[ -~]+)+[\xc0-\xff]?"
    rb"|(?<![ -~])[ -~](?:[\xc0-\xff]{1,2}[ -~]{2,})+|(?<![ -~])[ -~]{4,}[\xc0-\xff]|[\xc0-\xff][ -~]{4,}"
)

# All of ASCII except letters and digits.
SIGNS = bytes(byte for byte in range(0x80) if not chr(byte).isalnum())


class _Folded(dict[int, str]):
    """What each character folds to, worked out when it is met first."""

    def __missing__(self, point: int) -> str:
        text = self[point] = "".join(map(_folded, unicodedata.normalize("NFKD", chr(point)))).casefold()
        return text


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me", "Mc"}:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd":
        return "-"
    if category == "Zs":
        return " "
    return LETTERS.get(character.lower(), character)


_TABLE = _Folded()
_BEYOND = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> str:
    """Text without case, diacritics and invisible characters, with one kind of dash, space and digit."""
    return _plain(text).casefold()


def without_marks(text: str) -> str:
    """Text without diacritics, in its own case."""
    return "".join(
        character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character)
    )


def _plain(text: str) -> str:
    """Folded text, except for the case of ASCII letters, which the search ignores."""
    return _BEYOND.sub(lambda run: run[0].translate(_TABLE), text)


def folded_windows(data: bytes, margin: int) -> Iterator[tuple[int, int, bytes]]:
    """
    Stretches around characters beyond ASCII, folded.

    Args:
        data: Any bytes: UTF-8, Windows-1252, or binary data with UTF-8 in it.
        margin: Bytes of ASCII that are added on either side.

    Yields:
        Start and end in `data`, and the folded text.

    """
    is_plain = is_utf8(data)
    if not is_plain and len(data) != len(data.translate(None, CONTROL)):
        for pattern, codec in ((TEXT, "utf-8"), (WESTERN, "cp1252")):
            for match in pattern.finditer(data):
                if not match[0].isascii() and len(match[0].translate(None, SIGNS)) >= PART_LETTERS:
                    yield match.start(), match.end(), _plain(match[0].decode(codec, "replace")).encode()
        return
    for start, end in _around(data, margin):
        window = data[start:end]
        yield start, end, _plain(window.decode("utf-8", "replace")).encode()
        if not is_plain:
            yield start, end, _plain(window.decode("cp1252", "replace")).encode()


def _around(data: bytes, margin: int) -> Iterator[tuple[int, int]]:
    """Start and end of stretches around bytes beyond ASCII, which do not overlap."""
    start, end = 0, -1
    for match in BEYOND_ASCII.finditer(data):
        begin = max(0, match.start() - margin)
        if begin > end >= 0:
            yield start, end
        if begin > end:
            start = begin
        end = min(len(data), match.end() + margin)
    if end >= 0:
        yield start, end
