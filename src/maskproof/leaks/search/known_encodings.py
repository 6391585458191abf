"""
Short codings of values, searched for as they are.

Base58 of a short name looks like a word: decoding whatever looks like one would decode all of a text. What a
value alone becomes in each coding is known beforehand, so it is looked for by itself.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import base58
from lzstring import LZString

from maskproof.leaks.decoding.coding_signs import SIGNS, Hint
from maskproof.leaks.decoding.whole_token_codings import B85_ALPHABET, Z85_ALPHABET
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
TO_Z85 = bytes.maketrans(B85_ALPHABET, Z85_ALPHABET)


@dataclass(frozen=True, slots=True)
class Literal:
    """What a value, or a hash of it, becomes: `encoding` is outermost first."""

    value: Value
    encoding: tuple[str, ...]
    data: bytes
    match: str = "normalised"


class LiteralSearch:
    """
    Finds the codings of values.

    Args:
        values: Whose.
        halves: Half digests and what they are of: what they are in letters may look like a word as well.

    """

    def __init__(self, values: Sequence[Value], halves: Mapping[bytes, Hashed]) -> None:
        found = {literal.data: literal for value in values for literal in literals_of(value)}
        found.update((literal.data, literal) for literal in _signless(halves))
        self._literals = tuple(found.values())
        self._patterns = MultiSearch([_pattern(literal.data) for literal in self._literals], DOTALL)

    def search(self, data: bytes) -> list[tuple[Literal, int]]:
        """Each coding that stands in data by itself, and where it begins."""
        found = []
        for number, _, end in self._patterns.hits(data):
            literal = self._literals[number]
            start = end - len(literal.data)
            if not (data[start - 1 : start].isalnum() or data[end : end + 1].isalnum()):
                found.append((literal, start))
        return found


def literals_of(value: Value) -> Iterator[Literal]:
    """What a value alone becomes, as it is and as it is mostly written."""
    for text in _spelled(value):
        data = text.encode()
        for one in dict.fromkeys((text, text.translate(FULL_WIDTH), without_marks(text).translate(FULL_WIDTH))):
            if not one.isascii():
                yield Literal(value, ("utf-16le",), one[:ENOUGH].encode("utf-16-le"))
                yield Literal(value, ("utf-16be",), one[:ENOUGH].encode("utf-16-be"))
        if len(data) <= LONGEST:
            for encoding, coded in _codings(text, data):
                if len(coded) >= SHORTEST:
                    yield Literal(value, (encoding,), coded)


def _signless(halves: Mapping[bytes, Hashed]) -> Iterator[Literal]:
    """Codings of half digests that show no sign."""
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
    standard, of_addresses = (code(data).rstrip(b"=") for code in (base64.b64encode, base64.urlsafe_b64encode))
    yield "base64", standard
    if of_addresses != standard:
        yield "base64url", of_addresses
    yield "base32", base64.b32encode(data).rstrip(b"=").lower()
    yield "base58", base58.b58encode(data)
    yield "base85", base64.b85encode(data)
    yield "ascii85", base64.a85encode(data)
    yield "z85", base64.b85encode(data).translate(TO_Z85)
    yield "z85", base64.b85encode(data, pad=True).translate(TO_Z85)
    yield "lz-string", LZString.compressToBase64(text).rstrip("=").encode()
    yield "lz-string", LZString.compressToEncodedURIComponent(text).encode()


def _pattern(data: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in data)
