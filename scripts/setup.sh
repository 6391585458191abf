#!/usr/bin/env bash
# Sets everything up: .venv with the locked packages, then what the embedded target needs.
# Returns quickly if everything is there. The next call continues an interrupted set-up.
# Ends with 2 if somebody has to change the machine, with 3 if something was not available.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly VENV=.venv
readonly STAMP=$VENV/.maskproof-stamp
readonly VENV_MB=1300  # free space for a first set-up: on the disk of the checkout, and on that of the cache
readonly CACHE_MB=1500

say() { printf 'setup: %s\n' "$*" >&2; }

fail() { # STATUS WHAT WHAT-TO-DO
  printf 'setup: error: %s\n  %s\n' "$2" "$3" >&2
  exit "$1"
}

as_root() { # COMMAND...; fails if this machine gives us no root
  if [ "$(id -u)" -eq 0 ]; then "$@"; else command -v sudo >/dev/null && sudo -n "$@"; fi
}

apt_install() { # PACKAGE...
  command -v apt-get >/dev/null || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >>"$LOG" 2>&1 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$LOG" 2>&1
}

use_cache_folder() {
  local place=${XDG_CACHE_HOME:-${HOME:-}/.cache}/maskproof
  if [ "$(uname)" = Darwin ]; then place=${HOME:-}/Library/Caches/maskproof; fi
  CACHE=${MASKPROOF_CACHE:-$place}
  LOG=$CACHE/logs/setup.log
  { mkdir -p "$CACHE/logs" && : >"$LOG"; } 2>/dev/null ||
    fail 2 "the cache folder $CACHE cannot be written" "Set MASKPROOF_CACHE to a folder that can be, with $CACHE_MB MB of room."
  # All downloads are kept there. uv and pip unpack in .venv, because /tmp may be small.
  export UV_CACHE_DIR=${UV_CACHE_DIR:-$CACHE/uv} PIP_CACHE_DIR=${PIP_CACHE_DIR:-$CACHE/pip}
}

need_room() { # FOLDER MB
  local free
  free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge "$2" ] ||
    fail 3 "the disk of $(cd "$1" && pwd) is full: set-up needs $2 MB, $free MB are free" "Make room, or set MASKPROOF_CACHE to a folder on another disk."
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in "${PYTHON:-python3}" python3 python3.11 python3.12 python3.13 python3.14 python; do
    if is_new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

ensure_python() {
  python=$(find_python) && return
  say "there is no Python 3.11 or newer; installing the system's"
  apt_install python3 python3-venv || true
  python=$(find_python) ||
    fail 2 "there is no Python 3.11 or newer, and set-up cannot install one" "Install one, or name it: make PYTHON=/path/to/python3.11"
}

ensure_venv_module() { # PYTHON
  "$1" -c 'import ensurepip, venv' 2>/dev/null && return
  local version
  version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  say "Python $version cannot make environments; installing python$version-venv"
  apt_install "python$version-venv" || apt_install python3-venv || true
  "$1" -c 'import ensurepip, venv' 2>/dev/null ||
    fail 2 "$1 cannot make environments, and set-up cannot install what it lacks" "Install it as root: apt-get install python$version-venv"
}

make_venv() {
  if [ -x $VENV/bin/python ] && is_new_enough $VENV/bin/python && $VENV/bin/python -m pip --version >/dev/null 2>&1; then
    return
  fi
  ensure_venv_module "$python"
  need_room . $VENV_MB
  say "make $VENV with $python"
  rm -rf $VENV
  made_now=yes
  "$python" -m venv $VENV >>"$LOG" 2>&1 || not_done "make $VENV"
}

logged() { # WHAT COMMAND...
  local what=$1 started=$SECONDS
  shift
  say "$what ..."
  "$@" >>"$LOG" 2>&1 || return 1
  say "$what: $((SECONDS - started)) s"
}

not_done() { # WHAT; ends set-up with the reason that the log shows, and removes an incomplete environment
  local cause reason remedy
  cause=$("$python" -I src/maskproof/machine/causes.py "$LOG" || true)
  reason=$(sed -n 1p <<<"$cause")
  remedy=$(sed -n 2p <<<"$cause")
  if [ -z "$reason" ]; then tail -n 15 "$LOG" >&2; fi
  if [ -n "${made_now:-}" ]; then rm -rf $VENV; fi
  fail 3 "could not $1: ${reason:-see above}" "${remedy:-Fix it, then run this again.} The whole log is $LOG."
}

install_with_uv() { # uv is fast, but does not read pip's configuration: its index is passed on
  local index
  index=$($VENV/bin/python -m pip config get global.index-url 2>/dev/null || true)
  if [ -n "${PIP_INDEX_URL:-$index}" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
    export UV_DEFAULT_INDEX=${PIP_INDEX_URL:-$index}
  fi
  local uv="$VENV/bin/uv --no-progress pip install --python $VENV/bin/python"
  UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-1} logged "install the locked packages" $uv --require-hashes -r requirements.lock &&
    UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-1} logged "install maskproof" $uv --no-deps -e .
}

install_with_pip() {
  local pip="$VENV/bin/python -m pip install --disable-pip-version-check"
  logged "install the locked packages" $pip --require-hashes -r requirements.lock &&
    logged "install maskproof" $pip --no-deps -e .
}

install_locked() {
  export TMPDIR=$PWD/$VENV/tmp
  mkdir -p $VENV/tmp
  logged "install uv" $VENV/bin/python -m pip install --disable-pip-version-check --retries 1 --require-hashes -r scripts/uv.lock ||
    not_done "install uv"
  if ! install_with_uv; then
    say "uv failed; trying again with pip"
    install_with_pip || not_done "install the locked packages"
  fi
  rm -rf $VENV/tmp
  unset TMPDIR
}

wanted_stamp() {
  { pwd; cat requirements.lock pyproject.toml scripts/uv.lock scripts/setup.sh; } |
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1
}

if [ ! -w . ]; then fail 2 "the folder $PWD cannot be written" "Use a checkout of your own."; fi
use_cache_folder
stamp=$(wanted_stamp)
if [ "$(cat $STAMP 2>/dev/null || true)" != "$stamp" ] || [ ! -x $VENV/bin/maskproof ]; then
  ensure_python
  make_venv
  if [ ! -d "$UV_CACHE_DIR" ]; then need_room "$CACHE" $CACHE_MB; fi
  rm -f $STAMP
  install_locked
  printf '%s\n' "$stamp" >$STAMP
fi

if [ "${1:-}" != --packages-only ]; then
  exec $VENV/bin/maskproof setup
fi
