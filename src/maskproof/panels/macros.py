"""
Macros of Grafana's data sources, expanded as they do it.

PostgreSQL: pkg/tsdb/grafana-postgresql-datasource/macros.go of Grafana at 02ab314b. A macro ends at its first closing
bracket, so that its argument can hold none; an unknown one is an error. ClickHouse: pkg/macros/macros.go of
clickhouse-datasource at 005050e2, with the pattern of sqlds.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from maskproof.errors import ConfigurationError

MACRO = re.compile(r"\$([_a-zA-Z0-9]+)\(([^)]*)\)")
INTERVAL = re.compile(r"(\d+)(ms|[smhdwMy])")
SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "M": 2_592_000, "y": 31_536_000}
CLICKHOUSE_MACRO = re.compile(r"\$__(\w+)(?:\((.*?)\))?")


@dataclass(frozen=True, slots=True)
class TimeRange:
    """The time of a dashboard, in milliseconds since 1970."""

    from_ms: int
    to_ms: int


Macro = Callable[[TimeRange, Sequence[str]], str]


def expand_postgres(sql: str, times: TimeRange) -> str:
    """
    A query with its macros expanded.

    Args:
        sql: The query, its variables filled in.
        times: The time of the dashboard.

    Raises:
        ConfigurationError: A macro is unknown or lacks an argument.

    """

    def expanded(match: re.Match[str]) -> str:
        name = match[1]
        # The old way: a comma right behind it stands for the column's name.
        if name == "__timeGroup" and sql[match.end() :].startswith(","):
            name = "__timeGroupAlias"
        if name not in POSTGRES:
            raise ConfigurationError(f"unknown macro ${name}.", hint=f"Known: {', '.join(sorted(POSTGRES))}.")
        return POSTGRES[name](times, [argument.strip(" ") for argument in match[2].split(",")])

    return MACRO.sub(expanded, sql)


def expand_clickhouse(sql: str, times: TimeRange) -> str:
    """
    A query of ClickHouse with its macros expanded.

    Args:
        sql: The query, its variables filled in.
        times: The time of the dashboard.

    Raises:
        ConfigurationError: A macro is unknown or lacks an argument.

    """

    def expanded(match: re.Match[str]) -> str:
        if match[1] not in CLICKHOUSE:
            raise ConfigurationError(f"unknown macro $__{match[1]}.", hint=f"Known: {', '.join(sorted(CLICKHOUSE))}.")
        return CLICKHOUSE[match[1]](times, [argument.strip() for argument in (match[2] or "").split(",")])

    return CLICKHOUSE_MACRO.sub(expanded, sql)


def interval_seconds(text: str) -> str:
    """
    The seconds of an interval (`15m`), as Go prints them.

    Raises:
        ConfigurationError: It is none.

    """
    found = INTERVAL.fullmatch(text.strip("'"))
    if found is None:
        raise ConfigurationError(f"error parsing interval {text}.", hint="Expected a number and a unit, as in '15m'.")
    return f"{int(found[1]) * SECONDS[found[2]]:g}" if found[2] == "ms" else str(int(found[1]) * int(SECONDS[found[2]]))


def _iso(ms: int) -> str:
    """As Go's RFC 3339 with fractions, which leaves out trailing zeros."""
    text = datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    rest = f".{ms % 1000:03}".rstrip("0").rstrip(".")
    return f"'{text}{rest}Z'"


def _column(arguments: Sequence[str]) -> str:
    if not arguments[0]:
        raise ConfigurationError("a macro lacks its column.")
    return arguments[0]


def _grouped(arguments: Sequence[str], value: str) -> str:
    if len(arguments) < 2:  # noqa: PLR2004 - column and interval
        raise ConfigurationError("a macro that groups needs a column and an interval.")
    seconds = interval_seconds(arguments[1])
    return f"floor({value.format(_column(arguments))}/{seconds})*{seconds}"


def _time_group(_times: TimeRange, arguments: Sequence[str]) -> str:
    return _grouped(arguments, "extract(epoch from {})")


def _epoch_group(_times: TimeRange, arguments: Sequence[str]) -> str:
    return _grouped(arguments, "({})")


def _named(macro: Macro) -> Macro:
    return lambda times, arguments: f'{macro(times, arguments)} AS "time"'


def _between(times: TimeRange, arguments: Sequence[str], unit: Callable[[int], int]) -> str:
    column = _column(arguments)
    return f"{column} >= {unit(times.from_ms)} AND {column} <= {unit(times.to_ms)}"


def _seconds(ms: int) -> int:
    return ms // 1000


def _nanoseconds(ms: int) -> int:
    return ms * 1_000_000


POSTGRES: Mapping[str, Macro] = {
    "__time": lambda _times, arguments: f'{_column(arguments)} AS "time"',
    "__timeEpoch": lambda _times, arguments: f'extract(epoch from {_column(arguments)}) as "time"',
    "__timeFilter": lambda times, arguments: (
        f"{_column(arguments)} BETWEEN {_iso(times.from_ms)} AND {_iso(times.to_ms)}"
    ),
    "__timeFrom": lambda times, _arguments: _iso(times.from_ms),
    "__timeTo": lambda times, _arguments: _iso(times.to_ms),
    "__timeGroup": _time_group,
    "__timeGroupAlias": _named(_time_group),
    "__unixEpochFilter": lambda times, arguments: _between(times, arguments, _seconds),
    "__unixEpochNanoFilter": lambda times, arguments: _between(times, arguments, _nanoseconds),
    "__unixEpochNanoFrom": lambda times, _arguments: str(_nanoseconds(times.from_ms)),
    "__unixEpochNanoTo": lambda times, _arguments: str(_nanoseconds(times.to_ms)),
    "__unixEpochGroup": _epoch_group,
    "__unixEpochGroupAlias": _named(_epoch_group),
}


def _clickhouse_seconds(ms: int) -> str:
    return f"toDateTime({ms // 1000})"


def _clickhouse_ms(ms: int) -> str:
    return f"fromUnixTimestamp64Milli({ms})"


def _clickhouse_filter(moment: Callable[[int], str]) -> Macro:
    def macro(times: TimeRange, arguments: Sequence[str]) -> str:
        column = _column(arguments)
        return f"{column} >= {moment(times.from_ms)} AND {column} <= {moment(times.to_ms)}"

    return macro


CLICKHOUSE: Mapping[str, Macro] = {
    "timeFilter": _clickhouse_filter(_clickhouse_seconds),
    "timeFilter_ms": _clickhouse_filter(_clickhouse_ms),
    "fromTime": lambda times, _arguments: _clickhouse_seconds(times.from_ms),
    "toTime": lambda times, _arguments: _clickhouse_seconds(times.to_ms),
    "fromTime_ms": lambda times, _arguments: _clickhouse_ms(times.from_ms),
    "toTime_ms": lambda times, _arguments: _clickhouse_ms(times.to_ms),
}
