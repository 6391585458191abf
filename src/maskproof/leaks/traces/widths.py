"""Full-width letters, digits and signs, as input methods of East Asia write them, folded to ASCII."""

import re
from array import array
from typing import NamedTuple
from unicodedata import normalize

# The first byte pair of the full-width block (U+FF01 to U+FF3F); the rest of it begins with EF BD.
MARK = b"\xef\xbc"
WIDE = re.compile("[\uff01-\uff5e\u3000]")


class Folded(NamedTuple):
    """A text in ASCII width, and for each folded byte where it was in the original, in bytes."""

    data: bytes
    places: "array[int]"

    def original(self, start: int, end: int) -> tuple[int, int]:
        """
        The place of a part in the original: its first byte, and the one behind its last.

        Args:
            start: First byte of the part in the folded text.
            end: The byte behind its last there.

        """
        return self.places[start], self.places[end - 1] + self._size(end - 1)

    def _size(self, at: int) -> int:
        following = self.places[at + 1] if at + 1 < len(self.places) else self.places[at] + 1
        return following - self.places[at]


def folded(data: bytes) -> Folded | None:
    """A text with its full-width signs folded; None if it has none, or is no UTF-8."""
    if MARK not in data:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    made, at = bytearray(), 0
    places = array("Q")
    for character in text:
        size = len(character.encode())
        out = normalize("NFKC", character).encode() if WIDE.match(character) else character.encode()
        made += out
        places.extend([at] if size != len(out) else range(at, at + size))
        at += size
    places.append(at)
    return Folded(bytes(made), places)
