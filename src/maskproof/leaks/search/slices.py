"""
Large texts of many lines, in slices: a log of 100 MB is searched in the memory that a few megabytes take.

A slice ends where no coding goes on: behind a line, before one that is no line of base64. Texts with NUL bytes, and
what has no such lines, stay whole: there a coding or a compressed stream may go on for megabytes.
"""

import re
from collections.abc import Iterator

# Longer texts are searched in slices of about so many bytes.
SLICE = 1 << 23
# The lines around the end of a slice are searched in both: a value may stand in several of them.
SHARED = 1 << 16
# A line that begins with something else than a long run of one alphabet.
CUT = re.compile(rb"\n(?=[^\n]{0,60}[^A-Za-z0-9+/=_\-%\\\s][^\n]{0,60}[ ,:;<>])")


def slices(text: bytes) -> Iterator[tuple[int, bytes]]:
    """The slices of a text, each with its place; of a text that stays whole, the text."""
    start = 0
    cut = CUT.search(text, SLICE) if len(text) > SLICE and b"\x00" not in text else None
    while cut is not None:
        yield start, text[start : cut.end()]
        start = text.find(b"\n", max(start, cut.start() - SHARED), cut.start()) + 1 or cut.end()
        cut = CUT.search(text, max(cut.end(), start + SLICE))
    yield start, text[start:] if start else text
