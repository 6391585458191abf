"""Finds every form of every value in plain text: one multi-pattern search over the texts and their folded forms."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.multisearch import CASELESS, WITH_START, MultiSearch
from maskproof.leaks.spelling.beginnings import beginnings_of
from maskproof.leaks.spelling.folding import folded_windows
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.spelling.variants import Variant, variants_of

# How many times longer than its letters a form may be, with the separators between them.
STRETCH = 4
# Bytes around a folded text at least, for the checks that read what stands beside a form.
SURROUNDINGS = 96
GROUP = re.compile(rb"\d+")
# A number of as many groups and digits as this does not stand within another one by chance.
LEAST_GROUPS, LEAST_DIGITS = 3, 8
NAME, EMAIL = "name", "email"


class Hit(NamedTuple):
    """
    One form that was found.

    `match` is exact, normalised or partial. `chunk` is the index of the text, `offset` the byte in it, and `text` what
    stands there. `encoding` is set only for a coding that was searched for without decoding.
    """

    value: Value
    match: str
    chunk: int
    offset: int
    text: bytes
    encoding: tuple[str, ...] = ()


class PlainSearch:
    """
    Finds forms of values.

    Args:
        values: The values to search for.

    """

    def __init__(self, values: Sequence[Value]) -> None:
        self._variants = tuple(variant for value in values for variant in (*variants_of(value), *beginnings_of(value)))
        self._patterns = MultiSearch([variant.pattern for variant in self._variants], CASELESS | WITH_START)
        longest = max((len(variant.text.encode()) for variant in self._variants), default=0)
        self._margin = max(SURROUNDINGS, STRETCH * longest)

    def search(self, buffer: Buffer) -> Iterator[Hit]:
        """Every form in the texts, as they are and folded."""
        for variant, start, end in self._search(buffer.data):
            text = buffer.data[start:end]
            yield Hit(variant.value, _match(variant, text), *buffer.locate(start), text)
        if buffer.data.isascii():
            return
        windows = [
            (chunk, *window)
            for chunk, data in enumerate(buffer.chunks)
            if not data.isascii()
            for window in folded_windows(data, self._margin)
        ]
        yield from self._folded(buffer, windows)

    def _folded(self, buffer: Buffer, windows: Sequence[tuple[int, int, int, bytes]]) -> Iterator[Hit]:
        """Every form in folded windows, each given as index of its text, start, end and folded bytes."""
        folded = Buffer([window[-1] for window in windows])
        for variant, start, stop in self._search(folded.data):
            chunk, begin, end, _ = windows[folded.locate(start)[0]]
            exact = variant.value.secret.reveal().encode()
            place = buffer.chunks[chunk].find(exact, begin, end)
            if place >= 0 and variant.match != "partial":
                yield Hit(variant.value, "exact", chunk, place, exact)
            else:
                yield Hit(variant.value, variant.match, chunk, begin, folded.data[start:stop])

    def _search(self, data: bytes) -> Iterator[tuple[Variant, int, int]]:
        numbers, touched = [], []
        for number, start, end in self._patterns.hits(data):
            variant = self._variants[number]
            if variant.check is not None:
                place = variant.check(data, start, end)
                if place is None:
                    continue
                if variant.has_own_bounds:
                    yield (variant, *place)
                    continue
            hit = variant, start, end
            is_whole = variant.bounded and variant.match != "partial"
            if is_whole:
                numbers.append(hit)
            is_touched = variant.bounded and _is_touched(data, start, end)
            if not is_touched or (is_whole and _is_separated(data[start:end])):
                yield hit
            elif is_whole and _digits(data[start:end]) >= LEAST_DIGITS:
                touched.append(hit)
        if touched:
            yield from _side_by_side(data, touched, numbers)


def without_mailboxes(hits: Iterable[Hit]) -> list[Hit]:
    """
    Hits without parts of mail addresses that are names.

    An address is often made of a name. Where the name stands, that is one finding, and no part of the address.
    """
    found = list(hits)
    if not any(map(_is_mailbox, found)):
        return found
    ends: dict[int, list[tuple[int, int]]] = {}
    for hit in sorted(found, key=lambda hit: hit.offset):
        if hit.value.category == NAME:
            # How far the names reach that begin no later.
            before = ends.setdefault(hit.chunk, [])
            before.append((hit.offset, max(hit.offset + len(hit.text), before[-1][1] if before else 0)))
    return [hit for hit in found if not (_is_mailbox(hit) and _is_covered(hit, ends.get(hit.chunk, ())))]


def _is_mailbox(hit: Hit) -> bool:
    return hit.value.category == EMAIL and hit.match == "partial"


def _is_covered(hit: Hit, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a hit lies within a name; names are given by where they begin, and how far those so far reach."""
    place = bisect_right(names, hit.offset, key=itemgetter(0))
    return place > 0 and names[place - 1][1] >= hit.offset + len(hit.text)


def _match(variant: Variant, text: bytes) -> str:
    is_exact = variant.match != "partial" and text == variant.value.secret.reveal().encode()
    return "exact" if is_exact else variant.match


def _is_touched(data: bytes, start: int, end: int) -> bool:
    """Whether a match continues a number or a word: a digit beside its digit, or a letter beside its letter."""
    return _goes_on(data, start) or _goes_on(data, end)


def stands_in(plain: bytes, text: bytes) -> bool:
    """
    Whether the plain text before decoding already holds what a decoder found.

    Args:
        plain: What was decoded; empty where the decoder copies no plain text.
        text: The form that was found in the output.

    """
    place = plain.find(text) if plain and text else -1
    while place >= 0:
        if _is_separated(text) or not _is_touched(plain, place, place + len(text)):
            return True
        place = plain.find(text, place + 1)
    return False


def _is_separated(text: bytes) -> bool:
    """
    Whether a number stands in its own groups, so that no letter or digit beside it makes another one of it.

    Two separators in their places among eight digits: a longer number shows them by chance as rarely as its digits.
    """
    return len(GROUP.findall(text)) >= LEAST_GROUPS and _digits(text) >= LEAST_DIGITS


def _digits(text: bytes) -> int:
    return sum(map(len, GROUP.findall(text)))


def _side_by_side(
    data: bytes, touched: Sequence[tuple[Variant, int, int]], numbers: Sequence[tuple[Variant, int, int]]
) -> Iterator[tuple[Variant, int, int]]:
    """
    Numbers that touch nothing but numbers of other values, as the columns of a record of fixed width do.

    Args:
        data: The texts.
        touched: Numbers that touch a digit, long enough not to stand there by chance.
        numbers: Every whole form that was found, these among them.

    """
    starts: dict[int, set[str]] = {}
    ends: dict[int, set[str]] = {}
    for variant, start, end in numbers:
        starts.setdefault(start, set()).add(variant.value.id)
        ends.setdefault(end, set()).add(variant.value.id)
    for variant, start, end in touched:
        own = {variant.value.id}
        is_free_before = ends.get(start, own) - own or not _goes_on(data, start)
        is_free_behind = starts.get(end, own) - own or not _goes_on(data, end)
        if is_free_before and is_free_behind:
            yield variant, start, end


def _goes_on(data: bytes, place: int) -> bool:
    """Whether the bytes on both sides of a place are digits, or letters."""
    before, behind = data[place - 1 : place], data[place : place + 1]
    return (before.isdigit() and behind.isdigit()) or (before.isalpha() and behind.isalpha())
