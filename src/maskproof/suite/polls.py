"""
Requests that a page makes again and again by itself, as a form fixture declares them.

How many there are, and what they carry, the clock decides: they are no difference between two people. What they hold
of a person is found by the check `masking`, which knows no declarations.
"""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from maskproof.forms.polls import Poll, fits_path


class Polled:
    """
    Says which URLs are those of declared polls, and counts how often each was met.

    Args:
        polls: The declarations.

    """

    def __init__(self, polls: Sequence[Poll]) -> None:
        self._polls = polls
        self.counts: Counter[Poll] = Counter()

    def __call__(self, url: str) -> bool:
        """Whether a URL is that of a poll."""
        path = urlsplit(url).path if self._polls else ""
        found = [poll for poll in self._polls if fits_path(poll.target, path)]
        self.counts.update(found)
        return bool(found)
