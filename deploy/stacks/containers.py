"""A task definition with one container: image by digest, secrets from Secrets Manager, shared volume, rights."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from deploy.parameters import Profile
from deploy.parameters.model import Size
from deploy.services.model import Access, Grant
from deploy.services.openreplay import VOLUME_PATH
from deploy.stacks.accepted import accept
from deploy.stacks.common import bucket_name, retention_of
from deploy.stacks.data import DataStack
from deploy.stacks.network import NetworkStack
from deploy.stacks.placeholders import placeholders

STOP_SECONDS = 120  # Fargate's longest: sink writes its buffers, ender and db commit
MOUNT = "elasticfilesystem:ClientMount"
WRITE = "elasticfilesystem:ClientWrite"


@dataclass(frozen=True, slots=True)
class ContainerSpec:
    """What a task runs; services and jobs are turned into this."""

    name: str
    image: str
    size: Size
    environment: Mapping[str, str]
    secrets: Mapping[str, str]
    health: str = ""
    health_start_seconds: int = 120
    ports: tuple[int, ...] = ()
    entry_point: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    volume: Access = "none"
    grants: tuple[Grant, ...] = ()


class Containers:
    """Makes task definitions for one stack; knows the deployment that they belong to."""

    def __init__(self, stack: Stack, profile: Profile, network: NetworkStack, data: DataStack) -> None:
        self.stack, self.profile, self.network, self.data = stack, profile, network, data
        self._secrets = data.secrets.for_containers()
        assert data.database.secret  # noqa: S101 - the cluster was made with generated credentials
        self._secrets["administrator"] = ecs.Secret.from_secrets_manager(data.database.secret, "password")
        self._values = placeholders(profile, data)

    def task(self, spec: ContainerSpec) -> ecs.FargateTaskDefinition:
        """The task definition of one container."""
        scope = Construct(self.stack, f"{spec.name}-task")
        task = ecs.FargateTaskDefinition(
            scope,
            "definition",
            family=f"{self.profile.name}-{spec.name}",
            cpu=spec.size.cpu,
            memory_limit_mib=spec.size.memory,
            runtime_platform=ecs.RuntimePlatform(
                cpu_architecture=ecs.CpuArchitecture.X86_64,  # upstream has no other
                operating_system_family=ecs.OperatingSystemFamily.LINUX,
            ),
        )
        container = self._container(scope, task, spec)
        accept(task.obtain_execution_role(), "IAM5[Resource::*]", "ecr:GetAuthorizationToken knows no resource.")
        accept(
            task,
            "ECS2",
            "Plain variables are addresses and switches; a test holds that every secret is one of Secrets Manager.",
        )
        for grant in spec.grants:
            self._grant(task, grant)
        if spec.volume != "none":
            self._mount(task, container, spec.volume)
        return task

    def _container(
        self, scope: Construct, task: ecs.FargateTaskDefinition, spec: ContainerSpec
    ) -> ecs.ContainerDefinition:
        image = self.profile.images[spec.image]
        group = logs.LogGroup(
            scope,
            "log",
            log_group_name=log_group(self.profile, spec.name),
            retention=retention_of(self.profile.retention.logs_days),
            removal_policy=RemovalPolicy.DESTROY,
        )
        repository = ecr.Repository.from_repository_name(scope, "repository", image.repository)
        return task.add_container(
            spec.name,
            container_name=spec.name,
            image=ecs.ContainerImage.from_ecr_repository(repository, image.digest),
            docker_labels={"version": image.tag},
            environment={name: value.format_map(self._values) for name, value in sorted(spec.environment.items())},
            secrets={name: self._secrets[secret] for name, secret in sorted(spec.secrets.items())},
            entry_point=list(spec.entry_point) or None,
            command=list(spec.command) or None,
            health_check=_health_check(spec),
            port_mappings=[ecs.PortMapping(container_port=port) for port in spec.ports],
            stop_timeout=Duration.seconds(STOP_SECONDS),
            logging=ecs.LogDrivers.aws_logs(stream_prefix=spec.name, log_group=group),
        )

    def _grant(self, task: ecs.FargateTaskDefinition, grant: Grant) -> None:
        arn = f"arn:aws:s3:::{bucket_name(self.profile, grant.bucket)}"
        task.add_to_task_role_policy(
            iam.PolicyStatement(actions=list(grant.actions), resources=[arn if grant.on == "bucket" else f"{arn}/*"])
        )
        if grant.on == "objects":
            accept(
                task,
                f"IAM5[Resource::{arn}/*]",
                "Objects of one bucket that holds nothing else; keys are ids of sessions.",
            )

    def _mount(self, task: ecs.FargateTaskDefinition, container: ecs.ContainerDefinition, access: Access) -> None:
        task.add_volume(
            name="recordings",
            efs_volume_configuration=ecs.EfsVolumeConfiguration(
                file_system_id=self.data.volume.file_system_id,
                transit_encryption="ENABLED",
                authorization_config=ecs.AuthorizationConfig(
                    access_point_id=self.data.access_point.access_point_id, iam="ENABLED"
                ),
            ),
        )
        container.add_mount_points(
            ecs.MountPoint(container_path=VOLUME_PATH, read_only=access == "read", source_volume="recordings")
        )
        task.add_to_task_role_policy(
            iam.PolicyStatement(
                actions=[MOUNT] if access == "read" else [MOUNT, WRITE],
                resources=[self.data.volume.file_system_arn],
                conditions={
                    "StringEquals": {"elasticfilesystem:AccessPointArn": self.data.access_point.access_point_arn}
                },
            )
        )


def log_group(profile: Profile, name: str) -> str:
    """
    The log group of a container.

    Args:
        profile: The deployment.
        name: The service or job.

    """
    return f"/{profile.name}/{name}"


def _health_check(spec: ContainerSpec) -> ecs.HealthCheck | None:
    if not spec.health:
        return None
    return ecs.HealthCheck(
        command=["CMD-SHELL", spec.health],
        interval=Duration.seconds(30),
        timeout=Duration.seconds(5),
        retries=3,
        start_period=Duration.seconds(spec.health_start_seconds),
    )
