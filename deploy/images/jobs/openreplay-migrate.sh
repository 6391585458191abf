#!/bin/sh
# Brings both schemas of OpenReplay to this image's version. Refuses to go back: restore a snapshot instead.
set -eu
export PGUSER=openreplay PGDATABASE=openreplay
here=$(psql -qAt -c "SELECT openreplay_version()" 2>/dev/null || true)
clickhouse_client() {
  clickhouse client --secure --host "$CH_HOST" --port "$CH_PORT" --user "$CH_USER" --password "$CH_PASSWORD" "$@"
}
if [ -z "$here" ]; then
  psql -v ON_ERROR_STOP=1 -q -f /schema/postgresql/init_schema.sql
  clickhouse_client --multiquery <"/schema/clickhouse/init_schema.sql"
  echo "MIGRATED to v$OPENREPLAY_VERSION"
  exit 0
fi
newest=$(printf '%s\n' "${here#v}" "$OPENREPLAY_VERSION" | sort -V | tail -n 1)
if [ "$newest" != "$OPENREPLAY_VERSION" ]; then
  echo "REFUSED: the schema is ${here}, this image is v${OPENREPLAY_VERSION}; restore the snapshots of both stores" >&2
  exit 1
fi
for folder in $(find /schema/postgresql -mindepth 1 -maxdepth 1 -type d | sort -V); do
  version=$(basename "$folder")
  if [ "$(printf '%s\n' "$version" "${here#v}" | sort -V | tail -n 1)" = "${here#v}" ]; then continue; fi
  for file in $(find "$folder" -name '*.sql' | sort -V); do psql -v ON_ERROR_STOP=1 -q -f "$file"; done
  if [ -d "/schema/clickhouse/$version" ]; then
    for file in $(find "/schema/clickhouse/$version" -name '*.sql' | sort -V); do clickhouse_client --multiquery <"$file"; done
  fi
done
echo "MIGRATED from $here to v$OPENREPLAY_VERSION"
