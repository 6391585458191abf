"""
Long runs of letters and digits, which hold everything that is written in base16, base32 or base64.

A search for such codings is slow where every letter may begin one. Plain text has few long runs, so it is faster to
find the runs first, in vectors, and to search only within them.
"""

import string
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Letters, digits and signs of base64 and its URL-safe form. Everything else ends a run.
OF_RUNS = frozenset((string.ascii_letters + string.digits + "+/-_").encode())
# Ten bytes make a run long: the shortest coding with a sign is base32 of six bytes. The two bytes behind it are kept,
# where padding is.
LONG = 10
BEHIND = 2
# So many bytes at a time stay in the cache of a processor.
AT_ONCE = 1 << 18
NOTHING = np.zeros(0, np.bool_)
_IS_OF_RUNS = bytes(byte in OF_RUNS for byte in range(256))


@dataclass(frozen=True)
class LongRuns:
    """
    The long runs of some data, concatenated.

    Attributes:
        data: The runs, each with the two bytes behind it.
        blocks: Which bytes of each block of the whole data these are: one flag a byte, and none where no byte is.

    """

    data: bytes
    blocks: Sequence[npt.NDArray[np.bool_]]

    def ends_in_whole(self, ends: Sequence[int]) -> "array[int]":
        """Positions in the whole data, from positions in the runs at which matches end, in ascending order."""
        found = array("I")
        wanted = np.asarray(ends, np.uint32)
        before = 1
        for number, kept in enumerate(self.blocks):
            places = np.flatnonzero(kept).astype(np.uint32)
            first, last = np.searchsorted(wanted, (before, before + len(places)))
            found.frombytes(
                (places[wanted[first:last] - np.uint32(before)] + np.uint32(number * AT_ONCE + 1)).tobytes()
            )
            before += len(places)
        return found


def long_runs(data: bytes) -> LongRuns:
    """Every run of ten bytes or more, with the two bytes behind it."""
    blocks = list(_by_blocks(data))
    return LongRuns(b"".join(some for some, _ in blocks), [kept if some else NOTHING for some, kept in blocks])


def _by_blocks(data: bytes) -> Iterator[tuple[bytes, npt.NDArray[np.bool_]]]:
    for start in range(0, max(1, len(data)), AT_ONCE):
        first = max(0, start - LONG - BEHIND)
        block = data[first : start + AT_ONCE + LONG]
        own = slice(start - first, start - first + AT_ONCE)
        kept = _kept(np.frombuffer(block.translate(_IS_OF_RUNS), np.uint8))[own]
        yield np.frombuffer(block, np.uint8)[own][kept].tobytes(), kept


def _kept(classes: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Which bytes are within a long run or close behind it."""
    kept = np.zeros(len(classes), np.uint8)
    if len(classes) >= LONG:
        two = classes[:-1] & classes[1:]
        four = two[:-2] & two[2:]
        eight = four[:-4] & four[4:]
        kept[: -LONG + 1] = eight[:-2] & two[8:]  # where ten of them begin
        for by in (1, 2, 4, 4):  # twelve bytes from there
            kept[by:] |= kept[:-by]
    return kept.view(np.bool_)
