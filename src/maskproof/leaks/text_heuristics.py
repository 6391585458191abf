"""Whether decoded bytes look like text, like binary data, or like a digest. Chances are those of random bytes."""

import hashlib

PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\r"
CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"
# Letters and digits that every form and part of a value has at least. A search for fewer would match words by chance;
# a value itself has six (`secrets.SHORT_BELOW`).
PART_LETTERS = 5
# Longer data are remembered by a hash of this size in bytes.
LONGEST_KEY, LONG_KEY = 128, 17
# How much of a text may be no text: decoding that begins a few bytes early or breaks off gives some noise. Of
# 400,000 random pieces of 8 bytes 4 % are text by this share, of 16 bytes 0.4 %: these are searched in vain.
SHARE = 0.15
# What kind of data a body is shows in its first 64 kB; reading all of it would read bodies twice.
HEAD = 1 << 16
# From 16 bytes on, the size of the shortest whole digest, printable bytes are text: (98 / 256) ** 16 = 2e-7 by chance.
TEXT_IS_NO_CHANCE = 16
# UTF-16 has six characters or more, as a value has. Six random bytes have three different values or fewer with 5e-6;
# three are enough for letters of one alphabet, digits and punctuation beside them.
SHORTEST_UTF16, FEW_SCRIPTS = 12, 3
# High bytes of letters and signs of one writing system (Unicode's blocks): alphabets up to Arabic with surrogates for
# signs beyond, the scripts of South and South-East Asia, Chinese and Japanese, Korean. All of six random bytes are of
# the first with 4e-7, of the second with 3e-8, of the third with 9e-3, of the fourth with 5e-5: Chinese is found at the
# price of one useless decoding in a hundred.
_ALPHABETS = (*range(7), 0x1E, 0x1F, *range(0x20, 0x23))
WRITINGS = (
    frozenset((*_ALPHABETS, *range(0xD8, 0xE0), 0xFE, 0xFF)),
    frozenset((*range(7, 0x12), 0, 0x20, 0x22)),
    frozenset((0, 0x20, *range(0x2E, 0xA0), 0xFF)),
    frozenset((0, 0x20, 0x30, 0x31, *range(0xAC, 0xD8), 0xFF)),
)


def is_text(data: bytes) -> bool:
    """Whether bytes are mostly text: ASCII, or UTF-8 with few control characters."""
    head = data[:HEAD]
    few = len(head) * SHARE
    if len(head.translate(None, PRINTABLE)) <= few:
        return True
    if len(head) - len(head.translate(None, CONTROL)) > few:
        return False
    return len(head.decode("utf-8", "ignore").encode()) >= len(head) - few


def is_clean_text(data: bytes, at_least: int) -> bool:
    """
    Whether bytes are UTF-8 without control characters, and enough of them to exclude chance.

    Args:
        data: Any bytes.
        at_least: How many bytes are enough.

    """
    return len(data) >= at_least and len(data) == len(data.translate(None, CONTROL)) and _may_be_utf8(data)


def is_surely_text(data: bytes, at_least: int) -> bool:
    """
    Whether bytes are text, and enough of them to exclude chance.

    Args:
        data: Any bytes.
        at_least: How many bytes are enough.

    """
    return len(data) >= at_least and is_text(data)


def is_binary(data: bytes) -> bool:
    """Whether a body may be compressed: it has bytes that text does not have."""
    head = data[:HEAD]
    if len(head) != len(head.translate(None, CONTROL)):
        return True
    return not head.isascii() and not _may_be_utf8(head)


def has_wide(data: bytes) -> bool:
    """Whether most bytes of a body are beyond ASCII, as of compressed text that is written as characters."""
    return len(data.translate(None, PRINTABLE)) > len(data) / 2


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, including surrogates."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _may_be_utf8(head: bytes) -> bool:
    """Whether the head of some bytes, which may end within a character, is UTF-8."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4
    return True


def may_be_digest(data: bytes) -> bool:
    """Whether bytes look random: more than half of them differ, and they are no long text."""
    is_varied = len(set(data)) > len(data) / 2  # not of 8 random bytes with 4e-7, of 16 with 1e-10
    return is_varied and (len(data) < TEXT_IS_NO_CHANCE or bool(data.translate(None, PRINTABLE)))


def utf16_orders(data: bytes) -> list[str]:
    """The byte orders in which a body may be UTF-16: its high bytes are few, or all of one writing system."""
    if len(data) % 2 or len(data) < SHORTEST_UTF16:
        return []
    high_bytes = (("utf-16le", set(data[1::2])), ("utf-16be", set(data[::2])))
    return [name for name, high in high_bytes if len(high) <= FEW_SCRIPTS or _are_of_one_writing(high)]


def _are_of_one_writing(high: set[int]) -> bool:
    return any(writing.issuperset(high) for writing in WRITINGS)


def short_key(data: bytes) -> bytes:
    """Bytes that stand for data in a set: the data, or of long data a hash as long as no digest that is looked up."""
    return data if len(data) <= LONGEST_KEY else hashlib.blake2b(data, digest_size=LONG_KEY).digest()
