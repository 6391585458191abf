"""Faults of panels: what is changed in a query, and the panel that has to go red for it."""

from typing import NamedTuple

from maskproof.panels.umami import OTHER_WEBSITE

P2, P3 = "maskproof-product-umami-2", "maskproof-product-umami-3"
SERVICE, ENGINEERING, PRIVACY = "maskproof-customer-service", "maskproof-engineering", "maskproof-privacy"
UNORDERED = (
    "SELECT count(DISTINCT session_id) FILTER (WHERE url_path = '$step1') AS a, count(DISTINCT session_id) FILTER "
    "(WHERE url_path = '$step2') AS b FROM website_event WHERE website_id = '$website'::uuid AND event_type = 1 "
    "AND $__timeFilter(created_at)"
)


class Fault(NamedTuple):
    """`old` is replaced by `new` in the query of a panel; an empty `old` is the whole query."""

    dashboard: str
    panel: str
    old: str
    new: str


FAULTS = {
    "a column that is not there": Fault(P2, "Pages", "url_path AS page", "url_pathname AS page"),
    "a table that is not there": Fault(P2, "Visitors", "website_event", "website_events"),
    "a column of the other version": Fault(P2, "Visits", "date_trunc('hour', created_at)", "visit_id"),
    "a column that the role may not read": Fault(P3, "Pages", "url_path AS page", "page_title AS page"),
    "zero for everything": Fault(P2, "Page views", "", 'SELECT 0 AS "page views"'),
    "zero, because of a kind that nothing has": Fault(P2, "Page views", "event_type = 1", "event_type = 7"),
    "nothing at all": Fault(P2, "Visitors", "event_type = 1", "false GROUP BY website_id"),
    "every time": Fault(P2, "Page views", "$__timeFilter(created_at)", "true"),
    "a time of its own": Fault(P2, "Page views", "$__timeFilter(created_at)", "created_at > now() - interval '1 hour'"),
    "until now and beyond": Fault(P3, "Visitors", "$__timeFilter(created_at)", "created_at >= $__timeFrom()"),
    "another website": Fault(P2, "Page views", "$website", OTHER_WEBSITE),
    "every website": Fault(P2, "Visitors", "website_id = '$website'::uuid", "true"),
    "a funnel without an order": Fault(P2, "Funnel", " AND views.created_at >= s1.reached", ""),
    "a funnel of single steps": Fault(P2, "Funnel", "", UNORDERED),
    "a funnel backwards": Fault(P3, "Funnel", "created_at >= s1.reached", "created_at <= s1.reached"),
    "counted twice by a join": Fault(
        P2, "Page views", "FROM website_event", "FROM website_event JOIN session USING (website_id)"
    ),
    "views for visitors": Fault(P2, "Visitors", "count(DISTINCT session_id)", "count(session_id)"),
    "visitors for visits": Fault(P3, "Visits", "(session_id, visit_id)", "session_id"),
    "events among page views": Fault(P2, "Page views", "event_type = 1", "event_type <= 2"),
    "measurements among page views": Fault(P3, "Page views", "NOT IN (2, 5)", "<> 2"),
    "two pages are a bounce": Fault(P2, "Bounce rate", "views = 1", "views <= 2"),
    "a share instead of per cent": Fault(P3, "Bounce rate", "100.0 * ", "1.0 * "),
    "the site as its own source": Fault(P2, "Sources", "AND referrer_domain NOT IN", "OR false AND referrer_domain IN"),
    "campaigns of another parameter": Fault(P2, "Campaigns", "utm_source", "utm_medium"),
    "too few rows": Fault(P2, "Pages", "LIMIT 20", "LIMIT 1"),
    "the fewest first": Fault(P3, "Pages", "2 DESC", "2 ASC"),
    "days for hours": Fault(P2, "Page views per hour", "'1h'", "'1d'"),
    "hours in the wrong zone": Fault(
        P3, "Events per hour", "(created_at,'1h')", "(created_at + interval '1 day','1h')"
    ),
    "a time without its name": Fault(
        P2, "Events per hour", "$__timeGroupAlias(created_at,'1h')", "$__timeGroup(created_at,'1h') AS hour"
    ),
    "a macro that is not there": Fault(P2, "Visits", "$__timeFilter", "$__timeFiler"),
    "brackets within a macro": Fault(P2, "Visits", "$__timeFilter(created_at)", "$__timeFilter(date(created_at))"),
    "a variable that is not there": Fault(P2, "Visits", "$website", "$site"),
    "the middle for the slowest": Fault(P3, "Web vitals", "percentile_cont(0.75)", "percentile_cont(0.5)"),
    "events for visitors of a language": Fault(P2, "Languages", "count(DISTINCT session.session_id)", "count(*)"),
    "ids as numbers": Fault(SERVICE, "Newest sessions", "session_id::text", "session_id"),
    "every project": Fault(SERVICE, "Sessions", "project_id = $project", "true"),
    "seconds for milliseconds": Fault(SERVICE, "Sessions", "/ 1000000", "/ 1000000000"),
    "the mean for the middle": Fault(
        SERVICE, "Length of a session", "percentile_cont(0.5) WITHIN GROUP (ORDER BY duration)", "avg(duration)"
    ),
    "under way for lost": Fault(
        ENGINEERING, "Sessions lost", "sessions.start_ts < extract(epoch FROM now()) * 1000", "sessions.start_ts < 1e15"
    ),
    "lost by the wrong unit": Fault(ENGINEERING, "Sessions lost", "now()) * 1000", "now())"),
    "every session has ended": Fault(ENGINEERING, "Sessions ended", "1 - count(*)", "1 - 0 * count(*)"),
    "every target": Fault(PRIVACY, "Leaks", "target = '$target'", "true"),
    "the first run for the last": Fault(PRIVACY, "Last run", "finished_at DESC", "finished_at ASC"),
    "any run for a pass": Fault(PRIVACY, "Hours since the last pass", "AND verdict = 'pass'", ""),
    "advisory findings as leaks": Fault(PRIVACY, "Findings by category and channel", "AND gating", ""),
    "sent per arrived": Fault(PRIVACY, "Captured", "arrived / nullif(sent, 0)", "sent / nullif(arrived, 0)"),
    "a run without a measurement": Fault(PRIVACY, "Overhead, upper bound", "AND overhead_ms_upper IS NOT NULL", ""),
    "a score of a run without one": Fault(PRIVACY, "Sabotage noticed", "AND sabotage_total > 0", ""),
    "a recorder that is never seen": Fault(PRIVACY, "Umami's own recorder", "'replay_enabled'", "'replayEnabled'"),
    "the youngest for the oldest": Fault(PRIVACY, "Oldest session", "min(start_ts)", "max(start_ts)"),
}
