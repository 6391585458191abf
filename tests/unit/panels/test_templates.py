"""Variables are put into a query as Grafana's page does it."""

import pytest

from maskproof.errors import ConfigurationError
from maskproof.panels.templates import filled_in

VALUES = {"site": "O'Brien", "step1": "/checkout", "__from": "1000", "__to": "2000"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("'$site'", "'O''Brien'"),
        ("'${site}' [[site]]", "'O''Brien' O''Brien"),
        ("${site:raw}", "O'Brien"),
        ("${site:sqlstring}", "'O''Brien'"),
        ("a BETWEEN ${__from} AND $__to", "a BETWEEN 1000 AND 2000"),
        ("'$step1' $step1", "'/checkout' /checkout"),
    ],
)
def test_a_variable_is_filled_in(query: str, expected: str) -> None:
    """In each way of writing; quotes are doubled, so that a value ends no text."""
    assert filled_in(query, VALUES) == expected


@pytest.mark.parametrize("query", ["$__timeFilter(t)", "\"$event_name\" = 'x'", "price > $1", "no variable"])
def test_what_is_no_variable_is_left(query: str) -> None:
    """Macros, quoted columns of ClickHouse, and numbers."""
    assert filled_in(query, VALUES) == query


@pytest.mark.parametrize("query", ["$sit", "${step2}", "[[web]]"])
def test_a_variable_that_is_not_defined_is_an_error(query: str) -> None:
    """Grafana would send its name to the database."""
    with pytest.raises(ConfigurationError, match="is not defined"):
        filled_in(query, VALUES)


def test_a_format_that_is_not_known_is_an_error() -> None:
    """It would be filled in otherwise than by Grafana."""
    with pytest.raises(ConfigurationError, match="the format regex"):
        filled_in("${site:regex}", VALUES)
