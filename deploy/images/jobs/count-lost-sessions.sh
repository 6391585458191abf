#!/bin/sh
# Counts the sessions of the last hours that never ended, and so were never uploaded; the alarm reads the line.
set -eu
export PGUSER=openreplay PGDATABASE=openreplay
echo "LOST $(psql -v ON_ERROR_STOP=1 -qAt -f "$(dirname "$0")/count-lost-sessions.sql")"
