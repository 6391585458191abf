#!/usr/bin/env bash
# Tests of the panels of ClickHouse, in .venv beside a folder of chdb alone, made from dashboards/clickhouse.lock.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly TARGET=.venv-clickhouse
readonly STAMP=$TARGET/.stamp

wanted() { { pwd; cat dashboards/clickhouse.lock; } | cksum; }

if [ "$(cat $STAMP 2>/dev/null || true)" != "$(wanted)" ]; then
  printf 'clickhouse: install the locked packages in %s (about 800 MB)\n' $TARGET >&2
  rm -rf $TARGET
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --target $TARGET -r dashboards/clickhouse.lock
  wanted >$STAMP
fi

PYTHONPATH=$PWD/$TARGET:$PWD/src exec .venv/bin/python -m pytest -p no:cacheprovider tests/clickhouse "$@"
