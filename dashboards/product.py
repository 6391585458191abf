"""The Product dashboard: what Umami counts, for both of its schemas."""

from dataclasses import replace

from dashboards.model import PLAIN, UMAMI, WANTED, Dashboard, Panel, Sql, Steps, Variable
from dashboards.umami_sql import V3, WEBSITES, UmamiSchema, bounce, count, funnel, per_hour, ranking, vitals

FUNNEL = ("/checkout", "/receipt")
EVENTS = "event_type = 2"
BOUNCE: Steps = ((None, "orange"), (0, "blue"), (70, "yellow"), (90, "red"))
VITALS: Steps = ((None, "orange"), (0, "green"), (2500, "yellow"), (4000, "red"))
STAT = Panel(
    title="",
    kind="stat",
    question="",
    query=Sql(UMAMI, ""),
    unit="short",
    steps=WANTED,
    no_data="No data: Umami counted nothing in this time",
    when_red=(
        "Nothing is counted. Open the site yourself; if you do not appear here, the script is blocked or the id of the "
        "website is wrong."
    ),
    runbook="panels.md#nothing-counted",
    width=6,
    height=4,
)
SERIES = replace(STAT, kind="timeseries", steps=PLAIN, width=12, height=8)
TABLE = replace(STAT, kind="table", steps=PLAIN, width=8, height=9)


def product(schema: UmamiSchema) -> Dashboard:
    """The dashboard for one schema of Umami."""
    return Dashboard(
        uid=f"maskproof-product-umami-{schema.version}",
        title=f"Product (Umami {schema.version})",
        audience="Product: who comes, from where, and how far they get.",
        tags=("maskproof", "product"),
        variables=(
            Variable("website", "Website", WEBSITES, UMAMI),
            *(Variable(f"step{number}", f"Step {number}", default=path) for number, path in enumerate(FUNNEL, 1)),
        ),
        panels=(*_numbers(schema), *_over_time(schema), _funnel(schema), *_tables(schema)),
        since="now-7d",
        databases=((UMAMI, (f"umami-{schema.version}",)),),
    )


def _numbers(schema: UmamiSchema) -> tuple[Panel, ...]:
    return (
        replace(
            STAT,
            title="Visitors",
            question="How many people came? A person is a browser at an address; a new month makes a new person.",
            query=Sql(UMAMI, count("count(DISTINCT session_id) AS visitors", schema.is_view)),
            shows="visitors",
        ),
        replace(
            STAT,
            title="Visits",
            question="How often did they come? A visit ends with its hour.",
            query=Sql(UMAMI, count(f"count(DISTINCT {schema.visit}) AS visits", schema.is_view)),
            shows="visits",
        ),
        replace(
            STAT,
            title="Page views",
            question="How many pages were opened, those of the page's own router among them?",
            query=Sql(UMAMI, count('count(*) AS "page views"', schema.is_view)),
            shows="page_views",
        ),
        replace(
            STAT,
            title="Bounce rate",
            question="Which share of the visits saw one page only?",
            query=Sql(UMAMI, bounce(schema)),
            unit="percent",
            steps=BOUNCE,
            when_red="Nearly everybody leaves at the first page, or the router's page views are no longer counted.",
            runbook="panels.md#bounce-rate",
            shows="bounce",
        ),
    )


def _over_time(schema: UmamiSchema) -> tuple[Panel, ...]:
    return (
        replace(
            SERIES,
            title="Page views per hour",
            question="When do people come? A gap is an outage of the site or of Umami.",
            query=Sql(UMAMI, per_hour('count(*) AS "page views"', schema.is_view), series=True),
            shows="page_views_per_hour",
        ),
        replace(
            SERIES,
            title="Events per hour",
            question="When do people do what the application counts as an event?",
            query=Sql(UMAMI, per_hour("count(*) AS events", EVENTS), series=True),
            shows="events_per_hour",
        ),
    )


def _funnel(schema: UmamiSchema) -> Panel:
    return replace(
        STAT,
        kind="bargauge",
        title="Funnel",
        question=(
            "How many visitors came as far as each step? Steps count in their order only: whoever opens the last page "
            "first has not come far."
        ),
        query=Sql(UMAMI, funnel(schema, len(FUNNEL))),
        when_red="Nobody reaches a step. Walk the way yourself; then compare the paths above with those of the pages.",
        runbook="panels.md#funnel",
        shows="funnel",
        width=24,
        height=6,
    )


def _tables(schema: UmamiSchema) -> tuple[Panel, ...]:
    views = 'count(*) AS "page views", count(DISTINCT session_id) AS visitors'
    sources = (
        f"{schema.is_view} AND referrer_domain <> '' AND referrer_domain NOT IN "
        "(SELECT domain FROM website WHERE website_id = '$website'::uuid)"
    )
    sessions = "count(DISTINCT session_id) AS visitors"
    language = (
        "SELECT session.language, count(DISTINCT session.session_id) AS visitors FROM session "
        "JOIN website_event AS event USING (session_id) WHERE event.website_id = '$website'::uuid "
        f"AND $__timeFilter(event.created_at) AND event.{schema.is_view} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20"
    )
    always = (
        replace(
            TABLE,
            title="Pages",
            question="Which pages are opened most?",
            query=Sql(UMAMI, ranking("url_path", "page", views, schema.is_view)),
            shows="pages",
        ),
        replace(
            TABLE,
            title="Sources",
            question="From which other sites do people come?",
            query=Sql(UMAMI, ranking("referrer_domain", "source", sessions, sources)),
            no_data="No data: nobody came by a link of another site",
            shows="sources",
        ),
        replace(
            TABLE,
            title="Campaigns",
            question="Which campaigns (utm_source) bring people?",
            query=Sql(
                UMAMI,
                ranking(schema.campaign, "campaign", sessions, f"{schema.is_view} AND {schema.campaign} <> ''"),
            ),
            no_data="No data: nobody came by a link of a campaign",
            shows="campaigns",
        ),
        replace(
            TABLE,
            title="Events",
            question="Which events does the application count, and how often?",
            query=Sql(UMAMI, ranking("event_name", "event", f"count(*) AS events, {sessions}", EVENTS)),
            no_data="No data: the application sent no event",
            shows="events",
        ),
        replace(
            TABLE,
            title="Languages",
            question="Which languages do the browsers of visitors ask for?",
            query=Sql(UMAMI, language),
            shows="languages",
        ),
    )
    return (*always, *((_vitals(),) if schema is V3 else ()))


def _vitals() -> Panel:
    return replace(
        STAT,
        title="Web vitals",
        question="How fast is the site for three visitors of four? LCP and INP in milliseconds, CLS as a number.",
        query=Sql(UMAMI, vitals()),
        unit="none",
        steps=VITALS,
        no_data="No data: the script does not measure performance (data-performance)",
        when_red="Pages are slow for one visitor of four. Compare the day before the last deployment.",
        runbook="panels.md#web-vitals",
        shows="vitals",
        width=8,
        height=9,
    )
