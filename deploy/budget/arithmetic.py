"""Quantities times prices: the month of a deployment, row by row, with what nobody has verified named."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from deploy.parameters.errors import ParameterError

FILE = Path(__file__).with_name("prices.toml")
HOURS = 730


@dataclass(frozen=True, slots=True)
class Price:
    """One price, and whether somebody read it on the provider's page."""

    usd: float
    unit: str
    source: str
    date: str
    verified: bool


class Row(NamedTuple):
    """One row of the month."""

    name: str
    quantity: float
    usd: float
    verified: bool


@dataclass(frozen=True, slots=True)
class Month:
    """What a month costs; ClickHouse is outside and not in it."""

    rows: tuple[Row, ...]
    limit: int

    @property
    def total(self) -> float:
        """All rows together, in USD."""
        return sum(row.usd for row in self.rows)

    @property
    def within(self) -> bool:
        """Whether the month is within its limit."""
        return self.total <= self.limit

    @property
    def unverified(self) -> tuple[str, ...]:
        """The prices that nobody has read on the provider's page."""
        return tuple(row.name for row in self.rows if not row.verified)


def read_prices(path: Path = FILE) -> dict[str, Price]:
    """
    The price file.

    Raises:
        ParameterError: A row has no source or date, or a price below zero.

    """
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["prices"]
    prices = {name: Price(**row) for name, row in rows.items()}
    for name, price in prices.items():
        if not price.source or not price.date or price.usd < 0:
            raise ParameterError(f"{path}: {name}: expected a price, its source and its date.")
    return prices


def month(quantities: Mapping[str, float], prices: Mapping[str, Price], limit: int) -> Month:
    """
    What so much costs a month.

    Args:
        quantities: How much of each price's unit a month has.
        prices: The price of one.
        limit: The budget.

    Raises:
        ParameterError: A quantity has no price.

    """
    for name in quantities:
        if name not in prices:
            raise ParameterError(f"{FILE}: {name}: has no price.", hint="Add a row with price, unit, source and date.")
    rows = tuple(
        Row(name, quantity, quantity * prices[name].usd, prices[name].verified)
        for name, quantity in sorted(quantities.items())
    )
    return Month(rows, limit)
