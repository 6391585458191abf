"""
Every secret, and how it comes about.

OpenReplay's images have public defaults for all of these: a variable that is missing does not fail, it gives a secret
that anybody can read. So the stacks always set every one of them, from Secrets Manager.
"""

# Made once by Secrets Manager and never shown: letters and digits only, because some stand in URLs.
GENERATED = {
    "openreplay-jwt": "signs log-ins; the same in chalice, api and http",
    "openreplay-jwt-refresh": "signs refresh tokens",
    "openreplay-jwt-spot": "signs log-ins of the recorder extension",
    "openreplay-jwt-spot-refresh": "signs its refresh tokens",
    "openreplay-token": "signs session tokens; the same in http and api",
    "openreplay-assist-key": "the key of assist",
    "openreplay-assist-jwt": "signs log-ins of assist",
    "openreplay-database": "OpenReplay's user of the database",
    "openreplay-first-account": "password of OpenReplay's first account",
    "umami-app": "Umami's APP_SECRET; without it Umami hashes DATABASE_URL, and a new password logs everybody out",
    "umami-database": "Umami's user of the database",
    "umami-first-account": "password of Umami's first account",
    "redis": "the AUTH token of Redis",
    "grafana-database": "Grafana's user of the database: it may only read",
    "grafana-administrator": "password of Grafana's administrator",
    "maskproof-database": "the nightly verification's user of its own database",
}

# Whole URLs, because neither product takes the password of a URL from another variable.
COMPOSED = {
    "openreplay-database-url": "openreplay-database",
    "umami-database-url": "umami-database",
    "redis-url": "redis",
}

# Exists already: it belongs to ClickHouse, which is outside.
IMPORTED = ("clickhouse",)

# A variable with one of these names is a secret, wherever it stands; `make test-deploy` holds it.
SECRET_VARIABLES = frozenset(
    {
        "APP_SECRET",
        "ASSIST_JWT_SECRET",
        "ASSIST_KEY",
        "CH_PASSWORD",
        "DATABASE_URL",
        "FIRST_ACCOUNT_PASSWORD",
        "GF_SECURITY_ADMIN_PASSWORD",
        "GRAFANA_PASSWORD",
        "JWT_REFRESH_SECRET",
        "JWT_SECRET",
        "JWT_SPOT_REFRESH_SECRET",
        "JWT_SPOT_SECRET",
        "MASKPROOF_PASSWORD",
        "MASTER_PASSWORD",
        "OPENREPLAY_PASSWORD",
        "PGPASSWORD",
        "POSTGRES_STRING",
        "REDIS_STRING",
        "REDIS_URL",
        "TOKEN_SECRET",
        "UMAMI_PASSWORD",
        "ch_password",
        "pg_password",
    }
)
