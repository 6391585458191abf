"""
SQL over Umami's tables, for the schema of version 2.10 and of version 3.

2.10 has no id of a visit: there it is a session and an hour, as in Umami's own statistics. Version 3 also stores web
vitals (event type 5) among its events, and the parameters of campaigns in columns.
"""

from dataclasses import dataclass

OF_WEBSITE = "website_id = '$website'::uuid AND $__timeFilter(created_at)"


@dataclass(frozen=True, slots=True)
class UmamiSchema:
    """What differs between the versions: how page views, visits and campaigns are told."""

    version: int
    is_view: str
    visit: str
    campaign: str


V2 = UmamiSchema(
    2,
    "event_type = 1",
    "(session_id, date_trunc('hour', created_at))",
    "substring(url_query FROM '(?:^|&)utm_source=([^&]*)')",
)
V3 = UmamiSchema(3, "event_type NOT IN (2, 5)", "(session_id, visit_id)", "utm_source")
WEBSITES = "SELECT website_id::text AS __value, name AS __text FROM website WHERE deleted_at IS NULL ORDER BY name"


def count(of: str, where: str) -> str:
    """
    One number of a website in the time of the dashboard.

    Args:
        of: What is counted, as an aggregate.
        where: Which events.

    """
    return f"SELECT {of} FROM website_event WHERE {OF_WEBSITE} AND {where}"


def per_hour(of: str, where: str) -> str:
    """
    The same number hour by hour.

    Args:
        of: What is counted, as an aggregate.
        where: Which events.

    """
    return (
        f"SELECT $__timeGroupAlias(created_at,'1h'), {of} FROM website_event "
        f"WHERE {OF_WEBSITE} AND {where} GROUP BY 1 ORDER BY 1"
    )


def ranking(label: str, name: str, of: str, where: str) -> str:
    """
    The twenty labels with most of something, the most first.

    Args:
        label: What is ranked, as an expression.
        name: The name of its column.
        of: What is counted, as an aggregate.
        where: Which events.

    """
    return (
        f"SELECT {label} AS {name}, {of} FROM website_event "
        f"WHERE {OF_WEBSITE} AND {where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20"
    )


def bounce(schema: UmamiSchema) -> str:
    """Share of visits with one page view; without a visit there is no row with a number."""
    return (
        "SELECT 100.0 * count(*) FILTER (WHERE views = 1) / nullif(count(*), 0) AS bounce FROM ("
        f"SELECT {schema.visit} AS visit, count(*) AS views FROM website_event "
        f"WHERE {OF_WEBSITE} AND {schema.is_view} GROUP BY 1) AS visits"
    )


def funnel(schema: UmamiSchema, steps: int) -> str:
    """
    Sessions that came as far as each step, in order: a later page seen before an earlier one does not count.

    Args:
        schema: Whose tables.
        steps: How many; `$step1` and following hold the paths.

    """
    where = f"{OF_WEBSITE} AND {schema.is_view}"
    parts = [
        f"views AS (SELECT session_id, url_path, created_at FROM website_event WHERE {where})",
        "s1 AS (SELECT session_id, min(created_at) AS reached FROM views WHERE url_path = '$step1' GROUP BY 1)",
    ]
    for number in range(2, steps + 1):
        before = f"s{number - 1}"
        parts.append(
            f"s{number} AS (SELECT views.session_id, min(views.created_at) AS reached FROM views "
            f"JOIN {before} USING (session_id) WHERE views.url_path = '$step{number}' "
            f"AND views.created_at >= {before}.reached GROUP BY 1)"
        )
    columns = ", ".join(f'(SELECT count(*) FROM s{n}) AS "{n}: $step{n}"' for n in range(1, steps + 1))
    return f"WITH {', '.join(parts)} SELECT {columns}"


def vitals() -> str:
    """Web vitals that three of four page loads stay within; only version 3 stores them."""
    columns = ", ".join(
        f"percentile_cont(0.75) WITHIN GROUP (ORDER BY {name}) AS {name}" for name in ("lcp", "inp", "cls")
    )
    return f"SELECT {columns} FROM website_event WHERE {OF_WEBSITE} AND event_type = 5"
