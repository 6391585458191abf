"""The jobs: migrations and first accounts, run once and waited for; cleaner, canary and count of losses."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from deploy.parameters import Profile
from deploy.parameters.model import Size
from deploy.services.jobs import Job, jobs
from deploy.stacks.accepted import accept
from deploy.stacks.common import environment_of
from deploy.stacks.containers import Containers, ContainerSpec
from deploy.stacks.data import DataStack
from deploy.stacks.network import NetworkStack

SIZE = Size(cpu=256, memory=512)


class JobsStack(Stack):
    """Deployed before the services: a migration runs with the new image while the old one still serves."""

    def __init__(self, scope: Construct, profile: Profile, network: NetworkStack, data: DataStack) -> None:
        super().__init__(scope, f"{profile.name}-jobs", env=environment_of(profile))
        containers = Containers(self, profile, network, data)
        for job in jobs():
            add_job(containers, job)


def add_job(containers: Containers, job: Job, size: Size = SIZE) -> ecs.FargateTaskDefinition:
    """
    Add a task definition, and its schedule if it has one.

    Args:
        containers: Makes the task definition.
        job: The job.
        size: CPU units and memory of its task.

    """
    task = containers.task(
        ContainerSpec(
            name=job.name,
            image=job.image,
            size=size,
            environment=job.environment,
            secrets=job.secrets,
            command=job.command or (f"/jobs/{job.name}.sh",),
            volume=job.volume,
        )
    )
    if job.every_minutes:
        network = containers.network
        tasks = f"arn:<AWS::Partition>:ecs:{containers.profile.account.region}:*:task/{containers.profile.name}/*"
        accept(
            task,
            f"IAM5[Resource::{tasks}]",
            "The schedule may tag the tasks of this cluster that it starts; their ids are not known before.",
        )
        events.Rule(
            containers.stack,
            f"{job.name}-schedule",
            schedule=events.Schedule.rate(Duration.minutes(job.every_minutes)),
            targets=[
                targets.EcsTask(
                    cluster=ecs.Cluster.from_cluster_attributes(
                        task, "cluster", cluster_name=containers.profile.name, vpc=network.vpc
                    ),
                    task_definition=task,
                    subnet_selection=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
                    security_groups=[network.groups["jobs"]],
                    assign_public_ip=False,
                )
            ],
        )
    return task
