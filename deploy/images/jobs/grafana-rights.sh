#!/bin/sh
# Lets Grafana read what its panels show, after both migrations. Never all tables: one has mail addresses and passwords.
set -eu
export PGUSER=administrator PGPASSWORD="$MASTER_PASSWORD"
grant() { # DATABASE OWNER TABLE...
  database=$1 owner=$2
  shift 2
  for table in "$@"; do
    psql -v ON_ERROR_STOP=1 -q -d "$database" \
      -c "SET ROLE $owner; GRANT USAGE ON SCHEMA public TO grafana_ro; GRANT SELECT ON public.$table TO grafana_ro"
  done
}
grant umami umami website website_event session event_data
grant openreplay openreplay sessions projects
echo "RIGHTS READY"
