"""What a search may decode beside the codings that every search does; `rare/` fills it in."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from maskproof.leaks.budget import Budget
from maskproof.leaks.decoding.base_runs import Guess
from maskproof.leaks.decoding.coding_signs import SIGNS, Hint
from maskproof.leaks.decoding.packed import ZLIB, Unpacker, no_texts
from maskproof.leaks.decoding.whole_token_codings import CODINGS85, Coding85


def _nothing(_data: bytes) -> Iterator[Guess]:
    return iter(())


def _no_fields(_data: bytes) -> Iterator[tuple[int, str]]:
    return iter(())


def _no_codings(_data: bytes) -> Iterator[tuple[str, bytes]]:
    return iter(())


class Extras(NamedTuple):
    """
    Codings that a search may have or not; by default it has the common ones only.

    Attributes:
        signs: The pattern of each sign.
        codings85: Codings of base85 that a whole token may be in.
        marked85: Finds base85 between marks of its own, where a text has the sign of it.
        zlib_magic: The first bytes of zlib streams.
        lz_of_body: Texts that a whole body unpacks to as LZ-string.
        lz_of_fields: Place and text of each field of a text that is LZ-string.
        lz_in_utf16: Byte orders of UTF-16 in which a body is LZ-string.
        coded: Names and codings of a short value, to search for as they are.

    """

    signs: Mapping[Hint, bytes] = SIGNS
    codings85: tuple[Coding85, ...] = CODINGS85
    marked85: Callable[[bytes], Iterator[Guess]] = _nothing
    zlib_magic: re.Pattern[bytes] = ZLIB
    lz_of_body: Callable[[bytes], Iterator[str]] = no_texts
    lz_of_fields: Callable[[bytes], Iterator[tuple[int, str]]] = _no_fields
    lz_in_utf16: Callable[[bytes], Iterator[str]] = no_texts
    coded: Callable[[bytes], Iterator[tuple[str, bytes]]] = _no_codings

    def unpacker(self, budget: Budget, *, is_trial: bool = False) -> Unpacker:
        """
        Unpacks what these codings pack.

        Args:
            budget: What may be unpacked.
            is_trial: The budget only ends a trial; reaching its end is no error.

        """
        return Unpacker(budget, is_trial=is_trial, zlib_magic=self.zlib_magic, lz_of_body=self.lz_of_body)


NO_EXTRAS = Extras()
