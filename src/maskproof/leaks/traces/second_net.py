"""
Pattern-based detection: finds PII that nobody planted, by pattern and checksum.

It knows no value. One multi-pattern search (Hyperscan) over all texts at once finds the few places to check. There a
rule reads the match with the text around it, and a checksum or numbering plan decides.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from maskproof.leaks.budget import Budget
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.multisearch import CASELESS, MultiSearch
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.traces.patterns import Excerpt, PatternRule, rules_for
from maskproof.leaks.traces.widths import Folded, folded
from maskproof.secrets import normalised

# Bytes before and behind a hit of a prefilter in which the exact shape is searched.
BEFORE, AFTER = 72, 80
# Characters on each side of a match that a rule reads.
LOOK_BACK = 40
# Matches of one pattern reported for one text: nobody reads a list of a thousand addresses.
MOST = 200
DIGITS_TO_COMPARE = 9
PREFIX = "pattern:"
# Encodings that a text shows by its form. Others are guesses at any run of letters, and their output may look like
# anything.
SHOWN = frozenset({"percent", "html", "escape", "quoted-printable", "jwt", "utf-16le", "utf-16be", "gzip", "zstd"})
GUESSED = frozenset({"base64", "base64url", "base16"})


@dataclass(frozen=True, slots=True)
class PatternMatch:
    """One place that looks like PII: index of the text, name and category of the pattern, offset and size in bytes."""

    index: int
    name: str
    category: str
    offset: int
    size: int


class SecondNet:
    """
    Finds texts that look like PII.

    Args:
        known: Values that have a search of their own; they are not reported again.
        test_ranges: Whether values that belong to nobody (test cards, example domains, 555-01xx) count, too.
        regions: Countries (ISO 3166) whose national phone numbers are recognised; international ones always are.

    """

    def __init__(
        self, known: Sequence[Value] = (), *, test_ranges: bool = False, regions: Sequence[str] = ("US",)
    ) -> None:
        self._known = tuple(normalised(value.secret.reveal()) for value in known)
        self._test_ranges = test_ranges
        self._regions = tuple(regions)
        self._rules = rules_for(self._regions)
        self._prefilters, self._owners = _prefilters(self._rules)

    def find(self, chunks: Sequence[bytes], budget: Budget | None = None) -> list[PatternMatch]:
        """
        The first `MOST` places of each pattern in each text; of overlapping ones that of the first rule.

        Args:
            chunks: The texts.
            budget: What the search may take; without one, whatever it takes.

        Raises:
            OverBudget: The budget is spent.

        """
        wide = {index: text for index, chunk in enumerate(chunks) if (text := folded(chunk)) is not None}
        if wide:
            chunks = [wide[index].data if index in wide else chunk for index, chunk in enumerate(chunks)]
        found = self._find(chunks, budget or Budget())
        return [_unfolded(match, wide[match.index]) if match.index in wide else match for match in found]

    def _find(self, chunks: Sequence[bytes], budget: Budget) -> list[PatternMatch]:
        buffer = Buffer(chunks)
        data = b"\x00" + buffer.data + b"\x00"
        taken: set[int] = set()
        found = []
        counts: Counter[tuple[int, str]] = Counter()
        for rule, start, end in self._places(data):
            budget.check()
            index, offset = buffer.locate(start - 1)
            if counts[index, rule.name] >= MOST or not taken.isdisjoint(range(start, end)):
                continue
            if self._counts(rule, data, start, end):
                counts[index, rule.name] += 1
                taken.update(range(start, end))
                found.append(PatternMatch(index, PREFIX + rule.name, rule.category, offset, end - start))
        return found

    def _places(self, data: bytes) -> Iterator[tuple[PatternRule, int, int]]:
        """Exact matches around the hits of the prefilters, each once, rule by rule."""
        found = self._prefilters.ends(data)
        for number, rule in enumerate(self._rules):
            ends = chain.from_iterable(some for some, owner in zip(found, self._owners, strict=True) if owner == number)
            yield from self._of_rule(rule, data, sorted(set(ends)))

    def _of_rule(self, rule: PatternRule, data: bytes, ends: Sequence[int]) -> Iterator[tuple[PatternRule, int, int]]:
        seen: set[tuple[int, int]] = set()
        for end in ends:
            for match in rule.shape.finditer(data, max(0, end - BEFORE), min(len(data), end + AFTER)):
                place = match.span(1)
                if match.start(1) <= end <= match.end(1) + 2 and place not in seen:
                    seen.add(place)
                    yield rule, *place

    def _counts(self, rule: PatternRule, data: bytes, start: int, end: int) -> bool:
        text = data[start:end].decode("ascii", "replace")
        before = data[max(0, start - LOOK_BACK) : start].decode("latin-1")
        after = data[end : end + LOOK_BACK].decode("latin-1")
        found = rule.judge(Excerpt(text, before.rpartition("\x00")[2], after.partition("\x00")[0], self._regions))
        return found is not None and (self._test_ranges or found == "issued") and not self._is_known(text)

    def _is_known(self, text: str) -> bool:
        mine = normalised(text)
        return any(mine in known or (len(known) >= DIGITS_TO_COMPARE and mine.endswith(known)) for known in self._known)


def _unfolded(match: PatternMatch, text: Folded) -> PatternMatch:
    """A match in a folded text, at its place in the original."""
    start, end = text.original(match.offset, match.offset + match.size)
    return replace(match, offset=start, size=end - start)


def is_readable(data: bytes, encoding: Sequence[str]) -> bool:
    """
    Whether patterns are searched for in a text: it is plain, its decoding is certain, or its output is clean text.

    Args:
        data: The text.
        encoding: What it was decoded from, outermost first.

    """
    if SHOWN.issuperset(encoding):
        return True
    return (
        GUESSED.issuperset(set(encoding) - SHOWN) and data.isascii() and data.decode().replace("\n", "").isprintable()
    )


@cache
def _prefilters(rules: tuple[PatternRule, ...]) -> tuple[MultiSearch, tuple[int, ...]]:
    """The search for places to check, and for each of its patterns the index of the rule."""
    owners = tuple(number for number, rule in enumerate(rules) for _ in rule.prefilters)
    return MultiSearch([prefilter for rule in rules for prefilter in rule.prefilters], CASELESS), owners
