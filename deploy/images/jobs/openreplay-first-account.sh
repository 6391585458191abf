#!/bin/sh
# Signs the one tenant up, from inside, before anybody outside can; turns telemetry off; shows that sign-up is closed.
set -eu
export PGUSER=openreplay PGDATABASE=openreplay
sign_up() {
  jq -n --arg mail "$FIRST_ACCOUNT_MAIL" --arg password "$FIRST_ACCOUNT_PASSWORD" \
    '{email: $mail, password: $password, fullname: "Administrator", organizationName: "Platform"}' |
    curl -sS --max-time 30 -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' -d @- "$CHALICE_URL/signup"
}
if [ "$(psql -qAt -c 'SELECT count(*) FROM public.tenants')" = 0 ]; then sign_up >/dev/null; fi
psql -v ON_ERROR_STOP=1 -q -c 'UPDATE public.tenants SET opt_out = true'
[ "$(psql -qAt -c 'SELECT count(*) FROM public.tenants WHERE opt_out')" = 1 ] ||
  { echo "there is not exactly one tenant without telemetry" >&2; exit 1; }
sign_up >/dev/null
[ "$(psql -qAt -c 'SELECT count(*) FROM public.tenants')" = 1 ] || { echo "sign-up is open" >&2; exit 1; }
echo "FIRST ACCOUNT READY"
