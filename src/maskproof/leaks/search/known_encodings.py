"""
Short codings of values, searched for without decoding.

Base58 of a short name looks like a word, and decoding everything that looks like a word would decode whole texts. The
codings of a value alone are known in advance, so they are searched for as plain bytes.
"""

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import base58
from lzstring import LZString

from maskproof.leaks.decoding.coding_signs import SIGNS, Hint
from maskproof.leaks.decoding.extras import NO_EXTRAS
from maskproof.leaks.digests.hash_chains import Hashed
from maskproof.leaks.multisearch import DOTALL, MultiSearch
from maskproof.leaks.spelling.folding import without_marks
from maskproof.leaks.spelling.spellings import plain_spellings
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.spelling.variants import ENOUGH

ODD = re.compile(SIGNS[Hint.ODD])
LONGEST = 24
SHORTEST = 7
FULL_WIDTH = {point: point + 0xFEE0 for point in range(0x21, 0x7F)}
# Names and codings of some bytes.
Codings = Callable[[bytes], Iterator[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class Literal:
    """The coded bytes of a value or of a hash of it; `encoding` is outermost first."""

    value: Value
    encoding: tuple[str, ...]
    data: bytes
    match: str = "normalised"


class LiteralSearch:
    """
    Finds the codings of values.

    Args:
        values: The values whose codings are searched for.
        halves: Half digests (8 bytes) and the hashes that they are of; their codings may look like words, too.
        more: Further codings of the bytes of a short value.

    """

    def __init__(
        self, values: Sequence[Value], halves: Mapping[bytes, Hashed], more: Codings = NO_EXTRAS.coded
    ) -> None:
        found = {literal.data: literal for value in values for literal in literals_of(value, more)}
        found.update((literal.data, literal) for literal in _signless(halves))
        self._literals = tuple(found.values())
        self._patterns = MultiSearch([_pattern(literal.data) for literal in self._literals], DOTALL)

    def search(self, data: bytes) -> list[tuple[Literal, int]]:
        """Each coding that occurs as a whole token, with its offset in bytes."""
        found = []
        for number, _, end in self._patterns.hits(data):
            literal = self._literals[number]
            start = end - len(literal.data)
            if not (data[start - 1 : start].isalnum() or data[end : end + 1].isalnum()):
                found.append((literal, start))
        return found


def literals_of(value: Value, more: Codings = NO_EXTRAS.coded) -> Iterator[Literal]:
    """
    The codings of a value alone, in its usual spellings.

    Args:
        value: The value.
        more: Further codings of the bytes of a short value.

    """
    for text in _spelled(value):
        data = text.encode()
        for spelling in dict.fromkeys((text, text.translate(FULL_WIDTH), without_marks(text).translate(FULL_WIDTH))):
            if not spelling.isascii():
                yield Literal(value, ("utf-16le",), spelling[:ENOUGH].encode("utf-16-le"))
                yield Literal(value, ("utf-16be",), spelling[:ENOUGH].encode("utf-16-be"))
        if len(data) <= LONGEST:
            for encoding, coded in chain(_codings(text, data), more(data)):
                if len(coded) >= SHORTEST:
                    yield Literal(value, (encoding,), coded)


def _signless(halves: Mapping[bytes, Hashed]) -> Iterator[Literal]:
    """Codings of half digests that show no sign of an encoding, so that no decoder reads them."""
    for half, hashed in halves.items():
        for encoding, coded in (
            ("base64url", base64.urlsafe_b64encode(half).rstrip(b"=")),
            ("base32", base64.b32encode(half).rstrip(b"=").lower()),
            ("base58", base58.b58encode(half)),
        ):
            if ODD.search(coded) is None:
                yield Literal(hashed.value, (encoding, *hashed.chain), coded, "hash")


def _spelled(value: Value) -> list[str]:
    texts = plain_spellings(value)
    return list(dict.fromkeys([*texts, texts[0].upper(), texts[0].title(), texts[0].capitalize()]))


def _codings(text: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    plain, for_urls = (code(data).rstrip(b"=") for code in (base64.b64encode, base64.urlsafe_b64encode))
    yield "base64", plain
    if for_urls != plain:
        yield "base64url", for_urls
    yield "base32", base64.b32encode(data).rstrip(b"=").lower()
    yield "base58", base58.b58encode(data)
    yield "base85", base64.b85encode(data)
    yield "lz-string", LZString.compressToBase64(text).rstrip("=").encode()
    yield "lz-string", LZString.compressToEncodedURIComponent(text).encode()


def _pattern(data: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in data)
