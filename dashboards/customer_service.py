"""The Customer Service dashboard: recorded sessions, and those that went wrong, with their replays."""

from dataclasses import replace

from dashboards.model import OPENREPLAY_CH, OPENREPLAY_PG, PLAIN, WANTED, Dashboard, Panel, Sql, Variable, below

PROJECTS = "SELECT project_id::text AS __value, name AS __text FROM projects WHERE deleted_at IS NULL ORDER BY name"
# Ids pass 2^53, and Grafana keeps numbers as doubles: they are texts everywhere, or a link opens another session.
RECORDED = (
    "project_id = $project AND start_ts BETWEEN $__unixEpochNanoFrom() / 1000000 AND $__unixEpochNanoTo() / 1000000"
)
HAPPENED = "project_id = $project AND $__timeFilter(created_at)"
ERRORS, RAGE, DEAD = "\"$event_name\" = 'ERROR'", "issue_type = 'click_rage'", "issue_type = 'dead_click'"
FAILED = '"$event_name" = \'REQUEST\' AND toInt32OrZero(toString("$properties".status)) >= 400'
MANY, SOME = 10, 1
SESSIONS = Panel(
    title="",
    kind="stat",
    question="",
    query=Sql(OPENREPLAY_PG, ""),
    unit="short",
    steps=WANTED,
    no_data="No data: no session was recorded in this time",
    when_red="Nothing is recorded. Look at the ingest on the Engineering dashboard.",
    runbook="symptoms.md",
    width=6,
    height=4,
)
TROUBLE = replace(
    SESSIONS,
    query=Sql(OPENREPLAY_CH, ""),
    steps=below(MANY, yellow=SOME),
    no_data="No data: ClickHouse holds no event of this time, so that this says nothing",
    when_red="People run into trouble. Open the sessions below, and tell Engineering which page it is.",
    runbook="panels.md#people-in-trouble",
)


def customer_service() -> Dashboard:
    """The dashboard."""
    return Dashboard(
        uid="maskproof-customer-service",
        title="Customer Service",
        audience="Customer Service: which sessions to look at when somebody calls.",
        tags=("maskproof", "customer-service"),
        variables=(
            Variable("project", "Project", PROJECTS, OPENREPLAY_PG),
            Variable("replay", "Address of OpenReplay", default="https://replay.example.com"),
        ),
        panels=(*_sessions(), *_trouble(), *_tables()),
        databases=((OPENREPLAY_PG, ("openreplay",)), (OPENREPLAY_CH, ("clickhouse",))),
    )


def _sessions() -> tuple[Panel, ...]:
    duration = (
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration) AS duration FROM sessions "
        f"WHERE {RECORDED} AND duration IS NOT NULL"
    )
    return (
        replace(
            SESSIONS,
            title="Sessions",
            question="How many sessions were recorded?",
            query=Sql(OPENREPLAY_PG, f"SELECT count(*) AS sessions FROM sessions WHERE {RECORDED}"),
            shows="sessions",
        ),
        replace(
            SESSIONS,
            title="Length of a session",
            question="How long is a session in the middle of all?",
            query=Sql(OPENREPLAY_PG, duration),
            unit="ms",
            steps=PLAIN,
            no_data="No data: no session has ended in this time",
            shows="session_length",
        ),
        replace(
            SESSIONS,
            kind="timeseries",
            title="Sessions per hour",
            question="When are sessions recorded? A gap is an outage.",
            query=Sql(
                OPENREPLAY_PG,
                "SELECT $__unixEpochGroupAlias(start_ts / 1000,'1h'), count(*) AS sessions FROM sessions "
                f"WHERE {RECORDED} GROUP BY 1 ORDER BY 1",
                series=True,
            ),
            steps=PLAIN,
            shows="sessions_per_hour",
            width=12,
            height=8,
        ),
    )


def _counted(what: str) -> Sql:
    """Events of one kind. Without any event at all there is no row, so that silence is not taken for health."""
    return Sql(
        OPENREPLAY_CH,
        f"SELECT uniqExactIf(event_id, {what}) AS events FROM product_analytics.events WHERE {HAPPENED} "
        "HAVING count() > 0",
    )


def _trouble() -> tuple[Panel, ...]:
    return (
        replace(
            TROUBLE,
            title="Errors",
            question="How many errors of JavaScript did people meet?",
            query=_counted(ERRORS),
            shows="errors",
        ),
        replace(
            TROUBLE,
            title="Rage clicks",
            question="How often did somebody click again and again on what did not answer?",
            query=_counted(RAGE),
            shows="rage_clicks",
        ),
        replace(
            TROUBLE,
            title="Dead clicks",
            question="How often did a click do nothing?",
            query=_counted(DEAD),
            shows="dead_clicks",
        ),
        replace(
            TROUBLE,
            title="Failed requests",
            question="How many requests of pages were answered with an error?",
            query=_counted(FAILED),
            shows="failed_requests",
        ),
    )


def _tables() -> tuple[Panel, ...]:
    messages = (
        'SELECT toString("$properties".message) AS message, uniqExact(event_id) AS errors, '
        f"uniqExact(session_id) AS sessions FROM product_analytics.events WHERE {HAPPENED} AND {ERRORS} "
        "GROUP BY message ORDER BY errors DESC, message LIMIT 20"
    )
    troubled = (
        f"SELECT toString(session_id) AS session_id, min(created_at) AS began, "
        f"uniqExactIf(event_id, {ERRORS}) AS errors, uniqExactIf(event_id, {RAGE}) AS rage_clicks "
        f"FROM product_analytics.events WHERE {HAPPENED} GROUP BY session_id "
        "HAVING errors + rage_clicks > 0 ORDER BY errors + rage_clicks DESC, session_id LIMIT 50"
    )
    newest = (
        "SELECT session_id::text AS session_id, to_timestamp(start_ts / 1000.0) AS began, duration, pages_count, "
        f"user_browser FROM sessions WHERE {RECORDED} ORDER BY start_ts DESC, sessions.session_id DESC LIMIT 50"
    )
    table = replace(TROUBLE, kind="table", steps=PLAIN, width=12, height=10)
    return (
        replace(
            table,
            title="Sessions in trouble",
            question="Which sessions met errors or rage clicks? A click on the id opens the replay.",
            query=Sql(OPENREPLAY_CH, troubled),
            no_data="No data: no session met trouble, or ClickHouse holds no event; the numbers above tell which",
            shows="troubled_sessions",
            link=True,
        ),
        replace(
            table,
            title="Newest sessions",
            question="Which sessions came last? A click on the id opens the replay; users are not named, on purpose.",
            query=Sql(OPENREPLAY_PG, newest),
            no_data=SESSIONS.no_data,
            when_red=SESSIONS.when_red,
            runbook=SESSIONS.runbook,
            shows="newest_sessions",
            link=True,
        ),
        replace(
            table,
            title="Errors by message",
            question="Which error is met most?",
            query=Sql(OPENREPLAY_CH, messages),
            no_data="No data: no error was met, or ClickHouse holds no event; the numbers above tell which",
            shows="error_messages",
            width=24,
        ),
    )
