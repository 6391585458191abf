"""
Runs one job and waits until it has ended: `python -m deploy.operate.run_job PROFILE JOB`.

Ends with 0 if the job did, with 1 if it failed, and with 3 if it did not start or did not end in time.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from deploy.operate.clients import Ecs

WAIT_SECONDS = 3600  # a migration of a large table
POLL_SECONDS = 5
PASSED, FAILED, UNKNOWN = 0, 1, 3


def run_job(
    ecs: Ecs,
    cluster: str,
    job: str,
    network: dict[str, Any],
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[int, str]:
    """
    Start a job and wait for its end.

    Args:
        ecs: A client of ECS.
        cluster: The profile's name.
        job: The job's name.
        network: Subnets and security groups, as ECS takes them.
        clock: Seconds that only grow.
        sleep: Waits so many seconds.

    """
    started = ecs.run_task(
        cluster=cluster,
        taskDefinition=f"{cluster}-{job}",
        launchType="FARGATE",
        count=1,
        networkConfiguration={"awsvpcConfiguration": network},
    )
    if started.get("failures") or not started.get("tasks"):
        return UNKNOWN, f"{job} did not start: {started.get('failures')}"
    arn = started["tasks"][0]["taskArn"]
    deadline = clock() + WAIT_SECONDS
    while clock() < deadline:
        (task,) = ecs.describe_tasks(cluster=cluster, tasks=[arn])["tasks"]
        if task["lastStatus"] == "STOPPED":
            return _ended(job, task)
        sleep(POLL_SECONDS)
    return UNKNOWN, f"{job} has not ended after {WAIT_SECONDS} s; it may still run: look at its log"


def _ended(job: str, task: dict[str, Any]) -> tuple[int, str]:
    codes = [container.get("exitCode") for container in task["containers"]]
    if codes and all(code == 0 for code in codes):
        return PASSED, f"{job} ended well"
    if None in codes or not codes:
        return UNKNOWN, f"{job} never ran: {task.get('stoppedReason', 'no reason given')}"
    return FAILED, f"{job} failed with {codes}: look at its log"


def main(arguments: list[str]) -> int:  # pragma: no cover - needs an account
    """Run a job in the network of the jobs' own group."""
    import boto3

    if len(arguments) != 2:  # noqa: PLR2004
        print("usage: python -m deploy.operate.run_job PROFILE JOB", file=sys.stderr)
        return 2
    cluster, job = arguments
    network = network_of(boto3.client("ec2"), boto3.client("ecs"), cluster)
    status, message = run_job(boto3.client("ecs"), cluster, job, network)
    print(f"run_job: {message}")
    return status


def network_of(ec2: Any, ecs: Ecs, cluster: str) -> dict[str, Any]:
    """
    The private subnets, and the security group of the jobs.

    Args:
        ec2: A client of EC2.
        ecs: A client of ECS.
        cluster: The profile's name.

    """
    tag = [{"Name": "tag:aws:cloudformation:stack-name", "Values": [f"{cluster}-network"]}]
    groups = ec2.describe_security_groups(Filters=tag)["SecurityGroups"]
    (group,) = [found["GroupId"] for found in groups if found["Description"] == "jobs"]
    services = ecs.describe_services(cluster=cluster, services=["umami", "http"])["services"]
    if services:
        subnets = services[0]["networkConfiguration"]["awsvpcConfiguration"]["subnets"]
    else:  # nothing runs yet, on the first deployment
        private = [{"Name": "tag:aws-cdk:subnet-name", "Values": ["services"]}]
        subnets = [found["SubnetId"] for found in ec2.describe_subnets(Filters=[*tag, *private])["Subnets"]]
    return {"subnets": subnets, "securityGroups": [group], "assignPublicIp": "DISABLED"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
