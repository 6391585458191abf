"""How much of each priced thing a deployment has a month: what runs from its templates, the rest from `[usage]`."""

from deploy.budget.arithmetic import HOURS
from deploy.checks.synthesis import Synthesis
from deploy.services.jobs import jobs
from deploy.services.tools import NIGHTLY

DAYS = 30.4
MINUTES_A_DAY = 24 * 60
JOB_MINUTES = 1  # a scheduled job ends within a minute; the nightly one takes half an hour
NIGHTLY_MINUTES = 30
REQUESTS_PER_SESSION = 60  # the tracker's uploads and the page's
OBJECTS_PER_SESSION = 4  # dom.mobs, dom.mobe, devtools, and an asset


def quantities(synthesis: Synthesis) -> dict[str, float]:
    """The quantities of a month, by name of the price file."""
    vcpu, memory = _hours(synthesis)
    usage, retention = synthesis.profile.usage, synthesis.profile.retention
    gigabytes_a_day = usage.sessions_per_day * usage.megabytes_per_session / 1024
    requests = DAYS * (usage.sessions_per_day * REQUESTS_PER_SESSION + usage.page_views_per_day)
    (redis,) = synthesis.resources("AWS::ElastiCache::ReplicationGroup")
    (acl,) = synthesis.resources("AWS::WAFv2::WebACL")
    instances = len(list(synthesis.resources("AWS::RDS::DBInstance")))
    nodes = redis.properties["NumCacheClusters"] * HOURS
    return {
        "fargate_vcpu": vcpu,
        "fargate_gb": memory,
        "aurora_acu": instances * usage.average_capacity * HOURS,
        "aurora_storage": 20,
        redis.properties["CacheNodeType"]: nodes,
        "nat_hour": len(list(synthesis.resources("AWS::EC2::NatGateway"))) * HOURS,
        "nat_gb": usage.nat_gigabytes,
        "balancer_hour": HOURS,
        "balancer_unit": HOURS,
        "s3_gb": gigabytes_a_day * retention.recordings_days,
        "s3_put": DAYS * usage.sessions_per_day * OBJECTS_PER_SESSION,
        "efs_gb": gigabytes_a_day * retention.volume_hours / 24,
        "efs_write_gb": gigabytes_a_day * DAYS,
        "cloudfront_request": requests,
        "log_gb": usage.log_gigabytes,
        "alarm": len(list(synthesis.resources("AWS::CloudWatch::Alarm"))),
        "firewall": 1,
        "firewall_rule": len(acl.properties["Rules"]),
        "firewall_request": requests,
        "secret": len(list(synthesis.resources("AWS::SecretsManager::Secret"))),
        "container_insights": len(synthesis.services()),
    }


def _hours(synthesis: Synthesis) -> tuple[float, float]:
    """Hours of vCPU and GB hours of services, all month, and of scheduled jobs, a minute each time."""
    hours: dict[str, float] = {name: HOURS * found["DesiredCount"] for name, found in synthesis.services().items()}
    for job in (*jobs(), NIGHTLY):
        if job.every_minutes:
            minutes = NIGHTLY_MINUTES if job is NIGHTLY else JOB_MINUTES
            hours[job.name] = DAYS * MINUTES_A_DAY / job.every_minutes * minutes / 60
    vcpu = memory = 0.0
    for container in synthesis.containers():
        vcpu += int(container.task.properties["Cpu"]) / 1024 * hours.get(container.name, 0)
        memory += int(container.task.properties["Memory"]) / 1024 * hours.get(container.name, 0)
    return vcpu, memory
