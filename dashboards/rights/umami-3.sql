-- What the panels read of Umami 3, column by column: no titles, queries, event data, accounts or distinct ids.
GRANT SELECT ON website TO grafana_ro;
GRANT SELECT (website_id, session_id, language) ON session TO grafana_ro;
GRANT SELECT (website_id, session_id, visit_id, created_at, url_path, utm_source, referrer_domain, event_type, event_name,
  lcp, inp, cls) ON website_event TO grafana_ro;
