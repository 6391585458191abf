-- What the panels read of Umami 2, column by column: no titles, no event data, no accounts.
GRANT SELECT ON website TO grafana_ro;
GRANT SELECT (website_id, session_id, language) ON session TO grafana_ro;
GRANT SELECT (website_id, session_id, created_at, url_path, url_query, referrer_domain, event_type, event_name)
  ON website_event TO grafana_ro;
