"""
OpenReplay 1.27 on Fargate: the services that ingest, store and show sessions.

Ports, variables and shared folders are those of upstream's compose files, charts and code. The order of the singletons
is the order in which they are started.
"""

from deploy.services.model import Grant, Route, Service

GO_HEALTH = "wget -q -O /dev/null http://127.0.0.1:8888/health || exit 1"
GO_ENTRY = ("/home/openreplay/service",)  # the image's own is a shell's: SIGTERM would not arrive, and sink loses data
VOLUME_PATH = "/mnt/efs"
DELETE_DAYS = "1"  # the tag that chalice puts on a deleted person's sessions, and the rule of the bucket
STREAM_TTL_SECONDS = 86_400  # 0 trims streams at 10,000 entries, also unread ones

_QUEUE = {"REDIS_STREAMS_TTL_SEC": str(STREAM_TTL_SECONDS), "QUEUE_MESSAGE_SIZE_LIMIT": "1048576"}
_POSTGRES = {"POSTGRES_STRING": "openreplay-database-url", "pg_password": "openreplay-database"}
_REDIS = {"REDIS_STRING": "redis-url"}
_TOKENS = {
    "JWT_SECRET": "openreplay-jwt",
    "JWT_SPOT_SECRET": "openreplay-jwt-spot",
    "TOKEN_SECRET": "openreplay-token",
}
# Every Go image has these as public defaults, read or not.
_GO = {**_REDIS, **_POSTGRES, "JWT_SECRET": "openreplay-jwt", "JWT_SPOT_SECRET": "openreplay-jwt-spot"}
_CLICKHOUSE = {
    "CH_USERNAME": "{clickhouse_user}",
    "CLICKHOUSE_DATABASE": "{clickhouse_database}",
    "CLICKHOUSE_STRING": "{clickhouse_host}:{clickhouse_native_port}",
    "CLICKHOUSE_HTTP_STRING": "{clickhouse_host}:{clickhouse_http_port}",
    "CLICKHOUSE_USE_TLS": "true",
}
_CLICKHOUSE_SECRET = {"CH_PASSWORD": "clickhouse"}
_ASSETS = {"ASSETS_ORIGIN": "https://{replay_host}/a", "CACHE_ASSETS": "true"}
_VOLUME = {"FS_DIR": VOLUME_PATH}


def _go(name: str, **values: object) -> Service:
    environment = {**_QUEUE, "SERVICE_NAME": name, "AWS_REGION": "{region}", **values.pop("environment", {})}  # type: ignore[dict-item]
    secrets = {**_GO, **values.pop("secrets", {})}  # type: ignore[dict-item]
    return Service(
        name=name,
        kind="go",
        environment=environment,
        secrets=secrets,
        health=GO_HEALTH,
        entry_point=GO_ENTRY,
        **{"group": "worker", "ports": (8888,), "connections": 4, **values},  # type: ignore[arg-type]
    )


