"""The Engineering dashboard: whether recording works, and whether it will go on working."""

from dataclasses import replace

from dashboards.customer_service import PROJECTS, RECORDED
from dashboards.model import (
    CLOUDWATCH,
    OPENREPLAY_PG,
    PLAIN,
    UNWANTED,
    WANTED,
    Dashboard,
    Metric,
    Panel,
    Sql,
    Variable,
    above,
    below,
)

BALANCER = ("LoadBalancer", "$balancer")
INGEST = (BALANCER, ("TargetGroup", "$ingest"))
UMAMI_TARGET = (BALANCER, ("TargetGroup", "$umami"))
DATABASE = (("DBClusterIdentifier", "$database"),)
REDIS = (("CacheClusterId", "$redis"),)
BUCKET = (("BucketName", "$bucket"),)
DAY = "86400"
QUIET = "No data: no request came, or CloudWatch does not answer; the balancer reports only while requests flow"
CHART = Panel(
    title="",
    kind="timeseries",
    question="",
    query=(),
    unit="short",
    steps=PLAIN,
    no_data=QUIET,
    when_red="",
    runbook="",
    width=8,
    height=8,
)
STAT = replace(CHART, kind="stat", width=6, height=4)
# OpenReplay itself gives up a session this long after its longest duration.
GRACE_MS = 300_000
LOST = (
    "sessions.duration IS NULL AND sessions.start_ts < extract(epoch FROM now()) * 1000 "
    f"- projects.max_session_duration - {GRACE_MS}"
)
OF_PROJECT = "FROM sessions JOIN projects USING (project_id)"


def engineering() -> Dashboard:
    """The dashboard."""
    return Dashboard(
        uid="maskproof-engineering",
        title="Engineering",
        audience="Engineering: whether every session and event arrives, and what will run out first.",
        tags=("maskproof", "engineering"),
        variables=(
            Variable("project", "Project", PROJECTS, OPENREPLAY_PG),
            *(
                Variable(name, label, query, CLOUDWATCH)
                for name, label, query in (
                    ("balancer", "Load balancer", ("AWS/ApplicationELB", "RequestCount", "LoadBalancer")),
                    ("ingest", "Target group of the ingest", ("AWS/ApplicationELB", "RequestCount", "TargetGroup")),
                    ("umami", "Target group of Umami", ("AWS/ApplicationELB", "RequestCount", "TargetGroup")),
                    ("cluster", "Cluster", ("ECS/ContainerInsights", "RunningTaskCount", "ClusterName")),
                    ("database", "Database", ("AWS/RDS", "DatabaseConnections", "DBClusterIdentifier")),
                    ("redis", "Redis", ("AWS/ElastiCache", "Evictions", "CacheClusterId")),
                    ("volume", "Volume", ("AWS/EFS", "StorageBytes", "FileSystemId")),
                    ("bucket", "Bucket of recordings", ("AWS/S3", "BucketSizeBytes", "BucketName")),
                )
            ),
        ),
        panels=(*_sessions(), *_balancer(), *_stores(), *_tasks()),
        databases=((OPENREPLAY_PG, ("openreplay",)),),
    )


