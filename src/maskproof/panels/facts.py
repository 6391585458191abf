"""
What a panel has to show, and how that is compared with the rows of its query.

A difference is one sentence with numbers only: labels are paths and names, which can hold what somebody typed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from maskproof.clock import HOUR_MS

Cell = object
Row = tuple[Cell, ...]
# Grafana keeps numbers as doubles.
LARGEST = 2**53
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Shown:
    """What a query gave."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Fact(Protocol):
    """What is known from the journeys."""

    def difference(self, shown: Shown) -> str:
        """What is shown instead, as a sentence; empty if they agree."""

    def seen(self) -> str:
        """What was held against it, in few words; empty if that is nothing at all, so that it proves nothing."""


def number_of(cell: Cell) -> float | None:
    """A cell as Grafana's number; None if it is none."""
    return float(cell) if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) else None


def too_large(shown: Shown) -> str:
    """Numbers that Grafana rounds, so that a link or an id is another one."""
    for index, column in enumerate(shown.columns):
        if any(abs(number_of(row[index]) or 0) >= LARGEST for row in shown.rows):
            return f"column {column} holds numbers beyond 2^53, which Grafana rounds: select them as text"
    return ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """One row of numbers. Each has the values that are right: more than one where the clock decides."""

    values: tuple[tuple[float, ...], ...]

    def difference(self, shown: Shown) -> str:
        """Compare the only row."""
        if len(shown.rows) != 1:
            return f"expected 1 row, shown {len(shown.rows)}"
        (row,) = shown.rows
        if len(row) != len(self.values):
            return f"expected {len(self.values)} numbers, shown {len(row)} columns"
        for cell, right in zip(row, self.values, strict=True):
            number = number_of(cell)
            if number is None or all(abs(number - value) > NEAR for value in right):
                return f"expected {_spoken(right)}, shown {'no number' if number is None else f'{number:g}'}"
        return ""

    def seen(self) -> str:
        """The numbers, if one of them is something."""
        return " / ".join(_spoken(right) for right in self.values) if any(map(any, self.values)) else ""


def amount(*values: float) -> Numbers:
    """One number, or one of several that are right."""
    return Numbers((tuple(dict.fromkeys(map(float, values))),))


def _spoken(values: Sequence[float]) -> str:
    return " or ".join(f"{value:g}" for value in values)


@dataclass(frozen=True, slots=True)
class Within:
    """One number between two: ages, which grow while they are looked at."""

    low: float
    high: float

    def difference(self, shown: Shown) -> str:
        """Compare the only cell."""
        cells = [cell for row in shown.rows for cell in row]
        number = number_of(cells[0]) if len(cells) == 1 else None
        if number is None:
            return f"expected one number, shown {len(cells)} cells"
        return "" if self.low <= number <= self.high else f"expected {self.low:g} to {self.high:g}, shown {number:g}"

    def seen(self) -> str:
        """The bounds."""
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Word:
    """One word."""

    text: str

    def difference(self, shown: Shown) -> str:
        """Compare the only cell."""
        if [row for row in shown.rows if row == (self.text,)] == list(shown.rows) and shown.rows:
            return ""
        return f"expected the word {self.text}, shown {len(shown.rows)} rows of something else"

    def seen(self) -> str:
        """The word."""
        return self.text


@dataclass(frozen=True, slots=True)
class Rows:
    """
    A table: every row in any order, or the first ones, ordered by `by`, if there are more than `limit`.

    Cells are compared as texts, whole numbers or instants.
    """

    rows: tuple[Row, ...]
    limit: int = 1_000_000
    by: int | None = None

    def difference(self, shown: Shown) -> str:
        """Compare all rows as a whole."""
        found, expected = [_plain(row) for row in shown.rows], [_plain(row) for row in self.rows]
        if len(found) != min(len(expected), self.limit):
            return f"expected {min(len(expected), self.limit)} rows, shown {len(found)}"
        wrong = (Counter(found) - Counter(expected)).total()
        if wrong:
            return f"{wrong} of {len(found)} rows are none that was driven{_first_wrong(found, expected)}"
        if self.by is None:
            return ""
        order = [row[self.by] for row in found]
        if order != sorted(order, reverse=True):
            return "the rows are not in order, the most first"
        most = sorted((row[self.by] for row in expected), reverse=True)[: self.limit]
        return "" if order == most else "rows with more are left out"

    def seen(self) -> str:
        """How many rows."""
        return f"{min(len(self.rows), self.limit)} rows" if self.rows else ""


