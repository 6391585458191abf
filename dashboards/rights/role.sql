-- The role of Grafana, and what holds in every database: five connections, five seconds, nothing but reading.
DO $$
BEGIN
  CREATE ROLE grafana_ro LOGIN CONNECTION LIMIT 5;
EXCEPTION WHEN duplicate_object THEN NULL;
END
$$;
ALTER ROLE grafana_ro SET statement_timeout = '5s';
ALTER ROLE grafana_ro SET default_transaction_read_only = on;
