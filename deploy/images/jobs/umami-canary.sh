#!/bin/sh
# Sends one page view and looks for it in the database: the heartbeat is a constant, and green without a database.
set -eu
export PGUSER=umami PGDATABASE=umami
website=00000000-0000-4000-8000-000000000001
path="/canary/$(date +%s)"
psql -v ON_ERROR_STOP=1 -q -c "INSERT INTO website (website_id, name, domain) VALUES ('$website', 'canary', 'canary.invalid')
  ON CONFLICT DO NOTHING; DELETE FROM website_event WHERE website_id = '$website' AND created_at < now() - interval '1 day'"
jq -n --arg website "$website" --arg path "$path" \
  '{type: "event", payload: {website: $website, hostname: "canary.invalid", url: $path, screen: "1x1", language: "en"}}' |
  curl -fsS --max-time 20 -o /dev/null -A 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' \
    -H 'Content-Type: application/json' -d @- "$UMAMI_URL/api/send"
for _ in 1 2 3 4 5 6 7 8 9 10; do
  stored=$(psql -qAt -c "SELECT count(*) FROM website_event WHERE website_id = '$website' AND url_path = '$path'")
  if [ "$stored" = 1 ]; then
    echo "CANARY STORED"
    exit 0
  fi
  sleep 3
done
echo "CANARY LOST" >&2
exit 1
