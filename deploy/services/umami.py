"""Umami on Fargate, versions 2 and 3: one service, without migrations and without its own recorder."""

from deploy.services.model import Route, Service

PRISMA_ENGINE = 2  # the last major version with Prisma's own engine, which wants the kind of database named
POOL = 10  # connections of one task: fixed in v3, set in v2
CA_FILE = "/etc/ssl/rds/global-bundle.pem"  # in the derived image, deploy/images/umami
# v3 verifies with node-postgres' words; v2 with Prisma's, which call the CA's file `sslcert`.
TLS = {
    3: f"sslmode=verify-full&sslrootcert={CA_FILE}",
    2: f"sslmode=require&sslaccept=strict&sslcert={CA_FILE}&connection_limit={POOL}",
}
_ENVIRONMENT = {
    "CLIENT_IP_HEADER": "true-client-ip",
    "TRACKER_SCRIPT_NAME": "{script_name}",
    "DISABLE_TELEMETRY": "1",
    "DISABLE_UPDATES": "1",
    "PRIVATE_MODE": "1",
    "SKIP_DB_MIGRATION": "1",
    "NODE_OPTIONS": "--max-old-space-size=384",
}


def service(major: int, tasks: int) -> Service:
    """
    Umami's service.

    Args:
        major: The major version.
        tasks: How many tasks run.

    """
    environment = {**_ENVIRONMENT, "DATABASE_TYPE": "postgresql"} if major == PRISMA_ENGINE else dict(_ENVIRONMENT)
    return Service(
        name="umami",
        kind="node",
        group="umami",
        tasks=tasks,
        ports=(3000,),
        connections=POOL,
        route=Route(3000, "/api/heartbeat"),
        health="curl -fsS http://127.0.0.1:3000/api/heartbeat || exit 1",
        environment=environment,
        secrets={"DATABASE_URL": "umami-database-url", "APP_SECRET": "umami-app"},
    )
