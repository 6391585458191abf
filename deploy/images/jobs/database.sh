#!/bin/sh
# Makes the databases and their users, each with a password and a limit of its own. Can be run again.
set -eu
export PGUSER=administrator PGPASSWORD="$MASTER_PASSWORD"
psql -v ON_ERROR_STOP=1 -q -d postgres \
  -v umami_connections="$UMAMI_CONNECTIONS" -v umami="$UMAMI_PASSWORD" -v openreplay="$OPENREPLAY_PASSWORD" \
  -v grafana="$GRAFANA_PASSWORD" -v maskproof="$MASKPROOF_PASSWORD" -f "$(dirname "$0")/database.sql"
for extension in pg_trgm pgcrypto; do
  psql -v ON_ERROR_STOP=1 -q -d openreplay -c "CREATE EXTENSION IF NOT EXISTS $extension"
done
echo "DATABASES READY"
