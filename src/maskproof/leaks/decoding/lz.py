"""
Decompresses LZ-string: every flavour is one stream of bits, written in another alphabet.

This module reads the two alphabets of tokens; `rare/lz_shapes.py` reads the others. A stream is given up at the first
sign that it is none, so that guesses are cheap.
"""

from maskproof.leaks.budget import OverBudget
from maskproof.leaks.decoding.surrogates import paired
from maskproof.leaks.text_heuristics import PART_LETTERS

# Its name in findings. It packs text: what it unpacks to is no digest.
LZ_STRING = "lz-string"
BASE64_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
URI_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-$"
_BASE64_BITS = {character: f"{number:06b}" for number, character in enumerate(BASE64_ALPHABET)}
# The last character stands for 64, which has no sixth bit: it is padding.
_URI_BITS = {character: f"{number:06b}" for number, character in enumerate(URI_ALPHABET[:64])}
CHARACTER, WIDE_CHARACTER, END = 0, 1, 2
# A stream begins with the kind and the character, 10 bits or 18. A code of 3 bits follows; four words are known then.
WIDE_BEGINNING, FIRST_CODES = 0b10, 4
LOWEST_PRINTABLE, BLANKS = 0x20, frozenset((0x09, 0x0A, 0x0D))
# Each code may stand for one character more than the one before, so that what unpacks grows with the square of the
# stream: 64 kB may hold hundreds of megabytes. No text that a page keeps is as long as this, in characters.
LONGEST_TEXT = 1 << 22


def from_base64(token: str) -> str:
    """Text of `compressToBase64`; empty if the token is none."""
    return _from_alphabet(token.rstrip("="), _BASE64_BITS)


def from_uri(token: str) -> str:
    """Text of `compressToEncodedURIComponent`; empty if the token is none."""
    return _from_alphabet(token.rstrip("$").replace(" ", "+"), _URI_BITS)


def may_begin(data: bytes) -> bool:
    """Whether bytes can begin a stream: a character of text, and a code that can stand behind it."""
    head = int.from_bytes(data[:3].ljust(3, b"\xff"))
    return _BEGINNINGS[head >> 11] if head >> 22 == 0 else head >> 22 == WIDE_BEGINNING and _CODES[head >> 3 & 7]


def bits_may_begin(bits: str) -> bool:
    """Whether the first bits can begin a stream; fewer than 24 are enough."""
    return may_begin(int(bits[:24].ljust(24, "1"), 2).to_bytes(3))


def _begins(bits: str) -> bool:
    """Whether 13 bits are the kind and the character of one byte, and a code."""
    return bits.startswith("00") and bool(_Bits(bits[2:]).character(CHARACTER)) and _CODES[int(bits[10:], 2)]


def _from_alphabet(token: str, bits: dict[str, str]) -> str:
    try:
        if not bits_may_begin("".join(map(bits.__getitem__, token[:4]))):
            return ""
        return decompressed("".join(map(bits.__getitem__, token)))
    except KeyError:
        return ""


class _Bits:
    """A stream of bits; numbers are written with their lowest bit first."""

    def __init__(self, bits: str) -> None:
        self._bits = bits
        self._at = 0

    def read(self, count: int) -> int:
        """The next number; the sign of the end where nothing is left."""
        piece = self._bits[self._at : self._at + count]
        self._at += count
        return int(piece[::-1], 2) if len(piece) == count else END

    def character(self, kind: int) -> str:
        """The next character; empty where no text has it."""
        point = self.read(8 if kind == CHARACTER else 16)
        is_text = point >= LOWEST_PRINTABLE or point in BLANKS
        return chr(point) if is_text and (kind == WIDE_CHARACTER) == (point > 0xFF) else ""  # noqa: PLR2004 - a byte

    @property
    def is_exhausted(self) -> bool:
        """Whether more was read than there is."""
        return self._at > len(self._bits)


class _Text:
    """A text that grows word by word."""

    def __init__(self, word: str) -> None:
        self._words = [word]
        self._left = LONGEST_TEXT

    def add(self, word: str) -> None:
        """Add a word."""
        self._words.append(word)
        self._left -= len(word)
        if self._left < 0:
            raise OverBudget(f"unpacks to more than {LONGEST_TEXT} characters of LZ-string")

    def __str__(self) -> str:
        return "".join(self._words)


def decompressed(bits: str) -> str:
    """
    The text of a stream; empty where it is none, breaks off, or is too short to hold a value.

    Raises:
        OverBudget: It is longer than any that a page keeps.

    """
    stream = _Bits(bits)
    kind = stream.read(2)
    if kind > WIDE_CHARACTER:
        return ""
    word = stream.character(kind)
    words: list[str] = ["", "", "", word]
    out = _Text(word)
    width, room = 3, 4
    while word:
        code = stream.read(width)
        if stream.is_exhausted:
            return ""
        if code == END:
            text = str(out)
            return paired(text) if len(text) >= PART_LETTERS else ""
        if code in {CHARACTER, WIDE_CHARACTER}:
            words.append(stream.character(code))
            code = len(words) - 1
            room -= 1
            if not words[code]:
                return ""
        if not room:
            room, width = 1 << width, width + 1
        if code > len(words):
            return ""
        entry = words[code] if code < len(words) else word + word[0]
        out.add(entry)
        words.append(word + entry[0])
        word = entry
        room -= 1
        if not room:
            room, width = 1 << width, width + 1
    return ""


# What the second number of a stream may be, by its bits as written, lowest first: no more than the words known.
_CODES = tuple(int(f"{number:03b}"[::-1], 2) <= FIRST_CODES for number in range(8))
_BEGINNINGS = tuple(_begins(f"{number:013b}") for number in range(1 << 11))
