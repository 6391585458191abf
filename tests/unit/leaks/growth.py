"""How the time of a function grows with the size of its input: a ratio, which is about the same on every machine."""

import time
from collections.abc import Callable

TIMES = 4
# A shorter time is mostly noise.
LEAST_S = 0.02


def growth(work: Callable[[int], object], size: int) -> float:
    """
    The time for an input four times as long, by that of the short one: 4 is linear, 16 is quadratic.

    Args:
        work: Does the work for a size.
        size: The short size.

    """
    return min(_seconds(work, size * TIMES) / max(_seconds(work, size), LEAST_S) for _ in range(2))


def _seconds(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started
