#!/usr/bin/env bash
# Tests of deploy/: `test` without an account, `live` in one. Both in .venv-deploy, made from deploy/requirements.lock.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly VENV=.venv-deploy
readonly STAMP=$VENV/.stamp

wanted() { { pwd; cat deploy/requirements.lock; } | cksum; }

if [ "$(cat $STAMP 2>/dev/null || true)" != "$(wanted)" ]; then
  printf 'deploy: install the locked packages in %s (about a gigabyte)\n' $VENV >&2
  [ -x $VENV/bin/python ] || "${PYTHON:-python3}" -m venv $VENV
  $VENV/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements.lock
  wanted >$STAMP
fi

export PATH=$PWD/$VENV/bin:$PATH PYTHONPATH=$PWD:$PWD/src
case ${1:-} in
  test)
    shift
    $VENV/bin/mypy --config-file deploy/mypy.ini
    exec $VENV/bin/python -m pytest --confcutdir=deploy deploy/tests "$@" ;;
  live)
    shift
    exec $VENV/bin/python -m pytest --confcutdir=deploy deploy/live "$@" ;;
  *)
    printf 'usage: scripts/deploy.sh test|live [pytest arguments]\n' >&2
    exit 2 ;;
esac
