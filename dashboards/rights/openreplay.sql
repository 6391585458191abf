-- What the panels read of OpenReplay's PostgreSQL, column by column: no users, no keys of projects.
GRANT SELECT (session_id, project_id, tracker_version, start_ts, duration, pages_count, user_browser)
  ON sessions TO grafana_ro;
GRANT SELECT (project_id, name, deleted_at, max_session_duration) ON projects TO grafana_ro;