def _sessions() -> tuple[Panel, ...]:
    silent = replace(STAT, query=Sql(OPENREPLAY_PG, ""), no_data="No data: no session began in this time")
    where = RECORDED.replace("project_id", "sessions.project_id")
    versions = (
        f"SELECT tracker_version, count(*) AS started, count(*) FILTER (WHERE {LOST}) AS lost {OF_PROJECT} "
        f"WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20"
    )
    return (
        replace(
            silent,
            title="Sessions started",
            question="How many sessions did the ingest begin?",
            query=Sql(OPENREPLAY_PG, f"SELECT count(*) AS started FROM sessions WHERE {RECORDED}"),
            steps=WANTED,
            when_red="No page records. Look at the ingest below, then whether the project is active.",
            runbook="symptoms.md",
            shows="sessions",
        ),
        replace(
            silent,
            title="Sessions not ended",
            question="How many sessions are under way, or lost?",
            query=Sql(
                OPENREPLAY_PG,
                f"SELECT count(*) FILTER (WHERE duration IS NULL) AS open FROM sessions WHERE {RECORDED} "
                "HAVING count(*) > 0",
            ),
            when_red="Never red: sessions that are too old to be under way are the next panel.",
            runbook="symptoms.md",
            shows="sessions_open",
        ),
        replace(
            silent,
            title="Sessions lost",
            question="How many sessions never ended, although they are older than a session can be?",
            query=Sql(
                OPENREPLAY_PG,
                f"SELECT count(*) FILTER (WHERE {LOST}) AS lost {OF_PROJECT} WHERE {where} HAVING count(*) > 0",
            ),
            steps=UNWANTED,
            when_red="Sessions are lost after they were recorded: the ender or Redis.",
            runbook="alarms.md#sessions-lost",
            shows="sessions_lost",
        ),
        replace(
            silent,
            title="Sessions ended",
            question="Which share of the sessions that are old enough has ended?",
            query=Sql(
                OPENREPLAY_PG,
                f"SELECT 100.0 * (1 - count(*) FILTER (WHERE {LOST})::numeric / nullif(count(*), 0)) AS ended "
                f"{OF_PROJECT} WHERE {where} AND (sessions.duration IS NOT NULL OR {LOST})",
            ),
            unit="percent",
            steps=above(100),
            when_red="Sessions are lost after they were recorded: the ender or Redis.",
            runbook="alarms.md#sessions-lost",
            shows="sessions_ended",
        ),
        replace(
            silent,
            kind="table",
            title="Sessions by version of the tracker",
            question="Which versions of the tracker still record, and does one of them lose sessions?",
            query=Sql(OPENREPLAY_PG, versions),
            when_red="A version that you do not ship is an old page in somebody's cache, with the leaks of its time.",
            runbook="panels.md#trackers-in-use",
            shows="tracker_versions",
            width=12,
            height=8,
        ),
    )


def _elb(name: str, metric: str, statistic: str, dimensions: tuple[tuple[str, str], ...]) -> Metric:
    return Metric(name, "AWS/ApplicationELB", metric, statistic, dimensions)


def _balancer() -> tuple[Panel, ...]:
    errors = "HTTPCode_Target_5XX_Count"
    return (
        replace(
            CHART,
            title="Ingest: latency",
            question="How long does the ingest take for an upload, in the middle and for the slowest of twenty?",
            query=(
                _elb("p50", "TargetResponseTime", "p50", INGEST),
                _elb("p95", "TargetResponseTime", "p95", INGEST),
            ),
            unit="s",
            steps=below(1, yellow=0.5),
            when_red="Add a task of http; look at Redis and at Aurora's capacity.",
            runbook="alarms.md#ingest-slow",
            width=12,
        ),
        replace(
            CHART,
            title="Ingest: errors",
            question="How many uploads did the ingest answer with 5xx? The tracker gives up after about ten.",
            query=(_elb("5xx", errors, "Sum", INGEST),),
            steps=below(5, yellow=1),
            no_data=f"{QUIET}; no error is no data here, so look at the requests as well",
            when_red="Redis and Aurora first, then the log of http.",
            runbook="alarms.md#ingest-errors",
            width=12,
        ),
        replace(
            CHART,
            title="Ingest: requests",
            question="Do uploads come at all?",
            query=(_elb("requests", "RequestCount", "Sum", INGEST),),
            steps=WANTED,
            when_red="No page sends. Look at the site, then at the rules of the firewall.",
            runbook="symptoms.md",
        ),
        replace(
            CHART,
            title="Umami: errors",
            question="How many events did Umami answer with 5xx?",
            query=(_elb("5xx", errors, "Sum", UMAMI_TARGET),),
            steps=below(5, yellow=1),
            no_data=f"{QUIET}; no error is no data here, so look at the canary as well",
            when_red="Its heartbeat is a constant: look at its log and its database.",
            runbook="alarms.md#umami-errors",
        ),
        replace(
            CHART,
            title="Healthy tasks",
            question="How many tasks of the ingest and of Umami answer?",
            query=(
                _elb("ingest", "HealthyHostCount", "Minimum", INGEST),
                _elb("umami", "HealthyHostCount", "Minimum", UMAMI_TARGET),
            ),
            steps=WANTED,
            when_red="Nothing is recorded. Read the reasons of the stopped tasks.",
            runbook="alarms.md#http-down",
        ),
    )


