"""
LZ-string, decompressed: every flavour is one stream of bits, written in another alphabet.

Ends at the first sign that it is no such stream, so that guesses are cheap.
"""

from maskproof.leaks.decoding.surrogates import paired
from maskproof.leaks.text_heuristics import PART_LETTERS

# What findings call it. It packs text: what comes of it is no digest.
LZ_STRING = "lz-string"
BASE64_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
URI_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-$"
_BASE64_BITS = {character: f"{number:06b}" for number, character in enumerate(BASE64_ALPHABET)}
# The last character stands for 64, which has no sixth bit: it is padding.
_URI_BITS = {character: f"{number:06b}" for number, character in enumerate(URI_ALPHABET[:64])}
UTF16_SHIFT = 32
CHARACTER, WIDE_CHARACTER, END = 0, 1, 2
# Kind and character of the beginning are 10 bits or 18; a number of 3 bits follows, of no more than the words known.
WIDE_BEGINNING, FIRST_CODES = 0b10, 4
LOWEST_PRINTABLE, BLANKS = 0x20, frozenset((0x09, 0x0A, 0x0D))


def from_base64(token: str) -> str:
    """Text of `compressToBase64`; empty if it is none."""
    return _from_alphabet(token.rstrip("="), _BASE64_BITS)


def from_uri(token: str) -> str:
    """Text of `compressToEncodedURIComponent`; empty if it is none."""
    return _from_alphabet(token.rstrip("$").replace(" ", "+"), _URI_BITS)


def from_utf16(text: str) -> str:
    """Text of `compressToUTF16`; empty if it is none."""
    if not (head := _utf16_bits(text[:2])) or not _may_begin(head):
        return ""
    return decompressed(_utf16_bits(text))


def _utf16_bits(text: str) -> str:
    """Fifteen bits of each character; empty if one is none of such a text."""
    units = [ord(one) - UTF16_SHIFT for one in text]
    return "".join(f"{unit:015b}" for unit in units) if all(0 <= unit < 1 << 15 for unit in units) else ""


def from_units(text: str) -> str:
    """Text of `compress`; empty if it is none."""
    return from_bytes(text.encode("utf-16-be", "surrogatepass"))


def from_bytes(data: bytes) -> str:
    """Text of `compressToUint8Array`; empty if it is none."""
    return decompressed(f"{int.from_bytes(data):0{len(data) * 8}b}") if data and may_begin(data) else ""


def may_begin(data: bytes) -> bool:
    """Whether the first character of a stream is one, and the code behind it one that can stand there."""
    head = int.from_bytes(data[:3].ljust(3, b"\xff"))
    return _BEGINNINGS[head >> 11] if head >> 22 == 0 else head >> 22 == WIDE_BEGINNING and _CODES[head >> 3 & 7]


def _may_begin(bits: str) -> bool:
    """The same of the first bits, as far as there are any."""
    return may_begin(int(bits[:24].ljust(24, "1"), 2).to_bytes(3))


def _begins(bits: str) -> bool:
    """Whether 13 bits are a character of one byte and a code."""
    return bits.startswith("00") and bool(_Bits(bits[2:]).character(CHARACTER)) and _CODES[int(bits[10:], 2)]


def _from_alphabet(token: str, bits: dict[str, str]) -> str:
    try:
        if not _may_begin("".join(map(bits.__getitem__, token[:4]))):
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
        """The next number; as its end where there is nothing left."""
        piece = self._bits[self._at : self._at + count]
        self._at += count
        return int(piece[::-1], 2) if len(piece) == count else END

    def character(self, kind: int) -> str:
        """The next character; empty where no text has such a one."""
        point = self.read(8 if kind == CHARACTER else 16)
        is_text = point >= LOWEST_PRINTABLE or point in BLANKS
        return chr(point) if is_text and (kind == WIDE_CHARACTER) == (point > 0xFF) else ""  # noqa: PLR2004 - a byte

    @property
    def is_over(self) -> bool:
        """Whether more was read than there is."""
        return self._at > len(self._bits)


def decompressed(bits: str) -> str:
    """The text of a stream; empty where it is none, does not come to its end, or is too short to hold anything."""
    stream = _Bits(bits)
    kind = stream.read(2)
    if kind > WIDE_CHARACTER:
        return ""
    word = stream.character(kind)
    words: list[str] = ["", "", "", word]
    out = [word]
    width, room = 3, 4
    while word:
        code = stream.read(width)
        if stream.is_over:
            return ""
        if code == END:
            text = "".join(out)
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
        out.append(entry)
        words.append(word + entry[0])
        word = entry
        room -= 1
        if not room:
            room, width = 1 << width, width + 1
    return ""


# What the second number of a stream may be, by its bits as written, lowest first: no more than there are words.
_CODES = tuple(int(f"{number:03b}"[::-1], 2) <= FIRST_CODES for number in range(8))
_BEGINNINGS = tuple(_begins(f"{number:013b}") for number in range(1 << 11))
