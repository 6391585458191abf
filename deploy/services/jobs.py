"""Tasks that run once and are waited for, and tasks on a schedule; `deploy/operate/run_job.py` runs the former."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.services.model import Access
from deploy.services.openreplay import VOLUME_PATH

_ADMINISTRATOR = {"MASTER_PASSWORD": "administrator"}
_DATABASE = {"PGHOST": "{postgres_host}", "PGPORT": "5432", "PGSSLMODE": "verify-full"}
_OWNERS = {
    "UMAMI_PASSWORD": "umami-database",
    "OPENREPLAY_PASSWORD": "openreplay-database",
    "GRAFANA_PASSWORD": "grafana-database",
    "MASKPROOF_PASSWORD": "maskproof-database",
}


@dataclass(frozen=True, slots=True)
class Job:
    """
    One task definition without a service.

    `image` is the name of an image of the profile. `every_minutes` is 0 for a job that somebody starts. Its name is the
    script of `deploy/images/jobs` that it runs, unless it has a `command`.
    """

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    image: str = "jobs"
    command: tuple[str, ...] = ()
    volume: Access = "none"
    every_minutes: int = 0


def jobs() -> tuple[Job, ...]:
    """Every job, in the order in which a first deployment runs them; the scheduled ones last."""
    return (
        Job(
            "database",
            environment={**_DATABASE, "UMAMI_CONNECTIONS": "{umami_connections}"},
            secrets={**_ADMINISTRATOR, **_OWNERS},
        ),
        Job(
            "umami-migrate",
            image="umami",
            command=("node", "scripts/check-db.js"),
            secrets={"DATABASE_URL": "umami-database-url", "APP_SECRET": "umami-app"},
        ),
        Job(
            "openreplay-migrate",
            environment={
                **_DATABASE,
                "CH_HOST": "{clickhouse_host}",
                "CH_PORT": "{clickhouse_native_port}",
                "CH_USER": "{clickhouse_user}",
                "OPENREPLAY_VERSION": "{openreplay_version}",
            },
            secrets={"PGPASSWORD": "openreplay-database", "CH_PASSWORD": "clickhouse"},
        ),
        Job("grafana-rights", environment={**_DATABASE, "UMAMI_MAJOR": "{umami_major}"}, secrets=_ADMINISTRATOR),
        Job(
            "umami-first-account",
            environment={"UMAMI_URL": "http://umami.openreplay.internal:3000"},
            secrets={"FIRST_ACCOUNT_PASSWORD": "umami-first-account"},
        ),
        Job(
            "openreplay-first-account",
            environment={
                **_DATABASE,
                "CHALICE_URL": "http://chalice-openreplay.openreplay.internal:8000",
                "FIRST_ACCOUNT_MAIL": "{first_mail}",
            },
            secrets={"FIRST_ACCOUNT_PASSWORD": "openreplay-first-account", "PGPASSWORD": "openreplay-database"},
        ),
        Job(
            "clean-volume",
            environment={"FS_DIR": VOLUME_PATH, "KEEP_MINUTES": "{volume_minutes}"},
            volume="write",
            every_minutes=60,
        ),
        Job(
            "umami-canary",
            environment={**_DATABASE, "UMAMI_URL": "http://umami.openreplay.internal:3000"},
            secrets={"PGPASSWORD": "umami-database"},
            every_minutes=15,
        ),
        Job(
            "count-lost-sessions",
            environment=_DATABASE,
            secrets={"PGPASSWORD": "openreplay-database"},
            every_minutes=60,
        ),
    )
