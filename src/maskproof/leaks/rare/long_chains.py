"""
Chains of three hashes, for values that pass through three systems, each of which hashes what it gets.

The detector of Leaky Forms (Senol et al., USENIX Security 2022) stops at two hashes by default (`hash_layers`).
"""

from collections.abc import Sequence

from maskproof.leaks.digests.hash_chains import (
    CAPITALS,
    HEX,
    RAW_AND_HEX,
    WRITTEN,
    HashInputs,
    hashed,
    joined,
    written,
)
from maskproof.leaks.digests.hashes import COMMON, Hash
from maskproof.leaks.rare.murmur import halves_of

COMMON_NAMES = frozenset(function.name for function in COMMON)


def third_hashes(first: HashInputs, plain: HashInputs, listed: Sequence[Hash]) -> tuple[HashInputs, HashInputs]:
    """
    Digests of digests that are hashed once more: the usual ones, and those that slow hashes skip.

    Plain spellings go through all hashes; every other spelling, and rare notations between, through common hashes.

    Args:
        first: Hashes of values in every spelling.
        plain: Hashes of values in their plain spellings.
        listed: The hashes whose digests are hashed again.

    """
    second = hashed(written(plain, RAW_AND_HEX), listed)
    usual = joined(
        written(second, RAW_AND_HEX),
        written(hashed(written(_of_common(first), HEX), COMMON), HEX),
    )
    others = joined(
        written(hashed(written(halves_of(plain), HEX), listed), HEX),
        written(second, CAPITALS),
        written(hashed(written(plain, CAPITALS), listed), (*RAW_AND_HEX, *CAPITALS)),
        written(hashed(written(_of_common(plain), WRITTEN), COMMON), WRITTEN),
        written(halves_of(second), HEX),
    )
    return usual, others


def _of_common(digests: HashInputs) -> HashInputs:
    """Those that a common hash made."""
    some = [number for number in range(len(digests.items)) if digests.of(number).chain[0] in COMMON_NAMES]
    return HashInputs([digests.items[number] for number in some], lambda number: digests.of(some[number]))
