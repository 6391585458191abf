"""One search for many patterns at once (Hyperscan). The caller knows what a hit means."""

from array import array
from collections.abc import Callable, Sequence

import hyperscan

CASELESS = hyperscan.HS_FLAG_CASELESS
DOTALL = hyperscan.HS_FLAG_DOTALL
# Report where a match begins, too. That takes time; without it `start` is 0.
WITH_START = hyperscan.HS_FLAG_SOM_LEFTMOST
# Report a pattern once, however often it matches.
ONCE = hyperscan.HS_FLAG_SINGLEMATCH

# Number of the pattern, start and end.
Hit = tuple[int, int, int]


class MultiSearch:
    """
    Finds patterns in data.

    Args:
        patterns: Regular expressions; a hit names one by its index. Without any, nothing is found.
        flags: Flags of all patterns, or one for each.

    """

    def __init__(self, patterns: Sequence[bytes], flags: int | Sequence[int]) -> None:
        self._count = len(patterns)
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK) if patterns else None
        if self._database is not None:
            self._database.compile(
                expressions=list(patterns),
                ids=list(range(len(patterns))),
                elements=len(patterns),
                flags=[flags] * len(patterns) if isinstance(flags, int) else list(flags),
            )

    def each(self, data: bytes, handle: Callable[[int, int, int, int, object], None]) -> None:
        """
        Handle each hit, in the order of ends.

        Args:
            data: What is searched.
            handle: Called with the index of the pattern, start and end of a hit, and two things that Hyperscan adds.

        """
        if self._database is not None:
            self._database.scan(data, match_event_handler=handle)

    def ends(self, data: bytes) -> list["array[int]"]:
        """For each pattern where its hits end, in ascending order: four bytes a hit, since foreign text may be full."""
        found = [array("I") for _ in range(self._count)]

        def add(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found[number].append(end)

        self.each(data, add)
        return found

    def hits(self, data: bytes) -> list[Hit]:
        """Every hit, in the order of ends."""
        found: list[Hit] = []

        def add(number: int, start: int, end: int, _flags: int, _context: object) -> None:
            found.append((number, start, end))

        self.each(data, add)
        return found
