"""The jobs: migrations and first accounts, each run once and waited for; the cleaner, the canary and the count of losses."""

from aws_cdk import Duration, Stack, aws_ec2 as ec2, aws_events as events, aws_events_targets as targets
from constructs import Construct

from deploy.parameters import Profile
from deploy.parameters.model import Size
from deploy.services.jobs import Job, jobs
from deploy.stacks.common import environment_of
from deploy.stacks.containers import Containers, ContainerSpec
from deploy.stacks.data import DataStack
from deploy.stacks.network import NetworkStack

SIZE = Size(cpu=256, memory=512)


class JobsStack(Stack):
    """Deployed before the services: a migration runs with the new image while the old one still serves."""

    def __init__(self, scope: Construct, profile: Profile, network: NetworkStack, data: DataStack) -> None:
        super().__init__(scope, f"{profile.name}-jobs", env=environment_of(profile))
        self._network = network
        self._containers = Containers(self, profile, network, data)
        for job in jobs():
            self._add(job)

    def _add(self, job: Job) -> None:
        task = self._containers.task(
            ContainerSpec(
                name=job.name,
                image=job.image,
                size=SIZE,
                environment=job.environment,
                secrets=job.secrets,
                command=job.command or (f"/jobs/{job.name}.sh",),
                volume=job.volume,
            )
        )
        if not job.every_minutes:
            return
        events.Rule(
            self,
            f"{job.name}-schedule",
            schedule=events.Schedule.rate(Duration.minutes(job.every_minutes)),
            targets=[
                targets.EcsTask(
                    cluster=self._network.cluster,
                    task_definition=task,
                    subnet_selection=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
                    security_groups=[self._network.groups["jobs"]],
                    assign_public_ip=False,
                )
            ],
        )
