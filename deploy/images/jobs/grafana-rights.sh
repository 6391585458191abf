#!/bin/sh
# Lets Grafana read the columns that its panels show, after both migrations, and takes away whatever it had before. The
# columns stand in dashboards/rights/, which the checks of the panels run with too.
set -eu
export PGUSER=administrator PGPASSWORD="$MASTER_PASSWORD"
grant() { # DATABASE FILE; the owner has the database's name
  psql -X -q -v ON_ERROR_STOP=1 --single-transaction -d "$1" \
    -c "SET ROLE $1" \
    -c "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM grafana_ro" \
    -c "GRANT USAGE ON SCHEMA public TO grafana_ro" \
    -f "${RIGHTS:-/rights}/$2.sql"
}
grant umami "umami-$UMAMI_MAJOR"
grant openreplay openreplay
echo "RIGHTS READY"
