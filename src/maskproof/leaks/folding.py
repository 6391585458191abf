"""
Folding: texts in the one form that patterns are written in.

Compatibility forms, diacritics, case, invisible characters and the many dashes, spaces and digits of
Unicode fold away, so that what reads alike is alike.
"""

import re
import unicodedata
from collections.abc import Iterator

# Letters that have no decomposition, as they are written where they are missing.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "\u0131": "i", "ŧ": "t",
    "þ": "th", "ŋ": "n",
}  # fmt: skip
# A run of bytes beyond ASCII, with what little stands between them.
BEYOND_ASCII = re.compile(rb"[\x80-\xff]+(?:[\x00-\x7f]{1,96}[\x80-\xff]+)*")


class _Folded(dict[int, str]):
    """What each character folds to, found out when it is met first."""

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
    """Text without what does not tell it apart: case, diacritics, invisible characters, kinds of dash and digit."""
    return _plain(text).casefold()


def _plain(text: str) -> str:
    """Folded but for the case of ASCII letters, which the search does not regard."""
    return _BEYOND.sub(lambda run: run[0].translate(_TABLE), text)


def folded_windows(data: bytes, margin: int) -> Iterator[tuple[int, int, bytes]]:
    """
    What surrounds characters beyond ASCII, folded.

    Args:
        data: Any bytes: UTF-8, or else Windows-1252.
        margin: How many bytes of ASCII go with it on either side.

    Yields:
        Start and end in `data`, and the folded text.

    """
    end = -1
    start = 0
    for match in BEYOND_ASCII.finditer(data):
        begin = max(0, match.start() - margin)
        if begin > end >= 0:
            yield from _folds(data, start, end)
            start = begin
        elif end < 0:
            start = begin
        end = min(len(data), match.end() + margin)
    if end >= 0:
        yield from _folds(data, start, end)


def _folds(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    window = data[start:end]
    text = window.decode("utf-8", "replace")
    yield start, end, _plain(text).encode()
    if "\ufffd" in text:
        yield start, end, _plain(window.decode("cp1252", "replace")).encode()
