"""
What reading and searching one file or text may take: bytes that it unpacks to, and seconds.

Archives, unpackers, decoders and searches spend one budget together. Where it ends, what was found stays found, and the
rest counts as not scanned: never a pass.
"""

import math
import time
from collections.abc import Callable

from maskproof.errors import Inconclusive

MEGABYTE = 1 << 20
# A choice: what is unpacked is held in memory, several times over while it is searched. A stored session of an hour is
# smaller by far.
DEFAULT_UNPACK_LIMIT = 64 * MEGABYTE
# A choice: a file of 100 MB takes seconds; of text that is all codings about 50 s a MB.
DEFAULT_TIME_LIMIT_S = 300.0
# Data that are read again and again, as where a hundred streams begin within each other, count by this share.
SHARE_OF_READ = 16
HINT = "Raise the limit (--unpack-limit, --time-limit), or take the file out."


class OverBudget(Inconclusive):
    """
    A file or text takes more bytes or seconds than allowed; nothing can be said of the rest.

    Args:
        reason: What it does that is too much.

    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"not scanned further: {reason}.", hint=HINT)
        self.reason = reason


class Budget:
    """
    What may still be spent on one file or text.

    Args:
        limit: Bytes that it may unpack to.
        seconds: Seconds of computing from now on, so that a busy machine does not change a verdict.
        clock: Gives the seconds that this process has computed.

    """

    def __init__(
        self,
        limit: int = DEFAULT_UNPACK_LIMIT,
        seconds: float = math.inf,
        *,
        clock: Callable[[], float] = time.process_time,
    ) -> None:
        self._limit = self._left = limit
        self._seconds = seconds
        self._clock = clock
        self._deadline = clock() + seconds
        self._read = 0

    @property
    def left(self) -> int:
        """Bytes that may still be unpacked."""
        return max(0, self._left)

    def spend(self, size: int) -> None:
        """
        Count bytes that were unpacked or decoded.

        Raises:
            OverBudget: They, or the time, are more than there was left.

        """
        self._left -= size
        if self._left < 0:
            raise OverBudget(f"unpacks to more than {self._limit / MEGABYTE:.3g} MB")
        self.check()

    def read(self, size: int) -> None:
        """
        Count bytes that were read by an unpacker, whatever it made of them.

        Raises:
            OverBudget: A share of all such bytes, or the time, is more than there was left.

        """
        self._read += size
        self.spend(self._read // SHARE_OF_READ)
        self._read %= SHARE_OF_READ

    def check(self) -> None:
        """
        Check that there is time left.

        Raises:
            OverBudget: There is none.

        """
        if self._clock() > self._deadline:
            raise OverBudget(f"takes longer than {self._seconds:g} s")
