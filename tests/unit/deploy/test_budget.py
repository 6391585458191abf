"""The month is quantities times prices; a price says where it is from, and what is not verified is named."""

from pathlib import Path

import pytest
from deploy.budget.arithmetic import Price, month, read_prices
from deploy.parameters import ParameterError

PRICES = {
    "hour": Price(0.5, "hour", "page", "2026-11", verified=True),
    "gb": Price(0.1, "GB", "recalled", "2026-11", verified=False),
}


def test_a_month_is_added_up() -> None:
    """The total is the sum of the rows, and the limit decides."""
    made = month({"hour": 730, "gb": 100}, PRICES, 400)
    assert made.total == pytest.approx(375)
    assert made.within
    assert not month({"hour": 730, "gb": 100}, PRICES, 374).within


def test_an_unverified_price_is_named() -> None:
    """Who reads the total sees what nobody has read on the provider's page."""
    assert month({"hour": 1, "gb": 1}, PRICES, 1).unverified == ("gb",)


def test_a_quantity_without_a_price_is_an_error() -> None:
    """Nothing is left out of the total in silence."""
    with pytest.raises(ParameterError, match="has no price"):
        month({"node": 1}, PRICES, 1)


def test_every_price_says_where_it_is_from() -> None:
    """Each row of the file has a unit, a source and a date."""
    prices = read_prices()
    assert len(prices) > 20
    assert all(price.unit and price.source and price.date for price in prices.values())


def test_a_price_without_a_source_is_refused(tmp_path: Path) -> None:
    """A row that nobody can check is an error."""
    path = tmp_path / "prices.toml"
    path.write_text(
        '[prices]\nx = {usd = 1.0, unit = "GB", source = "", date = "2026-11", verified = true}\n', encoding="utf-8"
    )
    with pytest.raises(ParameterError, match="x: expected a price, its source"):
        read_prices(path)
