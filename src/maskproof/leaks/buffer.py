"""Many texts as one buffer, so that one search runs over all of them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

# Longer than what may stand between two parts of a value, so no pattern matches across it.
SEPARATOR = b"\x00" * 12
# Texts are searched in batches of about so many bytes.
BATCH = 1 << 22


class Buffer:
    """
    Texts joined by a separator that no pattern crosses.

    Args:
        chunks: The texts.

    """

    def __init__(self, chunks: Sequence[bytes]) -> None:
        self.chunks = chunks
        self.data = SEPARATOR.join(chunks)

    @cached_property
    def has_nuls(self) -> bool:
        """Whether any text has a NUL byte of its own."""
        return self.data.count(b"\x00") > len(SEPARATOR) * max(0, len(self.chunks) - 1)

    @cached_property
    def _starts(self) -> list[int]:
        sizes = map(len(SEPARATOR).__add__, map(len, self.chunks))
        return list(accumulate(sizes, initial=0))[:-1]

    def locate(self, position: int) -> tuple[int, int]:
        """Index of the text that holds a position of the buffer, and the offset in that text."""
        index = bisect_right(self._starts, position) - 1
        return index, position - self._starts[index]

    def start(self, chunk: int) -> int:
        """Position in the buffer at which a text begins."""
        return self._starts[chunk]


def batches(chunks: Sequence[bytes], indexes: Sequence[int], most: int = BATCH) -> Iterator[Sequence[int]]:
    """
    Indexes of texts, in batches of about so many bytes.

    Args:
        chunks: All texts.
        indexes: Indexes of those that are wanted.
        most: Bytes of a batch.

    """
    start, size = 0, 0
    for place, index in enumerate(indexes, 1):
        size += len(chunks[index])
        if size >= most or place == len(indexes):
            yield indexes[start:place]
            start, size = place, 0
