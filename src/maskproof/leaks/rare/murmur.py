"""
MurmurHash3 in halves and in the other byte order, for programs that keep only 64 of its 128 bits or dump its bytes.

A whole one, as JavaScript writes it, is a common hash.
"""

import mmh3
import numpy as np
import numpy.typing as npt

from maskproof.leaks.digests.hash_chains import CAPITALS, RAW_AND_HEX, WRITTEN, HashInputs, joined, written
from maskproof.leaks.digests.hashes import HALF, MURMUR, Keys, one_by_one


def _keys_of(digest: bytes) -> tuple[bytes, ...]:
    """Both halves, each as either byte order begins."""
    first, second = digest[:HALF], digest[HALF:]
    return first, second, first[::-1], second[::-1]


def _keys_of_each(digests: npt.NDArray[np.uint8]) -> list[npt.NDArray[np.uint64]]:
    halves = digests.view(np.uint64)
    return [*halves.T, *halves.byteswap().T]


HALVES = Keys(_keys_of, _keys_of_each)
# As its library writes it, when it is hashed again.
IN_MEMORY_ORDER = one_by_one(MURMUR, 2 * HALF, mmh3.hash_bytes)._replace(keys=HALVES)


def halves_of(digests: HashInputs) -> HashInputs:
    """The halves of MurmurHash3 among digests."""
    numbers = [number for number in range(len(digests.items)) if digests.of(number).chain[0] == MURMUR]
    items = [half for number in numbers for half in (digests.items[number][:HALF], digests.items[number][HALF:])]
    return HashInputs(items, lambda half: digests.of(numbers[half // 2]))


def hashed_halves(first: HashInputs, plain: HashInputs) -> tuple[HashInputs, HashInputs]:
    """
    Halves of digests that are hashed once more: the usual notations, and the others.

    Args:
        first: Hashes of values in every spelling.
        plain: Hashes of values in their plain spellings.

    """
    halves, plain_halves = halves_of(first), halves_of(plain)
    usual = joined(written(halves, RAW_AND_HEX), written(plain_halves, WRITTEN))
    return usual, written(halves, CAPITALS)
