"""
Variables of a dashboard, put into a query as Grafana's page does before it sends it.

A variable that holds one value is put in as it is, with quotes doubled (Grafana: SqlDatasource.interpolateVariable).
The names of macros are left to the data source.
"""

import re
from collections.abc import Mapping

from maskproof.errors import ConfigurationError

VARIABLE = re.compile(r"\$(\w+)|\[\[(\w+)\]\]|\$\{(\w+)(?::(\w+))?\}")
# A column of ClickHouse whose name begins with a dollar sign is no variable of ours; Grafana leaves it alone too.
QUOTED = re.compile(r'("\$\w+")')
TIMES = ("__from", "__to")


def filled_in(sql: str, values: Mapping[str, str]) -> str:
    """
    A query with the values of its variables.

    Args:
        sql: The query.
        values: By name; `__from` and `__to` are the times of the dashboard in milliseconds.

    Raises:
        ConfigurationError: A variable is not defined, or asks for a format that is not known here.

    """

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2] or match[3]
        if name.startswith("__") and name not in TIMES:
            return match[0]
        if name.isdigit():
            return match[0]
        if name not in values:
            raise ConfigurationError(f"variable {name} is not defined.", hint="Define it in the dashboard.")
        return _formatted(values[name], match[4] or "")

    parts = QUOTED.split(sql)
    return "".join(part if QUOTED.fullmatch(part) else VARIABLE.sub(value, part) for part in parts)


def _formatted(value: str, form: str) -> str:
    doubled = value.replace("'", "''")
    match form:
        case "":
            return doubled
        case "raw":
            return value
        case "sqlstring" | "singlequote":
            return f"'{doubled}'" if form == "sqlstring" else "'" + value.replace("'", "\\'") + "'"
        case _:
            raise ConfigurationError(f"the format {form} of a variable is not known here.")
