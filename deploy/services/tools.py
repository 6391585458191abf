"""The optional tools: Grafana, and the nightly verification with the database of its history."""

from deploy.services.jobs import Job
from deploy.services.model import Route, Service

NIGHTLY_MINUTES = 24 * 60

# The variables of the data sources; the files in `dashboards/` name them.
GRAFANA = Service(
    name="grafana",
    kind="node",
    group="grafana",
    ports=(3000,),
    connections=5,
    route=Route(3000, "/api/health"),
    health="wget -q -O /dev/null http://127.0.0.1:3000/api/health || exit 1",
    environment={
        "GF_SERVER_ROOT_URL": "https://{analytics_host}/grafana",
        "GF_SERVER_SERVE_FROM_SUB_PATH": "true",
        "GF_ANALYTICS_REPORTING_ENABLED": "false",
        "GF_ANALYTICS_CHECK_FOR_UPDATES": "false",
        "GF_USERS_ALLOW_SIGN_UP": "false",
        "GF_AUTH_ANONYMOUS_ENABLED": "false",
        "POSTGRES_HOST": "{postgres_reader}",
        "POSTGRES_USER": "grafana_ro",
        "CLICKHOUSE_HOST": "{clickhouse_host}",
        "CLICKHOUSE_PORT": "{clickhouse_native_port}",
        "AWS_REGION": "{region}",
    },
    secrets={"GF_SECURITY_ADMIN_PASSWORD": "grafana-administrator", "GRAFANA_PASSWORD": "grafana-database"},
)

NIGHTLY = Job(
    "nightly",
    image="nightly",
    command=("nightly.sh",),
    environment={
        "PGHOST": "{postgres_host}",
        "PGDATABASE": "maskproof",
        "PGUSER": "maskproof",
        "PGSSLMODE": "verify-full",
    },
    secrets={"PGPASSWORD": "maskproof-database"},
    every_minutes=NIGHTLY_MINUTES,
)
