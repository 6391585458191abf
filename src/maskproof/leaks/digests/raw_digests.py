"""
Digests as raw bytes within other binary data, as binary protocols send them.

They may begin at any byte, so every eight bytes are looked up. Vectors check a few bits first, and only what passes is
looked up whole.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maskproof.leaks.digests.hash_chains import Hashed
from maskproof.leaks.digests.hashes import HALF, MURMUR
from maskproof.leaks.text_heuristics import is_utf8

# A table of 2 ** 20 flags fits into a processor's cache. A persona has a few thousand keys, so about 3 in 1,000 random
# places pass.
BITS = 20
LOW = np.uint64((1 << BITS) - 1)


class RawDigests:
    """
    Finds digests by their first eight bytes.

    Args:
        known: What the first eight bytes of each digest are of.
        halves: Whether half a MurmurHash3 counts, which may end the data.

    """

    def __init__(self, known: Mapping[bytes, Hashed], *, halves: bool = True) -> None:
        self._known = known
        self._halves = halves

    def find(self, data: bytes) -> Iterator[tuple[Hashed, int]]:
        """Digests in data that is not UTF-8, and where each begins; a digest is hardly ever UTF-8."""
        if not self._known or is_utf8(data):
            return
        for shift in range(min(HALF, len(data) - HALF + 1)):
            rows = np.frombuffer(data, np.uint64, (len(data) - shift) // HALF, shift)
            for row in np.flatnonzero(self._passing[rows & LOW]).tolist():
                place = row * HALF + shift
                hashed = self._known.get(data[place : place + HALF])
                if hashed is not None and (self._halves or _is_whole(hashed, len(data) - place)):
                    yield hashed, place

    @cached_property
    def _passing(self) -> npt.NDArray[np.bool_]:
        """Which low bits any of the digests has."""
        passing = np.zeros(1 << BITS, np.bool_)
        passing[np.frombuffer(b"".join(self._known), np.uint64) & LOW] = True
        return passing


def _is_whole(hashed: Hashed, size: int) -> bool:
    """Whether so many bytes have room for a whole MurmurHash3, if it is one."""
    return size >= 2 * HALF or hashed.chain[0] != MURMUR
