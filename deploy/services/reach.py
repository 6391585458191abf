"""Who may open a connection to whom: the security groups of the network as one table."""

from typing import NamedTuple

REDIS_PORT = 6380
POSTGRES_PORT = 5432
NFS_PORT = 2049

# Groups of tasks; each may also reach port 443 outside, for images, secrets and logs.
TASKS = ("umami", "ingest", "api", "worker", "assets", "frontend", "assist", "jobs", "grafana")
STORES = ("database", "redis", "volume")


class Way(NamedTuple):
    """A connection that is allowed."""

    source: str
    target: str
    port: int


WAYS = (
    *(Way("balancer", target, port) for target, port in (("umami", 3000), ("ingest", 8080), ("frontend", 8080))),
    *(Way("balancer", "api", port) for port in (8000, 8080)),
    *(Way("balancer", "assist", port) for port in (8888, 9001)),
    Way("balancer", "grafana", 3000),
    *(Way(source, "database", POSTGRES_PORT) for source in ("umami", "ingest", "api", "worker", "jobs", "grafana")),
    *(Way(source, "redis", REDIS_PORT) for source in ("ingest", "api", "worker", "assets")),
    *(Way(source, "volume", NFS_PORT) for source in ("api", "worker", "jobs")),
    *(Way("api", target, port) for target, port in (("assist", 9001), ("worker", 9000), ("worker", 8888))),
    *(Way("jobs", target, port) for target, port in (("umami", 3000), ("api", 8000), ("ingest", 8080))),
)

# ClickHouse is outside: these groups reach its ports, which the profile names.
CLICKHOUSE = ("worker", "api", "jobs")
