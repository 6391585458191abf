#!/usr/bin/env bash
# Sets everything up: .venv with the locked packages, then what the embedded target needs.
# Does nothing, quickly, when it is all there. An interrupted set-up is taken up again by the next.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly VENV=.venv
readonly STAMP=$VENV/.maskproof-stamp
readonly LOG=$VENV/setup.log

say() { printf 'setup: %s\n' "$*" >&2; }

fail() { # WHAT WHY WHAT-TO-DO
  printf 'setup: failed: %s\n  why: %s\n  what to do: %s\n' "$1" "$2" "$3" >&2
  exit 2
}

wanted_stamp() {
  { pwd; cat requirements.lock pyproject.toml scripts/uv.lock scripts/setup.sh; } | sha256sum | cut -d' ' -f1
}

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  fail "find Python" "there is no Python 3.11 or newer on the path" "install one, or name it: make PYTHON=/path/to/python3.11"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

ensure_venv_module() { # PYTHON
  "$1" -c 'import ensurepip, venv' 2>/dev/null && return
  local version
  version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  say "Python $version cannot make environments; installing python$version-venv"
  export DEBIAN_FRONTEND=noninteractive
  if command -v apt-get >/dev/null; then
    as_root apt-get update -q >&2 || true
    as_root apt-get install -y -q --no-install-recommends "python$version-venv" >&2 ||
      as_root apt-get install -y -q --no-install-recommends python3-venv >&2 || true
  fi
  "$1" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "make $VENV" "$1 has no ensurepip" "install the package python$version-venv, then run this again"
}

make_venv() {
  if [ -x $VENV/bin/python ] && $VENV/bin/python -m pip --version >/dev/null 2>&1 &&
    $VENV/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    return
  fi
  local python
  python=$(find_python)
  ensure_venv_module "$python"
  say "make $VENV with $python"
  rm -rf $VENV
  "$python" -m venv $VENV ||
    fail "make $VENV" "$python -m venv did not work (see above)" "repair that Python, or name another: make PYTHON=..."
}

logged() { # WHAT COMMAND...
  local what=$1 started=$SECONDS
  shift
  say "$what ..."
  if "$@" >>$LOG 2>&1; then
    say "$what: $((SECONDS - started)) s"
  else
    tail -n 15 $LOG >&2
    return 1
  fi
}

install_locked() {
  # uv is quick; pip is the way back where uv does not know the machine's index or certificates.
  local index
  index=$($VENV/bin/python -m pip config get global.index-url 2>/dev/null || true)
  if [ -n "${PIP_INDEX_URL:-$index}" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
    export UV_DEFAULT_INDEX=${PIP_INDEX_URL:-$index}
  fi
  logged "install uv" $VENV/bin/python -m pip install --disable-pip-version-check --require-hashes -r scripts/uv.lock &&
    logged "install the locked packages" \
      $VENV/bin/uv pip install --python $VENV/bin/python --require-hashes -r requirements.lock &&
    logged "install maskproof" $VENV/bin/uv pip install --python $VENV/bin/python --no-deps -e . &&
    return
  say "uv did not manage; once more with pip"
  logged "install the locked packages" \
    $VENV/bin/python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock &&
    logged "install maskproof" $VENV/bin/python -m pip install --disable-pip-version-check --no-deps -e . ||
    fail "install the locked packages" "see above; the whole log is $LOG" "check that the package index is reachable, then run this again"
}

stamp=$(wanted_stamp)
if [ "$(cat $STAMP 2>/dev/null || true)" != "$stamp" ] || [ ! -x $VENV/bin/maskproof ]; then
  make_venv
  rm -f $STAMP
  : >$LOG
  install_locked
  printf '%s\n' "$stamp" >$STAMP
fi

if [ "${1:-}" != --packages-only ]; then
  exec $VENV/bin/python -m maskproof.stack.prepare
fi
