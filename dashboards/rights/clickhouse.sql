-- What the panels read of OpenReplay's ClickHouse, column by column: no users. Grafana's plugin sets one setting itself.
CREATE USER IF NOT EXISTS grafana_ro IDENTIFIED BY '{password}' SETTINGS readonly = 2, max_execution_time = 5;
GRANT SELECT(event_id, "$event_name", created_at, session_id, project_id, issue_type, "$properties")
  ON product_analytics.events TO grafana_ro;
