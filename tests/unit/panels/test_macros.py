"""Macros are expanded as Grafana does it: pkg/tsdb/grafana-postgresql-datasource/macros.go and its tests."""

import pytest

from maskproof.errors import ConfigurationError
from maskproof.panels.macros import CLICKHOUSE, POSTGRES, TimeRange, expand_clickhouse, expand_postgres

# 2018-04-12T18:00:00Z, and five minutes and a bit later.
TIMES = TimeRange(1523556000000, 1523556300120)
FROM, TO = "'2018-04-12T18:00:00Z'", "'2018-04-12T18:05:00.12Z'"
EXPANDED = {
    "$__time(c)": 'c AS "time"',
    "$__timeEpoch(c)": 'extract(epoch from c) as "time"',
    "$__timeFilter(c)": f"c BETWEEN {FROM} AND {TO}",
    "$__timeFrom()": FROM,
    "$__timeTo()": TO,
    "$__timeGroup(c,'5m')": "floor(extract(epoch from c)/300)*300",
    "$__timeGroup(c , '5m')": "floor(extract(epoch from c)/300)*300",
    "$__timeGroup(c,'1h', NULL)": "floor(extract(epoch from c)/3600)*3600",
    "$__timeGroup(c,'5m'), x": 'floor(extract(epoch from c)/300)*300 AS "time", x',
    "$__timeGroupAlias(c,'1d')": 'floor(extract(epoch from c)/86400)*86400 AS "time"',
    "$__timeGroup(c,'500ms')": "floor(extract(epoch from c)/0.5)*0.5",
    "$__unixEpochFilter(c)": "c >= 1523556000 AND c <= 1523556300",
    "$__unixEpochNanoFilter(c)": "c >= 1523556000000000000 AND c <= 1523556300120000000",
    "$__unixEpochNanoFrom()": "1523556000000000000",
    "$__unixEpochNanoTo()": "1523556300120000000",
    "$__unixEpochGroup(c,'5m')": "floor((c)/300)*300",
    "$__unixEpochGroupAlias(c / 1000,'5m')": 'floor((c / 1000)/300)*300 AS "time"',
}
# pkg/macros/macros.go of clickhouse-datasource.
EXPANDED_CLICKHOUSE = {
    "$__timeFilter(c)": "c >= toDateTime(1523556000) AND c <= toDateTime(1523556300)",
    "$__timeFilter_ms(c)": (
        "c >= fromUnixTimestamp64Milli(1523556000000) AND c <= fromUnixTimestamp64Milli(1523556300120)"
    ),
    "$__fromTime": "toDateTime(1523556000)",
    "$__toTime": "toDateTime(1523556300)",
    "$__fromTime_ms": "fromUnixTimestamp64Milli(1523556000000)",
    "$__toTime_ms": "fromUnixTimestamp64Milli(1523556300120)",
}


@pytest.mark.parametrize("macro", EXPANDED)
def test_a_macro_of_postgresql(macro: str) -> None:
    """The text that reaches the database."""
    assert expand_postgres(macro, TIMES) == EXPANDED[macro]


@pytest.mark.parametrize("macro", EXPANDED_CLICKHOUSE)
def test_a_macro_of_clickhouse(macro: str) -> None:
    """The text that reaches the database."""
    assert expand_clickhouse(f"({macro} )", TIMES) == f"({EXPANDED_CLICKHOUSE[macro]} )"


def test_every_known_macro_is_tested() -> None:
    """A macro without a test could be expanded in a way of our own."""
    assert {macro.partition("(")[0].removeprefix("$") for macro in EXPANDED} == set(POSTGRES)
    assert {macro.partition("(")[0].removeprefix("$__") for macro in EXPANDED_CLICKHOUSE} == set(CLICKHOUSE)


def test_several_macros_of_one_query() -> None:
    """Each is expanded, and what is no macro is left."""
    query = "$__timeGroupAlias(c,'1h'), count(*) WHERE $__timeFilter(c) AND price > '$5 (five)'"
    assert expand_postgres(query, TIMES) == (
        'floor(extract(epoch from c)/3600)*3600 AS "time", count(*) '
        f"WHERE c BETWEEN {FROM} AND {TO} AND price > '$5 (five)'"
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("$__timeFiler(c)", r"unknown macro \$__timeFiler"),
        ("$__unixEpochFrom()", r"unknown macro \$__unixEpochFrom"),
        ("$__timeGroup(c)", "needs a column and an interval"),
        ("$__timeGroup(c,'soon')", "error parsing interval"),
        ("$__timeGroup(date_trunc('hour', c),'1h')", "error parsing interval"),
        ("$__timeFilter()", "lacks its column"),
    ],
)
def test_what_grafana_refuses_is_refused(query: str, message: str) -> None:
    """A query that would be red in Grafana does not pass here; brackets cannot be nested."""
    with pytest.raises(ConfigurationError, match=message):
        expand_postgres(query, TIMES)


def test_a_macro_that_clickhouse_does_not_have_is_refused() -> None:
    """Those of the other data source are unknown to it."""
    with pytest.raises(ConfigurationError, match=r"unknown macro \$__timeGroup"):
        expand_clickhouse("SELECT $__timeGroup(c,'1h')", TIMES)
