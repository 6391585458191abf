"""
A cache of texts that were decoded to the end and hold no value.

Sessions of one application share most of their URLs, style sheets and states. A text that was searched completely for
one session is not decoded again for the next. Texts without a sign of an encoding are not cached: searching them is
fast.
"""

from maskproof.leaks.text_heuristics import short_key

# In bytes. Most longer texts occur in one session only, and looking them up costs as much as searching them.
LONGEST = 1 << 14
# Of texts from this size on, as archives hold again and again, a hash is kept: hashing takes little beside searching.
LARGE = 1 << 20
# Most bytes of text in each of the two generations.
KEPT = 1 << 24


class CleanTextCache:
    """The cached texts, in two generations; texts that have not occurred for long are dropped first."""

    def __init__(self) -> None:
        self._younger: set[bytes] = set()
        self._older: set[bytes] = set()
        self._large: set[bytes] = set()
        self._size = 0

    def __bool__(self) -> bool:
        """Whether the cache holds any text."""
        return bool(self._younger or self._older or self._large)

    def __contains__(self, text: bytes) -> bool:
        """Whether a text is known to hold no value."""
        if len(text) > LONGEST:
            return len(text) >= LARGE and short_key(text) in self._large
        if text in self._younger:
            return True
        if text in self._older:
            self.add(text)
            return True
        return False

    def add(self, text: bytes) -> None:
        """Cache a text that holds no value."""
        if len(text) >= LARGE:
            self._large.add(short_key(text))
        if len(text) > LONGEST or text in self._younger:
            return
        if self._size + len(text) > KEPT:
            self._older, self._younger, self._size = self._younger, set(), 0
        self._younger.add(text)
        self._size += len(text)
