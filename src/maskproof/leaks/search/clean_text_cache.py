"""
Texts that were decoded all the way, and hold nothing.

Sessions of one application share most of their addresses, style sheets and states: what was searched to its end for
one of them is not decoded again for the next. Texts in which nothing may be encoded are not kept, since to search
those takes no time.
"""

# Longer texts are of one session, mostly, and to look them up is no less than to search them.
LONGEST = 1 << 14
# Bytes kept of texts at most, of a younger and an older half each.
KEPT = 1 << 24


class Cleared:
    """Such texts; those that were not met again for long are forgotten first."""

    def __init__(self) -> None:
        self._younger: set[bytes] = set()
        self._older: set[bytes] = set()
        self._size = 0

    def __bool__(self) -> bool:
        """Whether any text is known."""
        return bool(self._younger or self._older)

    def __contains__(self, text: bytes) -> bool:
        """Whether a text is known to hold nothing."""
        if len(text) > LONGEST:
            return False
        if text in self._younger:
            return True
        if text in self._older:
            self.add(text)
            return True
        return False

    def add(self, text: bytes) -> None:
        """Keep a text that holds nothing."""
        if len(text) > LONGEST or text in self._younger:
            return
        if self._size + len(text) > KEPT:
            self._older, self._younger, self._size = self._younger, set(), 0
        self._younger.add(text)
        self._size += len(text)
