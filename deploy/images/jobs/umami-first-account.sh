#!/bin/sh
# Gives Umami's first account its own password, and shows that the public one is refused.
set -eu
login() { # PASSWORD; prints the token, or nothing
  jq -n --arg password "$1" '{username: "admin", password: $password}' |
    curl -sS --max-time 20 -H 'Content-Type: application/json' -d @- "$UMAMI_URL/api/auth/login" | jq -r '.token // empty'
}
token=$(login umami)
if [ -n "$token" ]; then
  jq -n --arg password "$FIRST_ACCOUNT_PASSWORD" '{currentPassword: "umami", newPassword: $password}' |
    curl -fsS --max-time 20 -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d @- \
      "$UMAMI_URL/api/me/password"
fi
[ -z "$(login umami)" ] || { echo "the public password is still accepted" >&2; exit 1; }
[ -n "$(login "$FIRST_ACCOUNT_PASSWORD")" ] || { echo "the new password is not accepted" >&2; exit 1; }
echo "FIRST ACCOUNT READY"
