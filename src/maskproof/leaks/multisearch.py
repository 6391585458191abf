"""One search for many patterns at once (Hyperscan); what a hit means, its caller knows."""

from collections.abc import Callable, Sequence

import hyperscan

CASELESS = hyperscan.HS_FLAG_CASELESS
DOTALL = hyperscan.HS_FLAG_DOTALL
# Report where a match begins, too; it costs, and where it is not asked for, `start` is 0.
WITH_START = hyperscan.HS_FLAG_SOM_LEFTMOST
# Report a pattern once, however often it stands there.
ONCE = hyperscan.HS_FLAG_SINGLEMATCH

# Number of the pattern, start and end.
Hit = tuple[int, int, int]


class MultiSearch:
    """
    Finds patterns in data.

    Args:
        patterns: What is searched for; a hit names one by its place here. Without any, nothing is found.
        flags: Of all patterns, or of each.

    """

    def __init__(self, patterns: Sequence[bytes], flags: int | Sequence[int]) -> None:
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK) if patterns else None
        if self._database is not None:
            self._database.compile(
                expressions=list(patterns),
                ids=list(range(len(patterns))),
                elements=len(patterns),
                flags=[flags] * len(patterns) if isinstance(flags, int) else list(flags),
            )

    def each(self, data: bytes, tell: Callable[[int, int, int, int, object], None]) -> None:
        """Call `tell` with pattern, start and end of each hit (and what Hyperscan adds), in the order of ends."""
        if self._database is not None:
            self._database.scan(data, match_event_handler=tell)

    def hits(self, data: bytes) -> list[Hit]:
        """Every hit, in the order of ends."""
        found: list[Hit] = []

        def tell(number: int, start: int, end: int, _flags: int, _context: object) -> None:
            found.append((number, start, end))

        self.each(data, tell)
        return found