SINK = _go("sink", singleton=True, volume="write", environment={**_VOLUME, **_ASSETS})
ENDER = _go("ender", singleton=True)
DB = _go("db", singleton=True, environment=_CLICKHOUSE, secrets=_CLICKHOUSE_SECRET)
HEURISTICS = _go("heuristics", singleton=True)
ASSETS = _go(
    "assets",
    singleton=True,
    group="assets",
    connections=0,
    environment={**_ASSETS, "BUCKET_NAME": "{assets}"},
    grants=(Grant("assets", ("s3:GetObject", "s3:PutObject")),),
)
STORAGE = _go(
    "storage",
    singleton=True,
    heavy=True,
    volume="read",
    connections=0,
    environment={**_VOLUME, "BUCKET_NAME": "{recordings}", "FS_CLEAN_HRS": "{volume_hours}"},
    grants=(Grant("recordings", ("s3:AbortMultipartUpload", "s3:PutObject")),),
)
HTTP = _go(
    "http",
    group="ingest",
    tasks=2,
    heavy=True,
    ports=(8080, 8888),
    route=Route(8080, "/health"),
    environment={
        **_ASSETS,
        "BUCKET_NAME": "{recordings}",
        "HTTP_PORT": "8080",
        "BEACON_SIZE_LIMIT": "1000000",
        "USE_CORS": "true",  # the collector's host is not the application's
    },
    secrets=_TOKENS,
)
API = _go(
    "api",
    group="api",
    tasks=2,
    heavy=True,
    volume="read",
    ports=(8080, 8888),
    route=Route(8080, "/health"),
    environment={
        **_VOLUME,
        **_CLICKHOUSE,
        "BUCKET_NAME": "{recordings}",
        "HTTP_PORT": "8080",
        "ASSIST_URL": "http://assist-openreplay.openreplay.internal:9001/assist/%s",
    },
    secrets={
        **_TOKENS,
        **_CLICKHOUSE_SECRET,
        "ASSIST_KEY": "openreplay-assist-key",
        "ASSIST_JWT_SECRET": "openreplay-assist-jwt",
    },
    grants=(Grant("recordings", ("s3:GetObject",)),),
)
CHALICE = Service(
    name="chalice",
    kind="python",
    group="api",
    heavy=True,
    ports=(8000,),
    connections=25,
    route=Route(8000, "/signup"),
    health="wget -q -O /dev/null http://127.0.0.1:8000/signup || exit 1",
    environment={
        "AWS_DEFAULT_REGION": "{region}",
        "sessions_region": "{region}",
        "sessions_bucket": "{recordings}",
        "sourcemaps_bucket": "{sourcemaps}",
        "js_cache_bucket": "{assets}",
        "sourcemaps_reader": "http://sourcemapreader-openreplay.openreplay.internal:9000/{{}}/sourcemaps",
        "SITE_URL": "https://{replay_host}",
        "ASSIST_URL": "http://assist-openreplay.openreplay.internal:9001/assist/%s",
        "POD_NAMESPACE": "openreplay",
        "CLUSTER_URL": "internal",
        "root_path": "/api",
        "JWT_ALGORITHM": "HS512",
        "LOGLEVEL": "WARNING",
        "PG_MAXCONN": "20",
        "SCH_DELETE_DAYS": DELETE_DAYS,
        "pg_host": "{postgres_host}",
        "pg_port": "5432",
        "pg_dbname": "openreplay",
        "pg_user": "openreplay",
        "ch_host": "{clickhouse_host}",
        "ch_port": "{clickhouse_native_port}",
        "ch_port_http": "{clickhouse_http_port}",
        "ch_user": "{clickhouse_user}",
        "CLICKHOUSE_USE_TLS": "true",
    },
    secrets={
        "JWT_SECRET": "openreplay-jwt",
        "JWT_REFRESH_SECRET": "openreplay-jwt-refresh",
        "JWT_SPOT_SECRET": "openreplay-jwt-spot",
        "JWT_SPOT_REFRESH_SECRET": "openreplay-jwt-spot-refresh",
        "ASSIST_KEY": "openreplay-assist-key",
        "ASSIST_JWT_SECRET": "openreplay-assist-jwt",
        "pg_password": "openreplay-database",
        "ch_password": "clickhouse",
        "REDIS_STRING": "redis-url",
    },
    grants=(
        Grant(
            "recordings", ("s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging")
        ),  # deletes a person: copies an object onto itself with a tag that expires it
        Grant("sourcemaps", ("s3:GetObject", "s3:PutObject")),
        Grant("assets", ("s3:GetObject",)),
        # Without it S3 answers 403 for a key that is not there, and chalice fails.
        Grant("recordings", ("s3:ListBucket",), on="bucket"),
        Grant("sourcemaps", ("s3:ListBucket",), on="bucket"),
        Grant("assets", ("s3:ListBucket",), on="bucket"),
    ),
)
FRONTEND = Service(
    name="frontend",
    kind="nginx",  # no shell, no wget: only the load balancer can check it
    group="frontend",
    tasks=2,
    ports=(8080,),
    route=Route(8080, "/"),
    environment={"TRACKER_HOST": "https://{collect_host}{ingest_prefix}", "HTTP_PORT": "8080"},
    secrets={},
)
ASSIST = Service(
    name="assist",
    kind="node",
    group="assist",
    ports=(9001, 8888),
    route=Route(9001, "/health", health_port=8888, sticky=True),
    health=GO_HEALTH,
    environment={"AWS_DEFAULT_REGION": "{region}", "redis": "false"},
    secrets={"ASSIST_KEY": "openreplay-assist-key", "ASSIST_JWT_SECRET": "openreplay-assist-jwt"},
)
SOURCEMAPREADER = Service(
    name="sourcemapreader",
    kind="node",
    group="worker",
    ports=(9000,),
    health="wget -q -O /dev/null http://127.0.0.1:9000/ || exit 1",
    environment={"SMR_HOST": "0.0.0.0", "AWS_REGION": "{region}", **_ASSETS},  # noqa: S104 - inside the task
    secrets={},
    grants=(Grant("sourcemaps", ("s3:GetObject",)),),
)

MINIMAL = (SINK, ENDER, DB, HEURISTICS, ASSETS, STORAGE, HTTP, API, CHALICE, FRONTEND)
OPTIONAL = {"assist": ASSIST, "sourcemaps": SOURCEMAPREADER}
ALL = (*MINIMAL, *OPTIONAL.values())


def chosen(*, assist: bool, sourcemaps: bool) -> tuple[Service, ...]:
    """
    The services of a deployment.

    Args:
        assist: With live view of sessions.
        sourcemaps: With stack traces read through source maps.

    """
    wanted = {"assist": assist, "sourcemaps": sourcemaps}
    return (*MINIMAL, *(service for name, service in OPTIONAL.items() if wanted[name]))
