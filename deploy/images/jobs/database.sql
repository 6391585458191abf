-- Roles and databases; \gexec runs what the query returns, so that what is there already is left as it is.
SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['umami', 'openreplay', 'grafana_ro', 'maskproof']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE umami PASSWORD :'umami' CONNECTION LIMIT :umami_connections;
ALTER ROLE openreplay PASSWORD :'openreplay';
ALTER ROLE maskproof PASSWORD :'maskproof' CONNECTION LIMIT 5;
ALTER ROLE grafana_ro PASSWORD :'grafana' CONNECTION LIMIT 5;
ALTER ROLE grafana_ro SET statement_timeout = '5s';
ALTER ROLE grafana_ro SET default_transaction_read_only = on;
SELECT format('GRANT %I TO CURRENT_USER', name) FROM unnest(ARRAY['umami', 'openreplay', 'maskproof']) AS name \gexec
SELECT format('CREATE DATABASE %I OWNER %I', name, name) FROM unnest(ARRAY['umami', 'openreplay', 'maskproof']) AS name
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec
SELECT format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', name)
FROM unnest(ARRAY['umami', 'openreplay', 'maskproof']) AS name \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO grafana_ro', name)
FROM unnest(ARRAY['umami', 'openreplay', 'maskproof']) AS name \gexec