def _plain(row: Row) -> tuple[Any, ...]:
    return tuple(_plain_cell(cell) for cell in row)


def _plain_cell(cell: Cell) -> object:
    number = number_of(cell)
    if number is not None:
        return round(number, 6)
    return cell.timestamp() if isinstance(cell, datetime) else cell


def _first_wrong(found: Sequence[tuple[object, ...]], expected: Sequence[tuple[object, ...]]) -> str:
    """The numbers of the first row that is wrong, beside those of the same label."""
    known = {row[0]: row[1:] for row in expected}
    for row in found:
        if row not in expected and row[0] in known:
            return f": {_numbers(row[1:])} where {_numbers(known[row[0]])} were driven"
    return ": their labels are unknown"


def _numbers(cells: Sequence[object]) -> str:
    return ", ".join(f"{cell:g}" if isinstance(cell, float) else "a text" for cell in cells)


@dataclass(frozen=True, slots=True)
class PerHour:
    """
    A count hour by hour; `late_ms` is how much later the journeys' clock may be than the database's.

    A row is a time in seconds and a count.
    """

    times_ms: tuple[int, ...]
    late_ms: int = 0

    def difference(self, shown: Shown) -> str:
        """Compare the sum, and each hour."""
        if not shown.columns or shown.columns[0] != "time":
            return "expected a first column named time: Grafana draws nothing without one"
        counts: dict[int, float] = {}
        for row in shown.rows:
            time, count = number_of(row[0]), number_of(row[1]) if len(row) == 2 else None  # noqa: PLR2004
            if time is None or count is None:
                return "expected rows of a time and one number"
            counts[int(time) * 1000] = counts.get(int(time) * 1000, 0) + count
        if sum(counts.values()) != len(self.times_ms):
            return f"expected {len(self.times_ms)} in all, shown {sum(counts.values()):g}"
        least, most = self._bounds()
        wrong = [hour for hour, count in counts.items() if not least[hour] <= count <= most[hour]]
        return f"{len(wrong)} hours show another number than was driven" if wrong else ""

    def _bounds(self) -> tuple[Counter[int], Counter[int]]:
        least: Counter[int] = Counter()
        most: Counter[int] = Counter()
        for time in self.times_ms:
            hours = {moment // HOUR_MS * HOUR_MS for moment in (time, time - self.late_ms)}
            most.update(hours)
            if len(hours) == 1:
                least.update(hours)
        return least, most

    def seen(self) -> str:
        """How many in how many hours."""
        hours = len({time // HOUR_MS for time in self.times_ms})
        return f"{len(self.times_ms)} in {hours} hours" if self.times_ms else ""


@dataclass(frozen=True, slots=True)
class Points:
    """A chart of single measurements: instant and value."""

    points: tuple[tuple[datetime, float], ...]

    def difference(self, shown: Shown) -> str:
        """Compare every point."""
        if not shown.columns or shown.columns[0] != "time":
            return "expected a first column named time: Grafana draws nothing without one"
        return Rows(self.points).difference(shown)

    def seen(self) -> str:
        """How many."""
        return f"{len(self.points)} points" if self.points else ""


Facts = Mapping[str, Fact]


def unproven(facts: Facts) -> Iterator[str]:
    """Names of facts that are nothing at all: a panel that shows zero for everything would agree with them."""
    return (name for name, fact in facts.items() if not fact.seen())