def _stores() -> tuple[Panel, ...]:
    aws = "No data: CloudWatch does not answer, or the variable above names nothing"
    chart = replace(CHART, no_data=aws)
    return (
        replace(
            chart,
            title="Recordings on S3",
            question="How much do the recordings take? It follows the retention, and is counted once a day.",
            query=(
                Metric(
                    "bytes", "AWS/S3", "BucketSizeBytes", "Average", (*BUCKET, ("StorageType", "StandardStorage")), DAY
                ),
            ),
            unit="bytes",
            when_red="Never red. If it only grows, the rule of the bucket that deletes is not in force.",
            runbook="deletion.md",
        ),
        replace(
            chart,
            title="Recordings in S3, objects",
            question="Does each recorded session reach S3?",
            query=(
                Metric(
                    "objects",
                    "AWS/S3",
                    "NumberOfObjects",
                    "Average",
                    (*BUCKET, ("StorageType", "AllStorageTypes")),
                    DAY,
                ),
            ),
            when_red="Never red. If it stands still while sessions come, storage may not write.",
            runbook="alarms.md#storage-upload-failed",
        ),
        replace(
            chart,
            title="Raw recordings on the volume",
            question="Does the cleaner delete raw recordings, as was promised to the privacy officer?",
            query=(
                Metric(
                    "bytes",
                    "AWS/EFS",
                    "StorageBytes",
                    "Maximum",
                    (("FileSystemId", "$volume"), ("StorageClass", "Total")),
                    "3600",
                ),
            ),
            unit="bytes",
            steps=below(50e9, yellow=25e9),
            when_red="The cleaner does not delete, or far more is recorded than planned.",
            runbook="alarms.md#volume-grows",
        ),
        replace(
            chart,
            title="Database: capacity",
            question="How near is Aurora to its largest capacity?",
            query=(Metric("capacity", "AWS/RDS", "ACUUtilization", "Average", DATABASE),),
            unit="percent",
            steps=below(90, yellow=70),
            when_red="Raise max_capacity.",
            runbook="alarms.md#database-capacity",
        ),
        replace(
            chart,
            title="Database: connections",
            question="How many connections are open?",
            query=(Metric("connections", "AWS/RDS", "DatabaseConnections", "Maximum", DATABASE),),
            when_red="Never red: the alarm knows the limit of the deployment.",
            runbook="alarms.md#database-connections",
        ),
        replace(
            chart,
            title="Queue: memory",
            question="How full is Redis, whose streams are never evicted?",
            query=(Metric("memory", "AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "Maximum", REDIS),),
            unit="percent",
            steps=below(75, yellow=50),
            when_red="Streams fill up when nobody reads: look at sink, ender, db, storage. Then take a larger node.",
            runbook="alarms.md#redis-memory",
        ),
        replace(
            chart,
            title="Queue: evictions",
            question="Was a recording thrown away before it was read?",
            query=(Metric("evictions", "AWS/ElastiCache", "Evictions", "Sum", REDIS),),
            steps=UNWANTED,
            when_red="Somebody changed the parameter group: what was evicted was a recording.",
            runbook="alarms.md#redis-evictions",
        ),
    )


def _tasks() -> tuple[Panel, ...]:
    def of(service: str) -> tuple[tuple[str, str], ...]:
        return (("ClusterName", "$cluster"), ("ServiceName", service))

    services = ("http", "sink", "ender", "db", "storage", "umami")
    return (
        replace(
            CHART,
            title="Tasks that run",
            question="Did a task end? A dip is a restart; sink and ender lose sessions in it.",
            query=tuple(
                Metric(name, "ECS/ContainerInsights", "RunningTaskCount", "Minimum", of(name)) for name in services
            ),
            steps=WANTED,
            no_data="No data: container insights are off, or the variable above names no cluster",
            when_red="Read the reason of the stopped task. All at once is a failover of Aurora.",
            runbook="alarms.md#singleton-down",
            width=24,
        ),
    )
