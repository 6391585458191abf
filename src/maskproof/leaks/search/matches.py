"""What a search found: of matches near each other the best one."""

from collections.abc import Iterator
from dataclasses import dataclass

RANK = {"exact": 0, "normalised": 1, "partial": 2}
# Matches of one value at most so many bytes apart are one finding; of one value in one text so many are kept.
NEAR = 512
MOST_PLACES = 1000


@dataclass(frozen=True, slots=True)
class Match:
    """
    One value found in one text.

    `encoding` is outermost first. `match` is exact, normalised, partial, hash or pattern. `offset` is the byte in the
    text; of an encoded value, the byte at which its encoding begins.
    """

    value_id: str
    category: str
    kind: str
    encoding: tuple[str, ...]
    match: str
    offset: int


class Matches:
    """
    Matches by text and value.

    Of matches near each other the best is kept: a whole value before a part of it, then the least encoded.
    """

    def __init__(self) -> None:
        self._matches: dict[tuple[int, str], list[Match]] = {}
        # Indexes of the matches of each stretch of `NEAR` bytes of a text, so that near ones are found at once.
        self._stretches: dict[tuple[int, str, int], list[int]] = {}

    def add(self, root: int, match: Match) -> None:
        """
        Keep a match, unless a match of the same value that is as good is near.

        Args:
            root: Index of the text of depth 0.
            match: The match; less encoded matches have to come first.

        """
        known = self._matches.setdefault((root, match.value_id), [])
        stretch = match.offset // NEAR
        around = (self._stretches.get((root, match.value_id, number), ()) for number in range(stretch - 1, stretch + 2))
        near = sorted(place for places in around for place in places if abs(known[place].offset - match.offset) <= NEAR)
        if not near and len(known) < MOST_PLACES:
            self._stretches.setdefault((root, match.value_id, stretch), []).append(len(known))
            known.append(match)
        elif near and match.match != "partial" and all(known[place].match == "partial" for place in near):
            known[near[0]] = match

    def roots(self) -> set[int]:
        """Indexes of the texts in which something was found."""
        return {root for root, _ in self._matches}

    def __iter__(self) -> Iterator[tuple[int, Match]]:
        return iter([(root, match) for (root, _), matches in self._matches.items() for match in matches])
