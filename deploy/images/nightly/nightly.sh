#!/bin/sh
# Verifies the deployment, adds the run to the history that Grafana shows, and ends as the verification did. Host, user and
# password of the history are libpq's variables. A run without a report adds nothing, and says why.
set -u
maskproof verify --target live
verified=$?
maskproof export --to "postgresql:///$PGDATABASE" \
  && psql -X -q -v ON_ERROR_STOP=1 -f "${RIGHTS:-/rights}/maskproof.sql"
exported=$?
if [ "$verified" -ne 0 ]; then exit "$verified"; fi
exit "$exported"
