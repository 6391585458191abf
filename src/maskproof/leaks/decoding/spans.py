"""Stretches of a buffer around signs: windows of a text, and runs of one alphabet."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from maskproof.leaks.buffer import Buffer

# Shorter texts are decoded as a whole; of longer ones 2 kB on either side of a sign. A value is found by its first 256
# characters (`ENOUGH`), which percent-encoding makes 768 bytes of ASCII; the rest is room for nested escapes. More
# would cost time in long texts with few signs.
WHOLE_TEXT = 1 << 14
MARGIN = 1 << 11
# How far back the beginning of a run is looked for first; most runs are shorter.
FIRST_LOOK = 64


# What no field of text holds.
BREAK = re.compile(rb"[\x00-\x1f]")


class Marks(NamedTuple):
    """What encloses a part of a text: the marks before and behind it, and what it does not begin with."""

    opening: bytes
    closing: bytes
    unlike: tuple[bytes, ...] = ()


class Window(NamedTuple):
    """A stretch of one text: index of the text, offset in it, and bytes."""

    chunk: int
    start: int
    data: bytes


def windows(buffer: Buffer, ends: Sequence[int]) -> Iterator[Window]:
    """
    Stretches around signs, which do not overlap.

    Args:
        buffer: The texts.
        ends: Where signs end in the buffer, in ascending order.

    """
    chunk, start, end = -1, 0, 0
    for position in ends:
        if chunk >= 0 and position <= buffer.start(chunk) + end:
            continue
        at, offset = buffer.locate(position - 1)
        first, last = _reach(len(buffer.chunks[at]), offset)
        if at == chunk and first <= end:
            end = last
            continue
        if chunk >= 0:
            yield Window(chunk, start, buffer.chunks[chunk][start:end])
        chunk, start, end = at, first, last
    if chunk >= 0:
        yield Window(chunk, start, buffer.chunks[chunk][start:end])


def _reach(size: int, offset: int) -> tuple[int, int]:
    return (0, size) if size <= WHOLE_TEXT else (max(0, offset - MARGIN), min(size, offset + MARGIN))


def runs(data: bytes, ends: Sequence[int], alphabet: re.Pattern[bytes]) -> Iterator[tuple[int, int]]:
    """
    Start and end of each run of an alphabet in which a sign ends.

    Args:
        data: The buffer.
        ends: Where signs end, in ascending order.
        alphabet: Matches a run of the alphabet, such as `[a-z]*`.

    """
    done = 0
    for position in ends:
        if position <= done:
            continue
        start = _start(data, position, max(done, 0), alphabet)
        match = alphabet.match(data, position)
        done = match.end() if match else position
        if done > start:
            yield start, done


def _start(data: bytes, position: int, lowest: int, alphabet: re.Pattern[bytes]) -> int:
    look = FIRST_LOOK
    while True:
        piece = data[max(lowest, position - look) : position][::-1]
        match = alphabet.match(piece)
        length = match.end() if match else 0
        if length < len(piece) or position - look <= lowest:
            return position - length
        look *= 8


def enclosed(data: bytes, marks: Marks, sizes: range) -> Iterator[tuple[int, bytes]]:
    """
    What stands between two marks, each with its place, up to the nearest closing mark, in linear time.

    Args:
        data: Any bytes.
        marks: What it stands between.
        sizes: How long it may be.

    """
    at, end = data.find(marks.opening), -1
    while at >= 0:
        first = at + len(marks.opening)
        if end < first + sizes.start:
            end = data.find(marks.closing, first + sizes.start)
            if end < 0:
                return
        at = first
        if end - first in sizes and not data.startswith(marks.unlike, first):
            part = data[first:end]
            breaks = [match.end() for match in BREAK.finditer(part)]
            if not breaks:
                yield first, part
            at = first + breaks[-1] if breaks else end
        at = data.find(marks.opening, max(at, end - sizes.stop - len(marks.opening)))
