"""
Every alarm as data: what is watched, when it rings, and its page of the runbook.

`docs/runbook/alarms.md` has a section for each name; a test holds both together. `no_data` says what silence means:
a cleaner that says nothing is broken, a balancer without requests is not.
"""

from dataclasses import dataclass
from typing import Literal

NoData = Literal["breaching", "notBreaching", "missing"]


@dataclass(frozen=True, slots=True)
class LogAlarm:
    """
    Rings by a line of a log: when it comes (`at_least` 1), or when it stays away (`at_least` 0).

    `value` is the field of the pattern that holds a number, for lines that count.
    """

    name: str
    log: str
    pattern: str
    minutes: int
    at_least: int = 1
    value: str = "1"
    periods: int = 1


@dataclass(frozen=True, slots=True)
class MetricAlarm:
    """Rings by a metric of AWS; `of` names what it is about."""

    name: str
    namespace: str
    metric: str
    of: str
    statistic: str
    threshold: float
    minutes: int = 5
    periods: int = 3
    below: bool = False
    no_data: NoData = "notBreaching"


LOG_ALARMS = (
    LogAlarm(
        "storage-upload-failed", "storage", '?"AccessDenied" ?"can\'t upload" ?"failed to upload" ?"failed to store"', 5
    ),
    LogAlarm(
        "sink-write-failed", "sink", '?"no space left" ?"input/output error" ?"can\'t write" ?"stale file handle"', 5
    ),
    LogAlarm(
        "umami-database-unreachable", "umami", '?"Can\'t reach database" ?"P1001" ?"ECONNREFUSED" ?"ENOTFOUND"', 5
    ),
    LogAlarm("umami-canary-silent", "umami-canary", '"CANARY STORED"', 15, at_least=0, periods=3),
    LogAlarm("cleaner-silent", "clean-volume", '"CLEANED"', 60, at_least=0, periods=3),
    LogAlarm("sessions-lost", "count-lost-sessions", "[label=LOST, count]", 60, value="$count"),
    LogAlarm("session-count-silent", "count-lost-sessions", '"LOST"', 60, at_least=0, periods=3),
)

METRIC_ALARMS = (
    MetricAlarm("ingest-errors", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "target:http", "Sum", 5),
    MetricAlarm("ingest-slow", "AWS/ApplicationELB", "TargetResponseTime", "target:http", "p95", 1),
    MetricAlarm("umami-errors", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "target:umami", "Sum", 5),
    MetricAlarm(
        "http-down",
        "AWS/ApplicationELB",
        "HealthyHostCount",
        "target:http",
        "Minimum",
        1,
        below=True,
        no_data="breaching",
    ),
    MetricAlarm(
        "umami-down",
        "AWS/ApplicationELB",
        "HealthyHostCount",
        "target:umami",
        "Minimum",
        1,
        below=True,
        no_data="breaching",
    ),
    MetricAlarm("balancer-errors", "AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", "balancer", "Sum", 10),
    MetricAlarm("redis-memory", "AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "redis", "Maximum", 75),
    MetricAlarm("redis-evictions", "AWS/ElastiCache", "Evictions", "redis", "Sum", 1, periods=1),
    MetricAlarm(
        "database-connections", "AWS/RDS", "DatabaseConnections", "database", "Maximum", 0
    ),  # 80 % of the limit
    MetricAlarm("database-capacity", "AWS/RDS", "ACUUtilization", "database", "Average", 90, periods=6),
    MetricAlarm("volume-grows", "AWS/EFS", "StorageBytes", "volume", "Maximum", 50e9, minutes=60, periods=3),
    MetricAlarm("vcpu-quota", "AWS/Usage", "ResourceCount", "fargate", "Maximum", 0),  # 80 % of the quota
)


def singleton_alarm(service: str) -> MetricAlarm:
    """A singleton that does not run: sessions are being lost."""
    return MetricAlarm(
        "singleton-down", "ECS/ContainerInsights", "RunningTaskCount", f"service:{service}", "Minimum", 1,
        minutes=1, periods=5, below=True, no_data="breaching",
    )  # fmt: skip


def page_names() -> set[str]:
    """The sections that the runbook has to have."""
    names = {alarm.name for alarm in (*LOG_ALARMS, *METRIC_ALARMS)}
    return names | {singleton_alarm("sink").name, "budget"}
