"""
Digests as raw bytes in the midst of other binary data, as protocols that are no text send them.

They may begin at any byte, so every eight bytes are looked up, in vectors: first a few of their bits, and the rest
only of the few that pass.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maskproof.leaks.digests.hash_chains import Hashed
from maskproof.leaks.digests.hashes import HALF
from maskproof.leaks.text_heuristics import is_utf8

BITS = 20
LOW = np.uint64((1 << BITS) - 1)


class RawDigests:
    """
    Finds digests by their first eight bytes.

    Args:
        known: What each eight bytes are of.

    """

    def __init__(self, known: Mapping[bytes, Hashed]) -> None:
        self._known = known

    def find(self, data: bytes) -> Iterator[tuple[Hashed, int]]:
        """What digests there are in data that are no UTF-8, and where each begins; a digest is hardly ever UTF-8."""
        if not self._known or is_utf8(data):
            return
        for shift in range(min(HALF, len(data) - HALF + 1)):
            rows = np.frombuffer(data, np.uint64, (len(data) - shift) // HALF, shift)
            for row in np.flatnonzero(self._passing[rows & LOW]).tolist():
                place = row * HALF + shift
                hashed = self._known.get(data[place : place + HALF])
                if hashed is not None:
                    yield hashed, place

    @cached_property
    def _passing(self) -> npt.NDArray[np.bool_]:
        """Which low bits any of the digests has."""
        passing = np.zeros(1 << BITS, np.bool_)
        passing[np.frombuffer(b"".join(self._known), np.uint64) & LOW] = True
        return passing
