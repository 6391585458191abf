"""Whether decoded bytes look like something: text, or binary data."""

PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\r"
CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"
# Letters and digits that every form and part of a value has at least: with fewer, nothing is found in a text.
PART_LETTERS = 5
SHARE = 0.15
HEAD = 1 << 16
# So many random bytes are hardly ever all printable.
TEXT_IS_NO_CHANCE = 16
SHORTEST_UTF16, FEW_SCRIPTS = 12, 3
# High bytes of letters and signs of one writing: of alphabets up to Arabic, with pairs for signs beyond; of Chinese and
# Japanese; of Korean. By chance short bytes are seldom of one of these.
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
    """Whether bytes are UTF-8 without any control character, and so many of them that it is no chance."""
    return len(data) >= at_least and len(data) == len(data.translate(None, CONTROL)) and _may_be_utf8(data)


def is_surely_text(data: bytes, at_least: int) -> bool:
    """Whether bytes are text, and so many of them that it is no chance."""
    return len(data) >= at_least and is_text(data)


def is_binary(data: bytes) -> bool:
    """Whether a body may be compressed: it has bytes that text has not."""
    head = data[:HEAD]
    if len(head) != len(head.translate(None, CONTROL)):
        return True
    return not head.isascii() and not _may_be_utf8(head)


def has_wide(data: bytes) -> bool:
    """Whether a body is mostly written beyond ASCII, as compressed text is that was made UTF-16."""
    return len(data.translate(None, PRINTABLE)) > len(data) / 2


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, halves of characters beyond the basic plane included."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _may_be_utf8(head: bytes) -> bool:
    """The same of the head of some bytes, which may end within a character."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4
    return True


def may_be_digest(data: bytes) -> bool:
    """Whether bytes look random: most are none that came before, and they are no text, if that is no chance."""
    is_varied = len(set(data)) > len(data) / 2
    return is_varied and (len(data) < TEXT_IS_NO_CHANCE or bool(data.translate(None, PRINTABLE)))


def utf16_orders(data: bytes) -> list[str]:
    """The byte orders in which a body may be UTF-16 in any script: few high bytes, or only those of letters."""
    if len(data) % 2 or len(data) < SHORTEST_UTF16:
        return []
    high_bytes = (("utf-16le", set(data[1::2])), ("utf-16be", set(data[::2])))
    return [name for name, high in high_bytes if len(high) <= FEW_SCRIPTS or _are_of_one_writing(high)]


def _are_of_one_writing(high: set[int]) -> bool:
    return any(one.issuperset(high) for one in WRITINGS)
